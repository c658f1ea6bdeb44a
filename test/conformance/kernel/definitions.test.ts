/** Where names are declared, as a frontend asks for it by the comm `elara.types`. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { RealKernel } from '../../real-kernel/real-kernel.ts';
import { askTypes } from '../../real-kernel/types-comm.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();
writeFileSync(join(kernel.folder, 'beside.ts'), '\nexport const fromFile = { answer: 42 };\n');

const CELLS: Readonly<Record<string, string>> = {
  first:
    "%time 1\n/** Counts. */\nfunction letters(word: string): number { return word.length; }\nconst fox = { colour: 'red' };",
  second: "let total = letters('🦊'); class Box<T> { value!: T }",
  third: 'total += 1; made = 1; type Only = { field: string };',
  fourth: "import { fromFile } from './beside.ts'; import * as fs from 'node:fs';",
  fifth: 'const fox = { colour: "blue", legs: 4 };',
};
for (const [cellId, code] of Object.entries(CELLS)) {
  const { reply } = await client.execute(code, {}, { cellId });
  assert.equal(reply.content.status, 'ok', code);
}
await client.execute('const nameless = 1;');

/** Where the thing at `¦` is declared: as `cell:line:column-column`. */
async function definitions(marked: string, others: readonly string[] = []): Promise<readonly string[]> {
  const cursor = marked.indexOf('¦');
  const question = { method: 'definition', code: marked.replace('¦', ''), cursor, others: [...others] };
  const answer = await askTypes(client, question);
  assert.equal(answer.error, undefined);
  return (answer.definitions as readonly Definition[]).map(({ in: kind, id, index, path, start, end }) => {
    assert.ok(end.line >= start.line);
    const name = id ?? (kind === 'other' ? `other ${index}` : (path?.slice(path.lastIndexOf('/') + 1) ?? kind));
    return `${name} ${start.line}:${start.column}-${end.column}`;
  });
}

interface Definition {
  readonly in: string;
  readonly id?: string;
  readonly index?: number;
  readonly path?: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

const places: Readonly<Record<string, readonly string[]>> = {
  "lett¦ers('a')": ['first 3:10-17'],
  '¦letters': ['first 3:10-17'],
  'letters¦': ['first 3:10-17'],
  'letters(letters¦)': ['first 3:10-17'],
  // Variables, what an assignment has made, types, classes.
  'tot¦al + 1': ['second 1:5-10'],
  'ma¦de': ['third 1:13-17'],
  'const o: On¦ly = { field: "" };': ['third 1:28-32'],
  'new B¦ox<string>()': ['second 1:34-37'],
  // A member; the newer of two declarations.
  'new Box<string>().val¦ue': ['second 1:43-48'],
  'fox.le¦gs': ['fifth 1:31-35'],
  'f¦ox': ['fifth 1:7-10'],
  // This code itself comes before what ran.
  'const a = 1;\nconst fox = a¦;': ['code 1:7-8'],
  'const fox = 1;\nfo¦x': ['code 1:7-10'],
  'function g(word: string) { return wo¦rd; }': ['code 1:12-16'],
  // Code of a line command, and code that is broken.
  '%time let¦ters("")': ['first 3:10-17'],
  '%who let¦ters': [],
  'if (letters¦(': ['first 3:10-17'],
  // Files, through an import of another cell or of this one.
  'fromFile.ans¦wer': ['beside.ts 2:27-33'],
  'from¦File': ['beside.ts 2:14-22'],
  "import { fromFile as f } from './beside.ts'; ¦f": ['beside.ts 2:14-22'],
  // Nobody knows.
  'nobody¦': [],
  'fox.nob¦ody': [],
  '¦': [],
  '"letters¦"': [],
};
for (const [marked, expected] of Object.entries(places)) {
  test(`${marked}: ${expected.join(', ') || 'nowhere'}`, async () => {
    assert.deepEqual(await definitions(marked), expected);
  });
}

test('a cell is told by its count too, with the line as it ran', async () => {
  const { definitions: told } = await askTypes(client, { method: 'definition', code: 'nameless', cursor: 2 });
  const [start, end] = [
    { line: 1, column: 7 },
    { line: 1, column: 15 },
  ];
  assert.deepEqual(told, [{ in: 'cell', count: 6, line: 'const nameless = 1;', start, end }]);
});

test('names of cells that have not run', async () => {
  const others = ['const later = 1;', 'function another() {}\nlet later = 2', 'let broken = {', 'let fox = 1'];
  assert.deepEqual(await definitions('lat¦er', others), ['other 1 2:5-10']);
  assert.deepEqual(await definitions('brok¦en', others), ['other 2 1:5-11']);
  assert.deepEqual(await definitions('f¦ox', others), ['fifth 1:7-10']);
});

test('a question without what it needs', async () => {
  assert.match(String((await askTypes(client, { method: 'definition' })).error), /needs code and cursor/);
});
