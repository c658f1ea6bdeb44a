import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript-js';
import { createPlugin } from './plugin.ts';

const CELL = '^/vscode-notebook-cell/ts-nul-authority/notes/a.ipynb#W0sZmlsZQ.ts';
const OTHER = '^/vscode-notebook-cell/ts-nul-authority/notes/b.ipynb#W0sZmlsZQ.ts';
const DEEPER = '^/vscode-notebook-cell/ts-nul-authority/home/notes/a.ipynb#W0sZmlsZQ.ts';
const UNTITLED = '^/vscode-notebook-cell/ts-nul-authority/Untitled-1.ipynb#W0sdW50aXRsZWQ.ts';
const FILE = '/notes/a.ts';
const FILES = [CELL, OTHER, DEEPER, UNTITLED, FILE];
const CODE = 'const fox = { legs: 4 };\nfox.';

/** A service with the plugin, as TypeScript's server makes it when a project comes into being. */
function start(config: object, serverMode = ts.LanguageServiceMode.Semantic) {
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => FILES,
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (FILES.includes(name) ? ts.ScriptSnapshot.fromString(CODE) : undefined),
    getCurrentDirectory: () => '/notes',
    getCompilationSettings: () => ({ noLib: true }),
    getDefaultLibFileName: () => 'lib.d.ts',
    fileExists: () => false,
    readFile: () => undefined,
  };
  const plugin = createPlugin();
  const seen = { refreshed: 0 };
  const project = { refreshDiagnostics: () => void seen.refreshed++, projectService: { serverMode } };
  const languageService = ts.createLanguageService(host);
  const service = plugin.create({ languageService, config, project } as object as ts.server.PluginCreateInfo);
  const answered = (): string[] =>
    FILES.filter((file) => service.getCompletionsAtPosition(file, CODE.length, undefined)?.entries.length === 1);
  return { plugin, service, seen, answered };
}

test('the cells of notebooks with a kernel of ours are left to it, others and files are not', () => {
  const { plugin, service, seen, answered } = start({ name: 'elara-typescript-plugin' });
  assert.deepEqual(answered(), FILES);
  assert.equal(seen.refreshed, 0);

  plugin.onConfigurationChanged?.({ answered: ['/notes/a.ipynb', 'Untitled-1.ipynb'], chosen: [] });
  assert.deepEqual(answered(), [OTHER, DEEPER, FILE]);
  assert.equal(service.getQuickInfoAtPosition(CELL, 7), undefined);
  assert.match(ts.displayPartsToString(service.getQuickInfoAtPosition(FILE, 7)?.displayParts), /^const fox:/);
  assert.deepEqual(service.getSyntacticDiagnostics(CELL), []);
  assert.equal(service.getSyntacticDiagnostics(FILE).length, 1);
  assert.deepEqual(service.getSemanticDiagnostics(CELL), []);
  assert.equal(service.getDefinitionAtPosition(CELL, CODE.lastIndexOf('fox')), undefined);
  assert.equal(service.getDefinitionAndBoundSpan(CELL, CODE.lastIndexOf('fox')), undefined);
  const { definitions = [] } = service.getDefinitionAndBoundSpan(FILE, CODE.lastIndexOf('fox')) ?? {};
  assert.notEqual(definitions.length, 0);
  assert.equal(seen.refreshed, 1, 'the problems that are shown are asked for again');
});

test('until the kernel that is chosen runs, cells are completed, and their problems left to it', () => {
  const { plugin, service, answered } = start({ name: 'elara-typescript-plugin' });
  plugin.onConfigurationChanged?.({ answered: [], chosen: ['/notes/a.ipynb'] });
  assert.deepEqual(answered(), FILES);
  assert.deepEqual(service.getSyntacticDiagnostics(CELL), []);
  assert.deepEqual(service.getSemanticDiagnostics(CELL), []);
  assert.deepEqual(service.getSuggestionDiagnostics(CELL), []);
  assert.equal(service.getSyntacticDiagnostics(OTHER).length, 1);
});

test('a project that comes after the configuration leaves the cells to the kernel too', () => {
  assert.deepEqual(start({ name: 'elara-typescript-plugin', answered: ['/notes/a.ipynb'] }).answered(), [
    OTHER,
    DEEPER,
    UNTITLED,
    FILE,
  ]);
});

test('while the project is loaded, another server answers, which is not told what is left to kernels', () => {
  const { answered } = start({ name: 'elara-typescript-plugin' }, ts.LanguageServiceMode.PartialSemantic);
  assert.deepEqual(answered(), [FILE]);
});
