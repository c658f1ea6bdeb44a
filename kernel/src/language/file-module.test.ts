import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileModule } from './file-module.ts';
import type { CompilerOptions } from './lower.ts';
import { CellSyntaxError } from './syntax-error.ts';

const OPTIONS: CompilerOptions = {
  jsx: 'react-jsx',
  experimentalDecorators: false,
  emitDecoratorMetadata: false,
  useDefineForClassFields: true,
  verbatimModuleSyntax: false,
};

const code = (source: string, options: Partial<CompilerOptions> = {}, file = '/p/a.ts'): string =>
  fileModule(file, source, () => ({ ...OPTIONS, ...options })).code;

describe('a file whose types can be erased', () => {
  const rows: readonly (readonly [title: string, source: string, expected: string])[] = [
    ['keeps its places', 'export const a: number = 1;', 'export const a         = 1;'],
    ['loses imports of types', "import type { T } from './t';\nlet a: T;", `;${' '.repeat(28)}\nlet a   ;`],
    [
      'loses what it imports for types only',
      "import { T, f } from './t';\nf() as T;",
      "import { f } from './t';\nf()     ;",
    ],
    ['loses what it imports for nothing', "import { T } from './t';\n", ';\n'],
    [
      'loses types among imports',
      "import d, { type T, a as b } from './t';\nd(b);",
      "import d, { a as b } from './t';\nd(b);",
    ],
    ['keeps imports for their effects', "import './t';", "import './t';"],
    ['keeps its lines', "import {\n  T,\n  f,\n} from './t';\nf();", "import { f } from\n\n\n './t';\nf();"],
    [
      'keeps attributes',
      "import { T, f } from './t' with { a: 'b' };\nf;",
      "import { f } from './t' with { a: 'b' };\nf;",
    ],
    ['knows properties from names', "import { T } from './t';\nx.T; y = { T: 1 };", ';\nx.T; y = { T: 1 };'],
    [
      'knows a name in short for a property',
      "import { T } from './t';\ny = { T };",
      "import { T } from './t';\ny = { T };",
    ],
    ['loses types among exports', "export { type T, a } from './t';", "export { a } from './t';"],
    [
      'loses types among its own exports',
      'const a = 1;\ntype T = 1;\nexport { type T, a };',
      'const a = 1;\n;          \nexport { a };',
    ],
  ];
  for (const [title, source, expected] of rows) test(title, () => assert.equal(code(source), expected));

  test('keeps what it imports, if that is to stand as written', () => {
    const source = "import { T, f } from './t';";
    assert.equal(code(source, { verbatimModuleSyntax: true }), source);
  });
});

describe('a file that is compiled', () => {
  test('has enums, parameter properties, namespaces', () => {
    assert.match(code('export enum A { B }'), /A\["B"\] = 0/);
    assert.match(code('export class A { constructor(readonly b: number) {} }'), /this\.b = b/);
    assert.match(code('export namespace A { export const b = 1 }'), /A\.b = 1/);
  });

  test('has decorators of both kinds', () => {
    assert.match(code('@d class A {}'), /__esDecorate/);
    const legacy = code('class A { constructor(@d b: B) {} }', {
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    });
    assert.match(legacy, /__param\(0, d\)/);
    assert.match(legacy, /design:paramtypes/);
  });

  test('has fields as its target has them', () => {
    assert.match(code('enum E {} class A { b = 1 }', { useDefineForClassFields: false }), /this\.b = 1/);
  });

  test('has JSX by the function that is set', () => {
    assert.match(code('export const a = <p/>;', {}, '/p/a.tsx'), /from "react\/jsx-runtime"/);
    assert.match(code('export const a = <p/>;', { jsx: 'react', jsxFactory: 'h' }, '/p/a.jsx'), /h\("p", null\)/);
  });

  test('does not export types by their names', () => {
    assert.doesNotMatch(code('interface T {}\nconst a = 1;\nexport { T, a };'), /T/);
    assert.equal(code('const T = 1;\ntype T = 1;\nexport { T };').includes('export { T }'), true);
  });

  test('knows the places of the source', () => {
    const module = fileModule('/p/a.ts', 'enum A { B }\n\nthrow new Error(A[0]);', () => OPTIONS);
    const line = module.code.split('\n').findIndex((text) => text.startsWith('throw'));
    assert.deepEqual(module.position({ line: line + 1, column: 7 }), { line: 3, column: 7 });
  });
});

test('a file is a module, unless it says otherwise', () => {
  const format = (source: string, file = '/p/a.ts'): string => fileModule(file, source, () => OPTIONS).format;
  assert.equal(format('export {};'), 'module');
  assert.equal(format('import.meta.url;'), 'module');
  assert.equal(format('console.log(1);'), 'module');
  assert.equal(format('export type T = 1;'), 'module');
  assert.equal(format('module.exports = require("a");'), 'commonjs');
  assert.equal(format('import a = require("a"); export = a;'), 'commonjs');
  assert.equal(format('export const a = 1;', '/p/a.cts'), 'commonjs');
});

test('a module knows its folder as one of CommonJS does, unless it says otherwise', () => {
  assert.equal(
    code('export const a = __dirname;'),
    'const __dirname = import.meta.dirname;export const a = __dirname;',
  );
  assert.match(code('export enum A { B }\nrequire("a");'), /^const require = .*createRequire\(import\.meta\.url\);.*A/);
  assert.match(code('declare const require: any;\nexport const a = require("a");'), /^const require = .*\nexport/);
  const program = code('#!/usr/bin/env node\nexport const a = __filename;');
  assert.match(program, /^const __filename = import\.meta\.filename;\/\/\/usr\/bin\/env node\nexport/);
  const own =
    'import { createRequire } from "node:module";\nexport const require = createRequire(import.meta.url);\nrequire("a");';
  assert.equal(code(own), own);
});

test('an error has its place', () => {
  assert.throws(
    () => code('const a = 1;\nlet b: = 2;'),
    (error) => error instanceof CellSyntaxError && error.line === 2,
  );
});
