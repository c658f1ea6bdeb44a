/** What line commands have in common, through a real kernel. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { CellRunner } from '../../real-kernel/cell-runner.ts';
import { recordOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const cells = new CellRunner(await kernel.connect());

const TIMES = /^Wall time [\d.]+ (?:ns|µs|ms|s), CPU time [\d.]+ (?:µs|ms|s)(?: \(user .*, system .*\))?$/;

describe('%help', () => {
  test('lists the commands, and describes one', async () => {
    for (const code of ['%', '%help', 'display(elara.help())']) {
      const text = await cells.displayed(code);
      for (const name of [
        'time',
        'bench',
        'who',
        'load',
        'save',
        'reset',
        'cd',
        'env',
        'npm',
        'check',
        'history',
        'help',
      ]) {
        assert.match(text, new RegExp(`^%${name} `, 'm'));
      }
    }
    assert.match(await cells.displayed('%help time'), /^%time EXPRESSION\n/);
    assert.match(await cells.failure('%help tiem'), /There is no line command %tiem: did you mean %time\?/);
  });

  test('is in the pager after a question mark', async () => {
    const [page] = [await cells.payload('%bench?')].flat();
    const { source, data } = recordOf(page);
    assert.equal(source, 'page');
    assert.match(String(recordOf(data)['text/plain']), /^%bench /);
  });
});

describe('line commands', () => {
  test('that are unknown fail the cell before it runs', async () => {
    assert.match(
      await cells.failure('let never = 1;\n%tiem never'),
      /^SyntaxError: There is no line command %tiem: did you mean %time\?\n {4}at In\[\d+\]:2:1\n%tiem never\n\^$/,
    );
    assert.equal(await cells.value('typeof never'), "'undefined'");
  });

  test('are completed, explained and known to be complete', async () => {
    const ask = async (msgType: string, content: Record<string, string | number>): Promise<Record<string, unknown>> =>
      (await cells.client.ask(msgType, content)).reply.content;
    const completed = await ask('complete_request', { code: '"🎈"\n%ben', cursor_pos: 8 });
    assert.deepEqual([completed.matches, completed.cursor_start, completed.cursor_end], [['%bench'], 4, 8]);
    const inside = await ask('complete_request', { code: '%cd 🎈\n%time Math.flo', cursor_pos: 20 });
    assert.deepEqual([inside.matches, inside.cursor_start, inside.cursor_end], [['floor'], 17, 20]);
    const explained = await ask('inspect_request', { code: '%time 1', cursor_pos: 3, detail_level: 0 });
    assert.match(String(recordOf(explained.data)['text/plain']), /^%time EXPRESSION/);
    const expression = await ask('inspect_request', { code: '%time Math.floor', cursor_pos: 14, detail_level: 0 });
    assert.match(String(recordOf(expression.data)['text/plain']), /floor/);
    const statuses: readonly (readonly [code: string, status: string])[] = [
      ['%who', 'complete'],
      ["%cd don't (", 'complete'],
      ['%time f(', 'incomplete'],
      ['%%time', 'incomplete'],
      ['%%time\nf()', 'complete'],
      ['%%time\nf(', 'incomplete'],
      ['%time let a b', 'invalid'],
    ];
    for (const [code, status] of statuses)
      assert.equal((await ask('is_complete_request', { code })).status, status, code);
  });

  test('are magic to clients of 2011', async () => {
    const old = await kernel.connect({ old: true });
    const info = async (name: string): Promise<Record<string, unknown>> =>
      (await old.ask('object_info_request', { name, detail_level: 0 })).reply.content;
    const time = await info('%time');
    assert.deepEqual([time.found, time.ismagic, time.definition], [true, true, '%time EXPRESSION']);
    assert.match(String(time.docstring), /Runs once/);
    assert.equal((await info('%%bench')).ismagic, true);
    assert.equal((await info('time')).ismagic, true);
    await cells.ok('const time = 1');
    assert.equal((await info('time')).ismagic, false);
    assert.equal((await info('%nothing')).found, false);
  });

  test('do not mind what a cell calls elara', async () => {
    await cells.ok('const elara = 1');
    assert.match(await cells.printed('%time elara'), TIMES);
    assert.equal(await cells.value('elara'), '1');
    assert.match(String(await cells.value('globalThis.elara')), /^elara \{ time, bench, /);
  });

  test('leave the global names as they are', async () => {
    assert.equal(await cells.value("Object.keys(globalThis).includes('elara')"), 'false');
  });
});

test('completion looks into the members of elara without running anything of the cells', async () => {
  await cells.ok('%reset -f');
  const { reply } = await cells.client.ask('complete_request', { code: 'elara.', cursor_pos: 6 });
  const matches = reply.content.matches;
  assert.ok(
    Array.isArray(matches) && ['time', 'bench', 'who'].every((name) => matches.includes(name)),
    String(matches),
  );
});
