import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Notebook } from './notebook.ts';

type Executed = string | { readonly code: string; readonly failed: readonly string[] };

function notebook(...cells: readonly Executed[]): Notebook {
  const made = new Notebook({ javascript: false });
  cells.forEach((cell, index) => {
    const { code, failed } = typeof cell === 'string' ? { code: cell, failed: undefined } : cell;
    made.add({ code, count: index + 1 }, { ok: failed === undefined, declared: failed ?? [] });
  });
  // Somebody asks.
  made.draft('');
  return made;
}

/** The page of each cell; `-` for one that is in none. */
function pages(made: Notebook, cells: number): string {
  return Array.from({ length: cells }, (_, index) => {
    const entry = made.entry(index + 1);
    return (entry && made.placeOf(entry)?.document) ?? '-';
  }).join(' ');
}

suite('which cells share a page', () => {
  const cases: Readonly<Record<string, readonly [expected: string, ...cells: Executed[]]>> = {
    'those that agree on what names mean': ['1 1 1', 'const a = 1', 'const b = a', 'let c = a + b'],
    'not one that declares what others see': ['1 1 2 2', 'const a = 1', 'const b = a', 'const a = "s"', 'const c = a'],
    'not one that declares what others know as nothing': ['1 2', 'const b = () => a', 'const a = 1'],
    'what is called so elsewhere is in nobody’s way': [
      '1 1 1',
      'const f = (a: number) => ({ b: a, c: { a } }).b',
      'const a = 1, b = 2',
      'const c = 3',
    ],
    'one that is declared anew before anybody has used it makes room': [
      '- - 1',
      'const a = 1',
      'const a = 2',
      'const a = 3',
    ],
    'a name that nobody has used makes room, though others of its cell are used': [
      '1 - 1',
      'const a = 1; const b = 2; print(a)',
      'const a = b',
      'class a {}',
    ],
    'unless its own cell rests on it': ['1 2', 'const a = 1; const b = a', 'const a = 3'],
    'and so do those that only it has used': ['- - 1 1', 'const a = 1', 'const b = a', 'const b = 2', 'const a = b'],
    'those that assign go on with the variable': ['1 1 1', 'let a: unknown', 'a = 1', 'a = "s"'],
    'unless another page has assigned in between': [
      '1 1 2 2 3',
      'let a: unknown',
      'const b = () => x',
      'const x = 1',
      'a = x',
      'function x() { return b }; a = 2',
    ],
    'not one that has failed': ['1 2 1', 'const a = 1', { code: 'const b = 2; throw a', failed: ['b'] }, 'const c = b'],
    'not one that adds to all cells': ['1 2 1', 'const a = 1', 'declare global { var b: 1 }', 'const c = 1'],
    'not one that exports by itself': ['1 2 3', 'const a = 1', 'export const b = 1', 'export default class C {}'],
    'none that leaves nothing': ['1 - - 1', 'const a = 1', 'a + 1', 'console.log(a)', 'const c = 1'],
  };
  for (const [title, [expected, ...cells]] of Object.entries(cases)) {
    test(title, () => assert.equal(pages(notebook(...cells), cells.length), expected));
  }

  test('no more than so many', () => {
    const made = notebook(...Array.from({ length: 100 }, (_, i) => `const a${i} = 1`));
    assert.equal(new Set(pages(made, 100).split(' ')).size, 4);
    assert.equal(pages(notebook('const a = 1', `const b = '${'x'.repeat(30_000)}'`, 'const c = 1'), 3), '1 1 2');
  });
});

test('places in a page are those of the cells', () => {
  const cells = ['const a = 1', '\r\nconst b = {\r  c: 1,\n}\n', 'var e = `\n`; var g = 1', 'let f'];
  const made = notebook(...cells);
  const lines = made.page(1)?.text.split(/\r\n|\r|\n/) ?? [];
  cells.forEach((code, index) => {
    const entry = made.entry(index + 1);
    const place = entry && made.placeOf(entry);
    assert.ok(place !== undefined);
    const own = code.split(/\r\n|\r|\n/);
    own.forEach((line, offset) => {
      assert.equal(lines[place.line + offset], line);
      assert.equal(made.entryAt(1, place.line + offset), entry);
    });
  });
  assert.equal(made.entryAt(1, 0), undefined);
  assert.equal(made.entryAt(1, lines.length - 1), undefined);
  assert.equal(made.entryAt(9, 1), undefined);
});

test('a document goes on importing from where it is told to, in one order', () => {
  const made = notebook('const a = 1', 'const b = a', 'const a = 2', 'let c = a');
  const head = (code: string, imports?: number[]) => made.write(made.draft(code), imports).text.split('\n')[0];
  assert.equal(head('b; a'), 'import { b } from "./elara-cell-1.mts"; import { a } from "./elara-cell-2.mts";');
  assert.equal(head('a', [2, 1]), 'import {  } from "./elara-cell-1.mts"; import { a } from "./elara-cell-2.mts";');
});

test('pages are gone when nothing leads to them, and only then', () => {
  const made = notebook('const a = 1', 'const b = a', 'const a = 2', 'const c = a', 'const b = 3', 'const d = b');
  assert.deepEqual(made.takeGone(), [1]);
  assert.deepEqual(made.takeGone(), []);
  assert.deepEqual([...made.names.keys()].sort(), ['a', 'b', 'c', 'd']);
  assert.deepEqual(made.clear(), [2]);
});

test('what is forgotten is imported from nowhere', () => {
  const made = notebook('const a = 1');
  const entry = made.begin({ code: 'typeof a', count: 2 });
  made.clear();
  assert.match(made.write(entry).text, /^import \{ a \} from "\.\/elara-cell-0\.mts";\n/);
});

test('a cell that has begun keeps what it takes, and leaves no trace when it is dropped', () => {
  const made = notebook('const a = 1');
  const using = { code: 'const b = a', count: 2 };
  made.begin(using);
  made.add({ code: 'const a = 2', count: 3 }, { ok: true, declared: ['a'] });
  made.draft('');
  assert.equal(made.entry(1)?.number, 1);
  made.drop(using);
  assert.equal(made.entry(1), undefined);
  assert.equal(made.entry(2), undefined);
});
