/** The types of a long notebook: every cell is checked, and the language server may die in the middle of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestClient } from '@elara/kernel/server/testing/test-client';
import { BareKernel } from '../../real-kernel/bare-kernel.ts';
import { contentsOf, recordOf } from '../../real-kernel/outputs.ts';
import { languageServerOf, untilGone } from '../../real-kernel/processes.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const CELLS = 500;
/** Every so many cells, one has a type error. */
const WRONG = 50;
const KILLED_AT = 260;

/** Declares what the next cell uses, and declares anew what all cells have: another type in each. */
function cell(number: number): string {
  const before = number === 1 ? '0' : `row${number - 1}.value`;
  const wrong = number % WRONG === 0 ? `\nconst wrong${number}: number = 'text';` : '';
  return `interface Row${number} { value: number; label${number}: string }
const row${number}: Row${number} = { value: ${before} + 1, label${number}: 'x' };
function latest() { return { cell${number}: row${number} }; }${wrong}`;
}

async function matches(client: TestClient, code: string): Promise<unknown> {
  const { reply } = await client.ask('complete_request', { code, cursor_pos: code.length });
  assert.equal(reply.content.status, 'ok');
  return reply.content.matches;
}

test(`${CELLS} cells with checks: the first and the last are known, though the language server was killed`, async () => {
  const second = await longNotebook();
  await untilGone(second);
});

/** Returns the id of the language server at its end. */
async function longNotebook(): Promise<number> {
  await using kernel = await RealKernel.start();
  const client = await kernel.connect({ patienceMs: 30_000 });
  const { pid } = kernel.running.process;
  let killed = 0;
  for (let number = 1; number <= CELLS; number++) {
    const { reply, published } = await client.execute(cell(number));
    assert.equal(reply.content.status, 'ok');
    const shown = contentsOf(published, 'display_data').map(({ data }) => String(recordOf(data)['text/plain']));
    if (number % WRONG === 0) assert.match(shown.join(), /'string' is not assignable to type 'number'/);
    else assert.deepEqual(shown, [], `cell ${number}`);
    if (number === KILLED_AT) {
      killed = languageServerOf(pid);
      process.kill(killed, 'SIGKILL');
      await untilGone(killed);
    }
  }
  assert.deepEqual(await matches(client, '[row1].map((row) => row.lab'), ['label1']);
  assert.deepEqual(await matches(client, `[row${CELLS}].map((row) => row.lab`), [`label${CELLS}`]);
  assert.deepEqual(await matches(client, `[row${KILLED_AT}].map((row) => row.lab`), [`label${KILLED_AT}`]);
  assert.deepEqual(await matches(client, 'latest().cell'), [`cell${CELLS}`]);
  const { reply } = await client.ask('inspect_request', { code: 'latest', cursor_pos: 3, detail_level: 0 });
  const text = String(recordOf(reply.content.data)['text/plain']);
  assert.match(text, new RegExp(`function latest\\(\\): \\{\\s*cell${CELLS}: Row${CELLS};\\s*\\}`));
  const second = languageServerOf(pid);
  assert.notEqual(second, killed);
  return second;
}

test('the language server ends with a kernel that is killed', async () => {
  await using kernel = await BareKernel.start();
  const client = await kernel.connect();
  await client.execute('const point = { across: 1 };');
  assert.deepEqual(await matches(client, '[point].map((one) => one.acr'), ['across']);
  const pid = languageServerOf(kernel.pid);
  process.kill(kernel.pid, 'SIGKILL');
  await untilGone(pid);
});
