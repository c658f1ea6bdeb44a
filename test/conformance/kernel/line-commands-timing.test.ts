/** `%time` and `%bench`, through a real kernel. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { CellRunner } from '../../real-kernel/cell-runner.ts';
import { contentsOf, recordOf, resultOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const cells = new CellRunner(await kernel.connect());

const TIMES = /^Wall time [\d.]+ (?:ns|µs|ms|s), CPU time [\d.]+ (?:µs|ms|s)(?: \(user .*, system .*\))?$/;

describe('%time', () => {
  test('prints the times of an expression, which stays the result', async () => {
    const { published } = await cells.ok('%time [3, 1, 2].sort()');
    assert.match(textOf(published).trimEnd(), TIMES);
    assert.equal(resultOf(published), '[ 1, 2, 3 ]');
    assert.deepEqual(shape(published), ['busy', 'execute_input', 'stdout', 'execute_result', 'idle']);
  });

  test('waits for promises, and times statements', async () => {
    const { published } = await cells.ok(
      '%time const waited = await new Promise((r) => setTimeout(r, 20, 7))\n%time for (const _ of [1]) {}',
    );
    assert.equal(textOf(published).trimEnd().split('\n').length, 2);
    assert.equal(await cells.value('%time Promise.resolve(waited)'), '7');
  });

  test('of a whole cell comes before its result', async () => {
    const { published } = await cells.ok('%%time\nlet sum = 0;\nfor (let n = 1; n <= 4; n += 1) sum += n;\nsum');
    assert.match(textOf(published).trimEnd(), TIMES);
    assert.equal(resultOf(published), '10');
    assert.equal(await cells.value('sum'), '10');
  });

  test('keeps the places of errors', async () => {
    assert.match(
      await cells.failure('%cd\n  %time [1].map(() => missing)'),
      /ReferenceError: missing is not defined\n {4}at In\[\d+\]:2:23/,
    );
    assert.match(await cells.failure('%%time\n\nmissing'), /at In\[\d+\]:3:1/);
    assert.match(await cells.failure('%time 1 +'), /SyntaxError: .*\n {4}at In\[\d+\]:1:10\n%time 1 \+\n {9}\^/);
    assert.match(await cells.failure('%time'), /%time needs code after it on its line/);
  });

  test('is a function', async () => {
    const { published } = await cells.ok('[elara.time(() => 2), await elara.time(async () => 3)]');
    assert.equal(resultOf(published), '[ 2, 3 ]');
    assert.equal(textOf(published).trimEnd().split('\n').length, 2);
  });
});

describe('%bench', () => {
  const LINES =
    /^[\d.]+ \S+ ± [\d.]+ \S+ per loop \(mean ± deviation of 2 runs, 5 loops each\)\nmedian [\d.]+ \S+, min [\d.]+ \S+$/;

  test('gives statistics of an expression, of what is awaited, and of a cell', async () => {
    assert.match(await cells.displayed('%bench -n 5 -r 2 [3, 1, 2].sort()'), LINES);
    assert.match(await cells.displayed('%bench -n 5 -r 2 await null'), LINES);
    assert.match(
      await cells.displayed(
        '%%bench -n 5 -r 2\nimport { join } from "node:path";\nconst inner = join("a", "b");\nawait inner',
      ),
      LINES,
    );
    assert.equal(await cells.value('typeof inner'), "'undefined'");
  });

  test('chooses how many loops there are', async () => {
    const calls = await cells.value(
      'let calls = 0; const { loops, runs } = await elara.bench(() => { calls += 1 }, { runs: 1 }); [loops > 1000, runs, calls > loops]',
    );
    assert.equal(calls, '[ true, 1, true ]');
  });

  test('is a function, whose result has the numbers', async () => {
    assert.equal(
      await cells.value(
        'const bench = await elara.bench(async () => 1, { loops: 3, runs: 4 }); [bench.times.length, bench.min <= bench.median, bench.median <= bench.max, bench.mean > 0, bench.deviation >= 0]',
      ),
      '[ 4, true, true, true, true ]',
    );
    assert.match(
      await cells.failure('await elara.bench(() => 1, { loops: 0 })'),
      /CommandError: loops is 0, which is no number from 1/,
    );
  });

  test('of code that throws fails where it does', async () => {
    assert.match(
      await cells.failure('%bench [1].map(() => missing)'),
      /ReferenceError: missing is not defined\n {4}at In\[\d+\]:1:22/,
    );
  });

  for (const [what, code] of [
    ['a busy loop', '%bench -n 1000000000 Math.random()'],
    [
      'an await',
      '%bench -r 1000 await new Promise((r) => setTimeout(r, 1, (globalThis.loops = (globalThis.loops ?? 0) + 1)))',
    ],
    ['work that never ends', '%bench await new Promise(() => {})'],
  ] as const) {
    test(`is interrupted in ${what}`, async () => {
      const id = await cells.client.send('shell', 'execute_request', { code });
      for (;;) if ((await cells.client.next()).header.msg_type === 'execute_input') break;
      await cells.client.ask('interrupt_request', {}, { channel: 'control' });
      const reply = await cells.client.receive('shell');
      assert.equal(reply.parentHeader.msg_id, id);
      assert.equal(reply.content.ename, 'InterruptError');
      assert.equal(await cells.value('1 + 1'), '2');
    });
  }

  test('that was interrupted in an await does not go on', async () => {
    const before = await cells.value('loops');
    await cells.ok('await new Promise((r) => setTimeout(r, 30))');
    assert.equal(await cells.value('loops'), before);
  });

  test('says how far long work is, and what came of it in the same place', async () => {
    const { published } = await cells.ok(
      '%bench -r 2 -n 1 Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1400)',
    );
    const texts = [...contentsOf(published, 'display_data'), ...contentsOf(published, 'update_display_data')].map(
      ({ data }) => String(recordOf(data)['text/plain']),
    );
    assert.equal(texts.length, 3);
    assert.equal(texts[0], 'Run 1 of 2 …');
    assert.match(texts[2] ?? '', /^[\d.]+ s ±/);
  });
});
