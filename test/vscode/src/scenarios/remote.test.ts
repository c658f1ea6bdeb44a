/** A machine that is reached through ssh: VS Code's window is here, all else is there. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TYPESCRIPT } from '../labels.ts';
import { awaiting, typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { Tunnel } from '../ssh.ts';
import { until } from '../waiting.ts';

scenarios('remote', {}, (scenario, server) => {
  scenario(
    'the connection is lost in the middle of a cell, whose outputs come when it is back',
    async (workbench) => {
      const file = (name: string): string => join(server().workspace, name);
      server().write(
        'remote.ipynb',
        typescriptNotebook(
          `console.log('started');\n${awaiting(file('go'))}\nconsole.log('went on');\n(await import('node:fs')).writeFileSync(${JSON.stringify(file('ended'))}, '');`,
          "const name = prompt('Who is there?');\nname + ' is back'",
        ),
      );
      await using tunnel = await Tunnel.open(Number(new URL(server().url).port));
      await workbench.moveTo(tunnel.url);
      const notebook = await workbench.openNotebook('remote.ipynb');
      await notebook.pickKernel(TYPESCRIPT);
      await notebook.cell(0).run();
      await notebook.cell(0).waitForOutput('started');

      await tunnel.cut();
      server().write('go', '');
      await until('the cell to end', () => existsSync(file('ended')));
      assert.equal(await notebook.cell(0).state(), 'running');

      await tunnel.join();
      await notebook.cell(0).waitForOutput(/started[\s\S]*went on/);
      await notebook.cell(0).waitFor('done');
      await notebook.cell(1).run();
      await workbench.quickInput.opened('Who is there?');
      await workbench.quickInput.fill('Ada');
      await workbench.quickInput.accept();
      await notebook.cell(1).waitForOutput('Ada is back');
      await workbench.screenshot('remote');
    },
    { ownWindow: true },
  );
});
