/** What is wrong is said, with what to do. */
import assert from 'node:assert/strict';
import { python } from '../../../peers/paths.ts';
import { installKernelSpec } from '../jupyter.ts';
import { TYPESCRIPT } from '../labels.ts';
import { plainNotebook, typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

scenarios('broken', {}, (scenario, server) => {
  scenario('a broken kernelspec does not hide the others', async (workbench) => {
    installKernelSpec(server(), 'broken', '{ "argv": ["x"], ');
    server().write('broken.ipynb', plainNotebook("'fine'"));
    const notebook = await workbench.openNotebook('broken.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
  });

  scenario('a kernel whose interpreter is missing says which, in the cell', async (workbench) => {
    installKernelSpec(server(), 'missing', {
      argv: ['/nowhere/bin/python', '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
      display_name: 'Missing Python',
      language: 'python',
    });
    server().write('missing.ipynb', plainNotebook('1'));
    const notebook = await workbench.openNotebook('missing.ipynb');
    await notebook.pickKernel('Missing Python');
    await notebook.cell(0).run();
    const notification = await workbench.notifications.wait('/nowhere/bin/python');
    assert.ok((await notification.buttons()).includes('Show Log'));
    await notebook.cell(0).waitFor('failed');
    await notebook.cell(0).waitForOutput(/\/nowhere\/bin\/python is not there\.\nInstall it again/);
    await workbench.screenshot('broken-interpreter');
    await notification.press('Show Log');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
  });

  scenario('a kernel that does not say what its language is breaks the protocol, which is said', async (workbench) => {
    const kernel = server().write(
      'nameless.py',
      [
        'from ipykernel.kernelapp import IPKernelApp',
        'from ipykernel.kernelbase import Kernel',
        'class Nameless(Kernel):',
        "    implementation, implementation_version, banner, language_info = 'nameless', '1', '', {}",
        'IPKernelApp.launch_instance(kernel_class=Nameless)',
      ].join('\n'),
    );
    installKernelSpec(server(), 'nameless', {
      argv: [python, kernel, '-f', '{connection_file}'],
      display_name: 'Nameless',
      language: 'nameless',
    });
    server().write('nameless.ipynb', plainNotebook('1'));
    const notebook = await workbench.openNotebook('nameless.ipynb');
    await notebook.pickKernel('Nameless');
    await notebook.cell(0).run();
    await notebook.cell(0).waitFor('failed');
    await notebook.cell(0).waitForOutput('kernel_info_reply: content.language_info requires property "name"');
    await workbench.screenshot('broken-kernel');
  });

  scenario('a notebook whose kernel is not installed says which, and runs with another one', async (workbench) => {
    const kernelspec = { name: 'julia-1.12', display_name: 'Julia 1.12', language: 'julia' };
    server().write('absent.ipynb', { ...plainNotebook("'after all'"), metadata: { kernelspec } });
    const notebook = await workbench.openNotebook('absent.ipynb');
    await notebook.asksForKernel();
    await notebook.cell(0).run();
    await workbench.quickInput.opened('absent.ipynb names the kernel "julia-1.12", which is not installed.');
    await workbench.screenshot('broken-absent');
    await workbench.quickInput.pick(TYPESCRIPT);
    await notebook.cell(0).waitForOutput('after all');
  });

  scenario('a corrupt .ipynb is not touched, and does not hinder others', async (workbench) => {
    const corrupt = '{ "cells": [ { "cell_type": "code", ';
    server().write('corrupt.ipynb', corrupt);
    server().write('sound.ipynb', typescriptNotebook("'sound'"));
    // Each click tries anew, and says anew what is wrong.
    await workbench.openFile('corrupt.ipynb', { preview: true });
    const dialog = await workbench.notifications.dialog("Unable to open 'corrupt.ipynb'");
    assert.match(await dialog.text(), /JSON at position 36/);
    await workbench.screenshot('broken-notebook');
    await dialog.press('Cancel');
    const notebook = await workbench.openNotebook('sound.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    assert.equal(server().read('corrupt.ipynb'), corrupt);
  });
});
