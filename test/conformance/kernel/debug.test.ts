/** "Breakpoints in TypeScript cells by source map, step, conditional breakpoints, hit counts, log points." */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { DebugClient } from '../../real-kernel/debug-client.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await DebugClient.connect(kernel);
before(() => client.attach());

const LOOP = 'let total = 0;\nfor (let i: number = 0; i < 10; i++) {\n  total += i;\n}\ntotal';

test('kernel_info_reply says that there is a debugger', async () => {
  const { content } = (await client.cells.ask('kernel_info_request')).reply;
  assert.ok(Array.isArray(content.supported_features) && content.supported_features.includes('debugger'));
});

test('a breakpoint in a cell whose types are erased', async () => {
  const code =
    'const one: number = 1;\nfunction f(a: number): number {\n  const b = a * 2;\n  return b + one;\n}\nf(20)';
  const [breakpoint] = await client.breakpoints(code, 4);
  assert.deepEqual([breakpoint?.verified, breakpoint?.line], [true, 4]);
  const { shown } = client.run(code);
  const stopped = await client.stopped();
  assert.equal(stopped.reason, 'breakpoint');
  assert.deepEqual(stopped.hitBreakpointIds, [breakpoint?.id]);
  assert.match(await client.stack(), /^f:4 < In\[\d+\]:6$/);
  assert.equal((await client.scope('Locals')).get('b')?.value, '40');
  assert.equal((await client.scope('Globals')).get('one')?.value, '1');
  await client.continue();
  assert.equal(await shown, '41');
});

test('breakpoints in a cell that is lowered, at the lines that were written', async () => {
  const code = [
    'enum Colour { Red, Green }',
    '',
    'class Point {',
    '  constructor(private x: number) {}',
    '  get double(): number { return this.x * 2; }',
    '}',
    'const point = new Point(Colour.Green + 4);',
    'point.double',
  ].join('\n');
  await client.breakpoints(code, 5, 7);
  const { shown } = client.run(code);
  await client.stopped();
  assert.match(await client.stack(), /^In\[\d+\]:7$/);
  await client.continue();
  await client.stopped();
  assert.match(await client.stack(), /^get double:5 < In\[\d+\]:8$/);
  assert.equal((await client.scope('Locals')).get('this')?.value, 'Point { x: 5 }');
  await client.continue();
  assert.equal(await shown, '10');
});

test('a breakpoint on a line without code moves to the next one, before the cell runs and after', async () => {
  const code = 'let moved = 1;\n// nothing\ninterface None {}\n\nmoved += 1;\nmoved';
  assert.equal((await client.breakpoints(code, 2))[0]?.line, 5);
  const { shown } = client.run(code);
  await client.stopped();
  assert.match(await client.stack(), /:5$/);
  await client.continue();
  assert.equal(await shown, '2');
  assert.equal((await client.breakpoints(code, 3))[0]?.line, 5);
  assert.deepEqual(await client.breakpoints(code), []);
});

test('a breakpoint at the first statement stops, and cells of the same code stop both', async () => {
  const code = 'var again = 1';
  await client.breakpoints(code, 1);
  for (let time = 0; time < 2; time++) {
    const { shown } = client.run(code);
    await client.stopped();
    assert.match(await client.stack(), /:1$/);
    await client.continue();
    assert.equal(await shown, '');
  }
  assert.equal(await client.show('var again = 2'), '');
});

test('a condition in TypeScript', async () => {
  await client.breakpoints(LOOP, { line: 3, condition: 'i === (7 as number)' });
  const { shown } = client.run(LOOP);
  await client.stopped();
  assert.equal(await client.evaluate('i'), '7');
  await client.continue();
  assert.equal(await shown, '45');
});

for (const [hitCondition, stops] of [
  ['8', ['7', '8', '9']],
  ['== 3', ['2']],
  ['> 8', ['8', '9']],
  ['% 4', ['3', '7']],
] as const) {
  test(`a breakpoint with the hit count ${hitCondition}`, async () => {
    await client.breakpoints(LOOP, { line: 3, hitCondition });
    const { shown } = client.run(LOOP);
    for (const stop of stops) {
      await client.stopped();
      assert.equal(await client.evaluate('i'), stop);
      await client.continue();
    }
    assert.equal(await shown, '45');
  });
}

test('a log point writes where its condition holds, and does not stop', async () => {
  await client.breakpoints(LOOP, { line: 3, condition: 'i > 7', logMessage: 'at {i}: \\{{ { a: total } }\\}' });
  assert.equal(await client.show(LOOP), 'at 8: {{ a: 28 }}\nat 9: {{ a: 36 }}\n45');
});

test('what is wrong with a breakpoint is said', async () => {
  const [condition, hits, nowhere] = await client.breakpoints(
    LOOP,
    { line: 3, condition: 'i >' },
    { line: 3, hitCondition: 'often' },
    { line: 30 },
  );
  assert.deepEqual([condition?.verified, hits?.verified, nowhere?.verified], [false, false, false]);
  assert.match(condition?.message ?? '', /i >/);
  assert.match(hits?.message ?? '', /often/);
  assert.match(nowhere?.message ?? '', /no code/);
  assert.equal(await client.show(LOOP), '45');
});

test('steps show the cell and nothing of the kernel or of Node, also over awaits', async () => {
  const code = [
    'function inner(n: number) {',
    '  return n + 1;',
    '}',
    'async function outer(n: number) {',
    '  const a = inner(n);',
    '  await new Promise((done) => setTimeout(done, 5));',
    '  return a;',
    '}',
    'const got = await outer(1);',
    'got',
  ].join('\n');
  await client.breakpoints(code, 5);
  const { shown } = client.run(code);
  await client.stopped();
  const stacks = [await client.stack()];
  for (const step of ['stepIn', 'stepOut', 'next', 'next', 'next']) {
    await client.ask(step, { threadId: 1 });
    await client.stopped();
    stacks.push(await client.stack());
  }
  const plain = stacks.map((stack) => stack.replace(/In\[\d+\]/g, 'cell'));
  assert.deepEqual(plain, [
    'outer:5 < cell:9',
    'inner:2 < outer:5 < cell:9',
    'outer:6 < cell:9',
    'outer:7 < await:0 < cell:9',
    'outer:7 < await:0 < cell:9',
    'cell:10',
  ]);
  await client.continue();
  assert.equal(await shown, '2');
});

test('a function of a cell that ran before the debugger came', async () => {
  await client.ask('disconnect');
  const code = 'function early(x: number) {\n  const y = x + 1;\n  return y;\n}';
  await client.show(code);
  await client.attach();
  assert.equal((await client.breakpoints(code, 3))[0]?.verified, true);
  const { shown } = client.run('early(1)');
  await client.stopped();
  assert.match(await client.stack(), /^early:3 < In\[\d+\]:1$/);
  await client.continue();
  assert.equal(await shown, '2');
  await client.breakpoints(code);
});

test('a module of the user is debugged before and after it is loaded', async () => {
  const path = join(kernel.folder, 'util.ts');
  writeFileSync(
    path,
    'export function twice(n: number): number {\n  const doubled: number = n * 2;\n  return doubled;\n}\n',
  );
  const { breakpoints } = await client.ask<DebugProtocol.SetBreakpointsResponse['body']>('setBreakpoints', {
    source: { path },
    breakpoints: [{ line: 3 }],
  });
  assert.equal(breakpoints[0]?.verified, false);
  const { shown } = client.run('import { twice } from "./util.ts";\ntwice(21)');
  const { breakpoint } = await client.event<DebugProtocol.BreakpointEvent['body']>('breakpoint');
  assert.deepEqual([breakpoint.id, breakpoint.verified, breakpoint.line], [breakpoints[0]?.id, true, 3]);
  await client.stopped();
  assert.match(await client.stack(), /^twice:3 < In\[\d+\]:2$/);
  assert.equal((await client.frames())[0]?.source?.path, path);
  await client.ask('stepOut', { threadId: 1 });
  await client.stopped();
  assert.match(await client.stack(), /^In\[\d+\]:2$/);
  await client.continue();
  assert.equal(await shown, '42');
  const { modules } = await client.ask<DebugProtocol.ModulesResponse['body']>('modules');
  // Of the kernel as sources, which no bundle holds together, the packages are some as well.
  const own = (file = '') => file.includes('/node_modules/');
  assert.deepEqual(
    modules.map((each) => each.path).filter((file) => !own(file)),
    [path],
  );
  await client.ask('setBreakpoints', { source: { path }, breakpoints: [] });
});

test('source gives the code of cells and of files', async () => {
  const code = '// 𝒳 ünïcode\n1';
  const { sourcePath } = await client.ask<{ sourcePath: string }>('dumpCell', { code });
  assert.equal((await client.ask('source', { source: { path: sourcePath } })).content, code);
  const { content } = await client.ask('source', { source: { path: join(kernel.folder, 'util.ts') } });
  assert.match(String(content), /^export function twice/);
  assert.match(await client.refusal('source', { source: { path: '/etc/passwd' } }), /not known/);
});

test('breakpointLocations tells where a cell can stop', async () => {
  const code = 'const a = 1; const b = 2;\ntype None = 1;\na + b';
  await client.show(code);
  const { sourcePath } = await client.ask<{ sourcePath: string }>('dumpCell', { code });
  const places = async (line: number, endLine: number): Promise<string[]> => {
    const args = { source: { path: sourcePath }, line, endLine };
    const { breakpoints } = await client.ask<DebugProtocol.BreakpointLocationsResponse['body']>(
      'breakpointLocations',
      args,
    );
    return breakpoints.map((each) => `${each.line}:${each.column}`);
  };
  assert.deepEqual(await places(1, 1), ['1:11', '1:24']);
  assert.deepEqual(await places(2, 3), ['3:1']);
});

test('a debugger statement stops', async () => {
  const { shown } = client.run('debugger;\n"after"');
  assert.equal((await client.stopped()).reason, 'pause');
  assert.match(await client.stack(), /:1$/);
  await client.continue();
  assert.equal(await shown, "'after'");
});
