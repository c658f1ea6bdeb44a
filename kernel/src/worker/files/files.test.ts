/** What cells can import of the user's own files. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { TestWorker } from '../testing.ts';

let writes = 0;

/** A folder with files, each written at a time of its own. */
class Project {
  readonly folder = mkdtempSync(join(realpathSync(tmpdir()), 'elara-files-'));

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = join(this.folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      writes += 1;
      utimesSync(file, writes, writes);
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** The traceback of a cell that fails, without colours. */
async function failure(worker: TestWorker, code: string): Promise<string> {
  const { status, error } = await worker.run(code);
  assert.equal(status, 'error');
  return (error?.traceback ?? []).join('\n').replaceAll(/\u001b\[\d+m/g, '');
}

describe('a cell imports files as a project of TypeScript does', () => {
  const project = new Project();
  let worker: TestWorker;
  before(async () => {
    project.write({
      'tsconfig.json': `{
        // The cells are in a folder of it.
        "extends": "./base.json",
        "compilerOptions": { "paths": { "@/*": ["./src/*"], "settings": ["./src/settings.ts"], },
          "jsx": "react", "jsxFactory": "element", "experimentalDecorators": true },
      }`,
      'base.json': '{ "compilerOptions": { "useDefineForClassFields": false } }',
      'src/plain.ts': "import type { Size } from './types';\nexport const area = ({ w, h }: Size): number => w * h;",
      'src/types.ts': 'export interface Size { w: number; h: number }\nexport type Name = string;',
      'src/elided.ts':
        "import { Name, Size } from './types';\nexport const name = (size: Size): Name => [size.w, size.h].join(' x ');",
      'src/folder.ts':
        "import { basename } from 'node:path';\nexport const names = [basename(__dirname), basename(__filename), require('./util').sum(0)];",
      'src/script.mts': 'export const kind: string = import.meta.filename.slice(-4);',
      'src/common.cts': 'const { basename } = require("node:path"); export = { name: basename(__filename) };',
      'src/old.ts': 'import path = require("node:path");\nimport { sum } from "./util";\nexport = path.sep + sum(1);',
      'src/util/index.ts': "import data from './data.json';\nexport const sum = (n: number): number => data.one + n;",
      'src/util/data.json': '{ "one": 1 }',
      'src/kinds.ts': [
        'export enum Sky { Clear, Rain = 5 }',
        'export class Point { constructor(readonly x: number) {} }',
        'export namespace Units { export const metre = "m" }',
        'export const sky: Sky = Sky.Rain;',
        '',
        'export function fail(): never {',
        "  throw new Error('too far');",
        '}',
      ].join('\n'),
      'src/decorated.ts': [
        'const log: string[] = [];',
        'const of = (target: object, key: string | undefined, index: number) => void log.push(String(key) + index);',
        'class Base { a = 1 }',
        'export class Service extends Base { constructor(@of b: string) { super(); } c = this.a + 1 }',
        'export default log;',
      ].join('\n'),
      'src/page.tsx':
        "const element = (tag: string, _: null, ...inner: string[]) => [tag, ...inner].join(' ');\nexport const page = <p>windy</p>;",
      'src/settings.ts': 'export const port = 80;',
      'src/wrong.ts': 'export const a = 1;\nexport const b: = 2;\n',
      'src/unlinked.ts': "\nimport { nothing } from './util';\nnothing();",
      'src/refused.cjs': '\nconst a = = 1;',
      'src/lost.ts': "import { x } from './nowhere';\nexport const y = x;",
      'notebooks/beside.ts': 'export const beside = true;',
      'node_modules/parts/package.json': '{}',
      'node_modules/parts/one.js': 'exports.one = 1;',
      'node_modules/parts/two/package.json': '{ "main": "../lib/two.js" }',
      'node_modules/parts/lib/two.js': 'exports.two = 2;',
      'node_modules/closed/package.json': '{ "exports": { "./open.js": "./open.js" } }',
      'node_modules/closed/one.js': '',
      'src/partial.ts': "import { two } from 'parts/two';\nexport const twice = 2 * two;",
    });
    worker = await TestWorker.start(join(project.folder, 'notebooks'));
  });
  after(async () => {
    await worker[Symbol.asyncDispose]();
    project[Symbol.dispose]();
  });

  const rows: readonly (readonly [title: string, cell: string, expected: string])[] = [
    ['with its ending', "import { area } from '../src/plain.ts'; area({ w: 2, h: 3 })", '6'],
    ['without', "import { area as again } from '../src/plain'; again === area", 'true'],
    ['with that of the script it becomes', "import { area as js } from '../src/plain.js'; js === area", 'true'],
    ['beside the notebook', "import { beside } from './beside'; beside", 'true'],
    [
      'by its URL',
      `import { beside as byUrl } from ${JSON.stringify(`file://${project.folder}/notebooks/beside`)}; byUrl`,
      'true',
    ],
    [
      'that imports types as if they were values',
      "import { name } from '../src/elided'; name({ w: 1, h: 2 })",
      "'1 x 2'",
    ],
    ['that is written for CommonJS', "import { names } from '../src/folder'; names", "[ 'src', 'folder.ts', 1 ]"],
    ['of a module', "import { kind } from '../src/script'; kind", "'.mts'"],
    ['of CommonJS', "import common from '../src/common.cjs'; common.name", "'common.cts'"],
    ['that is written as CommonJS', "import old from '../src/old'; old", "'/2'"],
    ['of a folder, which imports JSON', "import { sum } from '../src/util'; sum(1)", '2'],
    [
      'with enums',
      "import { Sky, sky, Point, Units } from '../src/kinds'; [Sky[sky], new Point(2).x, Units.metre]",
      "[ 'Rain', 2, 'm' ]",
    ],
    [
      'with decorators of old',
      "import log, { Service } from '../src/decorated'; [log, new Service('').c]",
      "[ [ 'undefined0' ], 2 ]",
    ],
    ['with JSX', "import { page } from '../src/page'; page", "'p windy'"],
    [
      'by the names that the project gives them',
      "import { page as mapped } from '@/page'; import { port } from 'settings'; [mapped, port]",
      "[ 'p windy', 80 ]",
    ],
    ['by an expression', "(await import('@/util')).sum(2)", '3'],
    [
      'by require',
      "[require('../src/plain').area({ w: 2, h: 2 }), require('@/common.cjs').name]",
      "[ 4, 'common.cts' ]",
    ],
    [
      'which has parts of packages as bundlers find them, and so have cells',
      "import { one } from 'parts/one'; import { twice } from '../src/partial'; [one, twice]",
      '[ 1, 4 ]',
    ],
    ['by import = require', "import byRequire = require('@/settings'); byRequire.port", '80'],
  ];
  for (const [title, cell, expected] of rows) test(title, async () => assert.equal(await worker.value(cell), expected));

  test('errors have the places of their source, in what was compiled too', async () => {
    assert.match(
      await failure(worker, "import { fail } from '@/kinds';\nfail()"),
      /at fail \(.*src\/kinds\.ts:7:9\)\n/,
    );
  });

  test('what cannot be parsed is told with its place', async () => {
    assert.match(
      await failure(worker, "import { b } from '@/wrong';"),
      /^SyntaxError: .*\n {4}at .*src\/wrong\.ts:2:17/,
    );
  });

  test('what cannot be linked, or is refused by V8, is told with its place', async () => {
    assert.match(
      await failure(worker, "import '../src/unlinked';"),
      /does not provide an export .*\n {4}at .*unlinked\.ts:2\n/,
    );
    assert.match(await failure(worker, "import '../src/refused.cjs';"), /^SyntaxError: .*\n {4}at .*refused\.cjs:2\n/);
  });

  test('what a package keeps to itself it keeps', async () => {
    assert.match(await failure(worker, "import 'closed/one'"), /subpath '\.\/one' is not defined by "exports"/);
  });

  test('what is not there is told as Node does', async () => {
    assert.match(await failure(worker, "import '../src/nowhere';"), /Cannot find module '.*nowhere'/);
    assert.match(await failure(worker, "import '@/lost';"), /Cannot find module '.*nowhere' imported from .*lost\.ts/);
    assert.match(await failure(worker, "import 'no-such-package';"), /Cannot find package 'no-such-package'/);
  });
});

describe('a file that has changed', () => {
  const project = new Project();
  let worker: TestWorker;
  before(async () => {
    project.write({
      'top.ts':
        "import { middle } from './middle';\nexport const top = () => 'top ' + middle();\nexport const id = Symbol();",
      'middle.ts': "import { leaf } from './leaf';\nexport const middle = () => 'middle ' + leaf;",
      'leaf.ts': 'export const leaf: number = 1;',
      'state.ts': 'export const state = { count: 0 };',
      'one.ts': "import { two } from './two';\nexport const one = () => 'one ' + two().length;",
      'two.ts': "import { one } from './one';\nexport const two = () => 'two ' + typeof one;",
      'common.cjs': 'module.exports = { version: 1 };',
      'data.json': '{ "version": 1 }',
      'fails.ts': "if (globalThis.isDown) throw new Error('down');\nexport const up = true;",
    });
    worker = await TestWorker.start(project.folder);
  });
  after(async () => {
    await worker[Symbol.asyncDispose]();
    project[Symbol.dispose]();
  });

  test('is loaded anew by the next import of a cell, with what imports it', async () => {
    assert.equal(await worker.value("import { top, id } from './top'; top()"), "'top middle 1'");
    project.write({ 'leaf.ts': 'export const leaf: number = 22;' });
    assert.equal(await worker.value('top()'), "'top middle 1'");
    assert.equal(await worker.value("import { top } from './top'; top()"), "'top middle 22'");
  });

  test('what has not changed keeps its state', async () => {
    await worker.run("import { state } from './state'; state.count += 1;");
    project.write({ 'leaf.ts': 'export const leaf: number = 3;' });
    assert.equal(
      await worker.value("import { top } from './top'; import { state } from './state'; [top(), state.count]"),
      "[ 'top middle 3', 1 ]",
    );
    assert.equal(
      await worker.value("const { id: first } = await import('./top'); first === (await import('./top')).id"),
      'true',
    );
  });

  test('those that import each other are loaded anew together', async () => {
    assert.equal(await worker.value("import { one } from './one'; one()"), "'one 12'");
    project.write({ 'two.ts': "import { one } from './one';\nexport const two = () => typeof one;" });
    assert.equal(await worker.value("import { one } from './one'; one()"), "'one 8'");
  });

  test('of CommonJS and of JSON too', async () => {
    const cell = "import common from './common.cjs'; import data from './data.json'; [common.version, data.version]";
    assert.equal(await worker.value(cell), '[ 1, 1 ]');
    project.write({ 'common.cjs': 'module.exports = { version: 2 };', 'data.json': '{ "version": 2 }' });
    assert.equal(await worker.value(cell), '[ 2, 2 ]');
  });

  test('has a place in errors', async () => {
    project.write({ 'leaf.ts': 'export const leaf: number = 4;\n\nthrow new Error("no leaf");' });
    assert.match(await failure(worker, "import { top } from './top';"), /at .*leaf\.ts:3:7\n/);
  });

  test('and what is mended after it failed is loaded', async () => {
    project.write({ 'leaf.ts': 'export const leaf: number = 5;' });
    assert.equal(await worker.value("import { top } from './top'; top()"), "'top middle 5'");
    assert.match(await failure(worker, "globalThis.isDown = true; await import('./fails')"), /Error: down/);
    assert.equal(await worker.value("globalThis.isDown = false; (await import('./fails')).up"), 'true');
    assert.match(await failure(worker, "import { late } from './late';"), /Cannot find module/);
    project.write({ 'late.ts': 'export const late = true;' });
    assert.equal(await worker.value("import { late } from './late'; late"), 'true');
  });
});
