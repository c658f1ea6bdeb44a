/** Where kernels come from: connection files, Jupyter servers, kernelspecs. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pythonCommand } from '../../../peers/paths.ts';
import { installKernelSpec } from '../jupyter.ts';
import { plainNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import type { CodeServer } from '../server.ts';

const TOKEN = 'a-token-of-the-test';

/** A Jupyter server beside VS Code, with folders of its own. Ends with the scenario. */
async function startJupyterServer({ env, folder, workspace }: CodeServer): Promise<string> {
  const own = {
    ...env,
    JUPYTER_RUNTIME_DIR: join(folder, 'server-runtime'),
    JUPYTER_DATA_DIR: join(folder, 'server-data'),
  };
  const args = [
    '--port=0',
    '--no-browser',
    '--allow-root',
    `--IdentityProvider.token=${TOKEN}`,
    `--ServerApp.root_dir=${workspace}`,
  ];
  const child = spawn(pythonCommand('jupyter-server'), args, { env: own, stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface({ input: child.stderr })) {
    const [, url] = /(http:\/\/(?:localhost|127\.0\.0\.1):\d+\/)/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('The Jupyter server ended.');
}

scenarios('kernels', {}, (scenario, server) => {
  scenario('a connection file that leads nowhere says why, and another can be chosen', async (workbench) => {
    server().write('dead.json', {
      shell_port: 1,
      iopub_port: 1,
      stdin_port: 1,
      control_port: 1,
      hb_port: 1,
      ip: '127.0.0.1',
      key: 'k',
      transport: 'tcp',
    });
    await workbench.command('Elara: Connect to a Running Kernel by Its Connection File…');
    await workbench.quickInput.opened();
    await workbench.quickInput.chooseFile(join(server().workspace, 'dead.json'));
    const notification = await workbench.notifications.wait('is that of a kernel that has ended');
    assert.match(await notification.text(), /dead\.json/);
    assert.deepEqual((await notification.buttons()).sort(), ['Choose Another', 'Show Log']);
    await workbench.screenshot('kernels-dead-file');
  });

  scenario('a Jupyter server is connected to by its address and token, and runs a notebook', async (workbench) => {
    const url = await startJupyterServer(server());
    server().write('by-server.ipynb', plainNotebook('import sys\nprint(sys.version_info.major)'));
    const notebook = await workbench.openNotebook('by-server.ipynb');
    await workbench.command('Elara: Connect to a Jupyter Server…');
    await workbench.quickInput.opened('address');
    await workbench.quickInput.fill(`${url}lab`);
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('The token of');
    assert.equal(await workbench.quickInput.isPassword(), true);
    await workbench.quickInput.fill(TOKEN);
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('Kernels of');
    await workbench.screenshot('kernels-server');
    await workbench.quickInput.pick(/^Python 3/);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(0).waitForOutput(/^3$/m);
    await workbench.screenshot('kernels-server-run');
  });

  scenario('a broken kernelspec is told with its file, once', async (workbench) => {
    installKernelSpec(server(), 'half', '{ "argv": ["x"], ');
    server().write('half.ipynb', plainNotebook("'fine'"));
    await workbench.openNotebook('half.ipynb');
    const notification = await workbench.notifications.wait('kernels/half/kernel.json');
    await workbench.screenshot('kernels-broken');
    assert.ok((await notification.buttons()).includes('Show Log'));
  });
});
