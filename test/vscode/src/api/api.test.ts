/** Runs the tests of `*.api.ts` inside the extension host of a real VS Code, with the .vsix installed. */
import { globSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { closeBrowser } from '../browser.ts';
import { runInHost } from '../host/run.ts';
import { installKernelSpec } from '../jupyter.ts';
import { CodeServer } from '../server.ts';
import type { Result } from './runner.ts';

const SUITE_TIMEOUT_MS = 300_000;

const files = globSync('*.api.ts', { cwd: import.meta.dirname }).sort();
const entry = {
  contents: [...files.map((file) => `import './${file}';`), "export { run } from './runner.ts';"].join('\n'),
  resolveDir: import.meta.dirname,
};

after(closeBrowser);

suite('the API in the extension host', () => {
  let server: CodeServer;
  before(async () => {
    server = await CodeServer.start();
    installKernelSpec(server, 'other', { argv: ['{connection_file}'], display_name: 'Other', language: 'python' });
  });
  after(() => server[Symbol.asyncDispose]());

  test('every test passes', { timeout: SUITE_TIMEOUT_MS }, async (t) => {
    for (const { name, error } of await runInHost<Result[]>(server, entry, { timeoutMs: SUITE_TIMEOUT_MS - 60_000 })) {
      await t.test(name, () => {
        if (error !== undefined) throw new Error(error);
      });
    }
  });
});
