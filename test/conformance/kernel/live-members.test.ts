/** Members of what the cells hold: asked again and again, they are those of now, and the same wherever they are asked. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

async function run(code: string): Promise<void> {
  assert.equal((await client.execute(code)).reply.content.status, 'ok', code);
}

async function complete(code: string): Promise<unknown> {
  const { reply } = await client.ask('complete_request', { code, cursor_pos: [...code].length });
  return reply.content.matches;
}

async function described(code: string): Promise<unknown> {
  const { reply } = await client.ask('complete_request', { code, cursor_pos: [...code].length });
  const [match] = recordOf(reply.content.metadata)._jupyter_types_experimental as Record<string, unknown>[];
  return match?.detail;
}

test('another value has other members at once, and so has another type', async () => {
  await run(
    'let shape: { corners: number; colour: string } = { corners: 4, colour: "red" }; var loose: any = { a1: 1 }',
  );
  for (const code of ['shape.', 'shape.', 'const n = 1;\nshape.']) {
    assert.deepEqual(await complete(code), ['colour', 'corners'], code);
  }
  assert.deepEqual(await complete('shape.co'), ['colour', 'corners']);
  assert.deepEqual(await complete('shape.cor'), ['corners']);
  assert.deepEqual(await complete('loose.a'), ['a1']);
  await run('loose.a2 = 2; Object.assign(shape, { count: 1 })');
  assert.deepEqual(await complete('loose.a'), ['a1', 'a2']);
  assert.deepEqual(await complete('shape.co'), ['colour', 'corners', 'count']);
  await run('const shape = { corner: [1], cover() {} }; loose = "text"');
  assert.deepEqual(await complete('shape.co'), ['corner', 'cover']);
  assert.deepEqual(await complete('shape.corner.le'), ['length']);
  assert.deepEqual(await complete('loose.a'), ['anchor', 'at']);
});

test('what nobody executes changes a value too', async () => {
  await run('const later = { b1: 1 } as Record<string, number>');
  assert.deepEqual(await complete('later.b'), ['b1']);
  await run('setTimeout(() => { later.b2 = 2; console.log("done") }, 1); void 0');
  while (!((await complete('later.b')) as string[]).includes('b2'));
  assert.deepEqual(await complete('later.b'), ['b1', 'b2']);
});

test('the details are those of the type that it has now', async () => {
  await run('const told = { /** First. */ one: 1 }');
  assert.equal(await described('told.'), '(property) one: number');
  assert.equal(await described('told.o'), '(property) one: number');
  // Another question comes between.
  assert.deepEqual(await complete('[1].map(n => n.toFi'), ['toFixed']);
  await run('const told = { one: "text" }');
  assert.equal(await described('told.o'), '(property) one: string');
});

test('a file that the cells import from is read again when it has changed', async () => {
  const file = join(kernel.folder, 'changing.ts');
  writeFileSync(file, 'export const changing: Partial<Record<"before", 1>> = {};');
  await run("import { changing } from './changing.ts'");
  assert.deepEqual(await complete('changing.be'), ['before']);
  assert.deepEqual(await complete('changing.be'), ['before']);
  writeFileSync(file, 'export const changing: Partial<Record<"besides", 1>> = {};');
  while (!((await complete('changing.be')) as string[]).includes('besides'));
  assert.deepEqual(await complete('changing.be'), ['besides']);
});

test('asked in a cell that says more of the name, the members are the same', async () => {
  await run(
    `class Vessel { #secret = 1; private inner = 2; protected half = 3; size = 4; static of() { return new Vessel() } }
const vessel = new Vessel(); const task = Promise.resolve([1]); const when = new Date(); enum Colour { Red }
let either = null as { left: 1 } | { right: 2 } | null; const loosely: unknown = { anything: 1 };
let assigned: string | number[] = "text"; assigned = [1];
import * as path from 'node:path'; nobody = { declared: { me: 1 } }; namespace Space { export const inside = 1; export type T = 1 }`,
  );
  const paths =
    'vessel Vessel task when Colour either loosely assigned path path.posix nobody nobody.declared Space console Math ' +
    'elara Intl vessel.size missing Vessel.of globalThis';
  for (const path of paths.split(' ')) {
    const [root] = path.split('.');
    assert.deepEqual(await complete(`${path}.`), await complete(`void ${root};\n${path}.`), path);
  }
});
