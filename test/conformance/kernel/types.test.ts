/** Completion and inspection from types, over the cells as they were executed, through a real kernel. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BareKernel } from '../../real-kernel/bare-kernel.ts';
import { recordOf } from '../../real-kernel/outputs.ts';
import { languageServerOf, untilGone } from '../../real-kernel/processes.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();
const own = join(kernel.folder, 'node_modules/own-package');
mkdirSync(own, { recursive: true });
writeFileSync(join(own, 'package.json'), '{ "name": "own-package", "types": "index.d.ts", "main": "index.js" }');
writeFileSync(
  join(own, 'index.d.ts'),
  'export interface Options { deep: boolean }\nexport function clone(o: Options): Options;',
);
writeFileSync(join(own, 'index.js'), 'exports.clone = (o) => ({ ...o });');
writeFileSync(join(kernel.folder, 'beside.ts'), '/** From a file. */\nexport const fromFile = { answer: 42 };\n');

for (const code of [
  `/** Adds two numbers.\n * @param a the first */\nfunction add(a: number, b = 2): number { return a + b; }
class Box<T> { value!: T; #hidden = 1; private secret = 2; open(): T { return this.value } }
const mode = (m: 'fast' | 'slow', options: { deep: boolean; 'not-a-name'?: number }) => m;`,
  `import { clone, type Options } from 'own-package'; import * as fs from 'node:fs'; import { fromFile } from './beside.ts';`,
  'const shadowed = 1',
  'class shadowed { method() {} }',
  'type Only = { field: string }; interface Shape { width: number }; enum Color { Red, Green }; namespace Space { export const inner = 1 }',
  'let later: { first: number } | undefined',
  'later = { first: 1 }',
  'implicit = { live: { deep: 1 } }',
  'const loose: object = { more: 1, than: 2 }',
]) {
  const { reply } = await client.execute(code);
  assert.equal(reply.content.status, 'ok', code);
}

interface Completed {
  readonly matches: readonly string[];
  readonly range: readonly [number, number];
  readonly described: ReadonlyMap<string, Record<string, unknown>>;
}

/** At `¦`, or at the end. */
async function complete(marked: string, asking = client): Promise<Completed> {
  const { code, cursor } = place(marked);
  const { reply } = await asking.ask('complete_request', { code, cursor_pos: cursor });
  const { matches, cursor_start: start, cursor_end: end, metadata } = reply.content;
  const list = (recordOf(metadata)._jupyter_types_experimental ?? []) as Record<string, unknown>[];
  return {
    matches: matches as string[],
    range: [Number(start), Number(end)],
    described: new Map(list.map((entry) => [String(entry.text), entry])),
  };
}

async function inspect(marked: string, detail = 0): Promise<{ readonly plain: string; readonly markdown: string }> {
  const { code, cursor } = place(marked);
  const { reply } = await client.ask('inspect_request', { code, cursor_pos: cursor, detail_level: detail });
  const data = recordOf(reply.content.data);
  return { plain: String(data['text/plain']), markdown: String(data['text/markdown']) };
}

function place(marked: string): { code: string; cursor: number } {
  const at = marked.indexOf('¦');
  return at < 0
    ? { code: marked, cursor: [...marked].length }
    : { code: marked.replace('¦', ''), cursor: [...marked.slice(0, at)].length };
}

const matches: Readonly<Record<string, readonly string[]>> = {
  'add(1).toFi': ['toFixed'],
  '[1, 2].map((v) => v.toFi': ['toFixed'],
  'new Box<string>().': ['open', 'value'],
  'new Box<{ a: 1 }>().open().': ['a'],
  'mode("': ['fast', 'slow'],
  "mode('s": ['slow'],
  'mode("fast", { ': ['deep', 'not-a-name'].slice(0, 1),
  'mode("fast", { "not': ['not-a-name'],
  'clone({ deep: true }).': ['deep'],
  'const o: Options = { ': ['deep'],
  'fs.readFileS': ['readFileSync'],
  'fromFile.': ['answer'],
  'new shadowed().': ['method'],
  'let o: Only = null!; o.': ['field'],
  'let s: Shape; s = { ': ['width'],
  'Color.': ['Green', 'Red'],
  'Space.': ['inner'],
  'later.': ['first'],
  'implicit.li': ['live'],
  'implicit.live.de': ['deep'],
  'loose.mo': ['more'],
  "import { clo¦ } from 'own-package'": ['clone'],
  "import 'own-pack": ['own-package'],
  "import './besi": ['./beside.ts'],
  "import { x } from 'node:fs/pro": ['node:fs/promises'],
  '`${JSON.strin': ['stringify'],
  shado: ['shadowed'],
  'display.ht': ['html'],
  'elara.wid': ['widgets'],
  document: [],
};
for (const [code, expected] of Object.entries(matches)) {
  test(`completes ${JSON.stringify(code)}`, async () => assert.deepEqual((await complete(code)).matches, expected));
}

test('metadata has type, signature and comment of a match', async () => {
  const { described, range } = await complete("'🎈'; ad¦");
  const { type, signature, documentation, start, end } = described.get('add') ?? {};
  assert.deepEqual([type, signature, start, end], ['function', '(a: number, b?: number): number', 5, 7]);
  assert.match(String(documentation), /Adds two numbers/);
  assert.deepEqual(range, [5, 7]);
});

test("an object's own members come before those of every object", async () => {
  const { matches: all } = await complete('"text".');
  assert.ok(all.indexOf('trim') < all.indexOf('toLocaleString') || !all.includes('toLocaleString'));
  assert.ok(all.indexOf('trim') < all.indexOf('valueOf'));
});

test('a hover has signature, comment and place; of a value also what it holds', async () => {
  const { plain, markdown } = await inspect('add');
  assert.match(markdown, /^```ts\nfunction add\(a: number, b\?: number\): number\n```\n\nAdds two numbers\./);
  assert.match(plain, /Defined in In\[1\]:3:10$/);
  let later = '';
  // A worker that is late is not waited for.
  for (let asked = 0; asked < 20 && !later.includes('Value'); asked++) later = (await inspect('later')).plain;
  assert.match(later, /^let later: \{\n {4}first: number;\n\}[\s\S]*Value \(Object\):\n\n\{ first: 1 \}/);
  assert.match((await inspect('Sha¦pe')).plain, /^interface Shape/);
  assert.match((await inspect('(p: Box<string>) => p¦')).plain, /^\(parameter\) p: Box<string>/);
});

test('inside a call, the signature with its active parameter', async () => {
  const { plain } = await inspect('mode("fast", ');
  assert.match(plain, /^mode\(m: "fast" \| "slow", |^mode\(m: 'fast' \| 'slow', /);
  assert.match(plain, /Parameter options: /);
});

test('at detail level 1 the source', async () => {
  assert.match((await inspect('Box', 1)).plain, /Source:\n\nclass Box<T> \{ value!: T;/);
});

test('types answer while the worker cannot, also about what a cell has declared before', async () => {
  const { reply } = await client.execute('const before = { typed: 1 }; let spin = true');
  assert.equal(reply.content.status, 'ok');
  const busy = await kernel.connect();
  const id = await busy.send('shell', 'execute_request', { code: 'console.log("on"); for (;;);' });
  while ((await busy.next()).header.msg_type !== 'stream');
  assert.deepEqual((await complete('before.')).matches, ['typed']);
  assert.deepEqual((await complete('add(1).toFi')).matches, ['toFixed']);
  assert.match((await inspect('before')).plain, /^const before: \{\n {4}typed: number;\n\}/);
  await busy.send('control', 'interrupt_request');
  await busy.receive('control');
  await busy.until(id);
  await busy.receive('shell');
});

test('a language server that is killed is started again, with all that the cells have declared', async () => {
  const server = languageServerOf(kernel.running.process.pid);
  process.kill(server, 'SIGKILL');
  await untilGone(server);
  // The values alone answer until it is there and answers in time: they do not know what has not been made, nor types.
  let matches: readonly string[] = [];
  while (matches.length === 0) ({ matches } = await complete('new Box<string>().op'));
  assert.deepEqual(matches, ['open']);
  let plain = '';
  while (!plain.includes('a: number')) ({ plain } = await inspect('add'));
  assert.match(plain, /^function add\(a: number, b\?: number\): number/);
});

test('of a kernel that is killed no language server is left', async () => {
  await using other = await BareKernel.start();
  const asking = await other.connect();
  // On a busy machine the first answer may be that of the values alone, which know nothing of what has not been made.
  let matches: readonly string[] = [];
  while (matches.length === 0) ({ matches } = await complete('[1].findLastI', asking));
  assert.deepEqual(matches, ['findLastIndex']);
  const server = languageServerOf(other.pid);
  other.child.kill('SIGKILL');
  await untilGone(other.pid, server);
});
