/** 2,000 random cells and cursor positions: nothing is executed, every question is answered, the kernel goes on as before. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { resultOf } from '../real-kernel/outputs.ts';
import { RealKernel } from '../real-kernel/real-kernel.ts';
import { LOADED_MODULE, LOADED_SOURCE, PLAIN, randomCell, TOUCHED, TRAPS } from './random-cells.ts';
import { randomly } from './wrong-messages.ts';

const CELLS = 2_000;
const EXECUTED = 300;
/** So many cells are asked about between two looks at the kernel. */
const BATCH = 100;
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
/** Names that have a dot or a bracket in them are asked for too. */
const NAMES = [
  'trap.expensive',
  'trap.plain',
  'proxy.x',
  'Trap.now',
  'inherits',
  'users[0]',
  'mark`x`',
  'write()',
  'nobody',
  '名前',
  '%time',
  '',
];

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'elara-fuzz-')));
writeFileSync(join(folder, LOADED_MODULE), LOADED_SOURCE);
const kernel = await RealKernel.start({ cwd: folder });
after(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});
const client = await kernel.connect();
/** Who asks at the same time, each for something else. */
const [completing, inspecting, judging] = [await kernel.connect(), await kernel.connect(), await kernel.connect()];
const old = await kernel.connect({ old: true, stdin: false });
let count = 0;

async function evaluate(code: string): Promise<string> {
  const { reply, published } = await client.execute(code);
  assert.equal(reply.content.status, 'ok', code);
  count += 1;
  assert.equal(reply.content.execution_count, count);
  return String(resultOf(published));
}

/** Nothing has happened that only code of the cells can do. */
async function untouched(pid: string): Promise<void> {
  assert.equal(await evaluate(`\`\${touched} \${globalThis.process.pid}\``), `'0 ${pid}'`);
  assert.ok(!existsSync(join(folder, TOUCHED)), 'a file was written');
  assert.deepEqual(readdirSync(folder), [LOADED_MODULE]);
}

test(`${CELLS} random cells are completed, inspected and judged; nothing runs (seed ${SEED})`, async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const random = randomly(SEED);
  await evaluate(PLAIN);
  await evaluate(TRAPS);
  assert.equal(await evaluate('touched'), '0');
  const pid = await evaluate('globalThis.process.pid');
  for (let number = 0; number < CELLS; number++) {
    const { code, cursor } = randomCell(random, true);
    const at = { code, cursor_pos: cursor };
    try {
      const answers = await Promise.all([
        completing.ask('complete_request', at),
        inspecting.ask('inspect_request', { ...at, detail_level: random(2) }),
        judging.ask('is_complete_request', { code }),
      ]);
      assert.deepEqual(answers.map(({ reply }) => reply.content.status).slice(0, 2), ['ok', 'ok']);
      if (number % 5 === 0) {
        const oname = NAMES[random(NAMES.length)] ?? '';
        const { reply } = await old.ask('object_info_request', { oname, detail_level: random(2) });
        assert.equal(reply.header.msg_type, 'object_info_reply');
      }
      if (number % BATCH === BATCH - 1) await untouched(pid);
    } catch (error) {
      throw new Error(`cell ${number} of seed ${SEED}, cursor ${cursor}: ${JSON.stringify(code).slice(0, 2_000)}`, {
        cause: error,
      });
    }
  }
  await untouched(pid);
  const code = 'users.map((user) => user.na';
  const { reply } = await client.ask('complete_request', { code, cursor_pos: code.length });
  assert.deepEqual(reply.content.matches, ['name']);
  assert.doesNotMatch(kernel.running.lastOutput, /types are off/);
});

for (const mode of ['error', 'warn']) {
  test(`${EXECUTED} random cells are executed, checked in mode ${mode} (seed ${SEED})`, async () => {
    const random = randomly(SEED + mode.length);
    await using executing = await RealKernel.start({ cwd: folder });
    const one = await executing.connect();
    assert.equal((await one.execute(PLAIN)).reply.content.status, 'ok');
    const check = `%check ${mode}`;
    assert.equal((await one.execute(check)).reply.content.status, 'ok');
    for (let number = 0; number < EXECUTED; number++) {
      const { code } = randomCell(random, false);
      try {
        const { reply } = await one.execute(code, { allow_stdin: false });
        assert.match(String(reply.content.status), /^(?:ok|error)$/);
      } catch (error) {
        throw new Error(`cell ${number} of seed ${SEED}: ${JSON.stringify(code).slice(0, 2_000)}`, { cause: error });
      }
    }
    assert.equal((await one.execute('1')).reply.content.status, 'ok');
  });
}
