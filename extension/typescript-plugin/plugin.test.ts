import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript-js';
import { createPlugin } from './plugin.ts';

const CELL = '^/vscode-notebook-cell/ts-nul-authority/notes/a.ipynb#W0sZmlsZQ.ts';
const OTHER = '^/vscode-notebook-cell/ts-nul-authority/notes/b.ipynb#W0sZmlsZQ.ts';
const FILE = '/notes/a.ts';
const CODE = 'const fox = { legs: 4 };\nfox.';

test('the cells of notebooks with a kernel of ours are left to it, others and files are not', () => {
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => [CELL, OTHER, FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => ([CELL, OTHER, FILE].includes(name) ? ts.ScriptSnapshot.fromString(CODE) : undefined),
    getCurrentDirectory: () => '/notes',
    getCompilationSettings: () => ({ noLib: true }),
    getDefaultLibFileName: () => 'lib.d.ts',
    fileExists: () => false,
    readFile: () => undefined,
  };
  const plugin = createPlugin();
  const languageService = ts.createLanguageService(host);
  const service = plugin.create({ languageService } as ts.server.PluginCreateInfo);
  const members = (file: string): string[] | undefined =>
    service.getCompletionsAtPosition(file, CODE.length, undefined)?.entries.map(({ name }) => name);
  assert.deepEqual([CELL, OTHER, FILE].map(members), [['legs'], ['legs'], ['legs']]);

  plugin.onConfigurationChanged?.({ notebooks: ['/notes/a.ipynb'] });
  assert.deepEqual([CELL, OTHER, FILE].map(members), [undefined, ['legs'], ['legs']]);
  assert.equal(service.getQuickInfoAtPosition(CELL, 7), undefined);
  assert.match(ts.displayPartsToString(service.getQuickInfoAtPosition(FILE, 7)?.displayParts), /^const fox:/);
  assert.deepEqual(service.getSemanticDiagnostics(CELL), []);
});
