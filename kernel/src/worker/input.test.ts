import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TestWorker } from './testing.ts';

describe('process.stdin', () => {
  let worker: TestWorker;
  before(async () => {
    worker = await TestWorker.start();
    await worker.run('const { createInterface } = require("node:readline/promises")');
  });
  after(() => worker[Symbol.asyncDispose]());

  /** Runs a cell with answers; returns its result and how often it asked. */
  async function ask(code: string, ...answers: string[]): Promise<[result: string | undefined, questions: number]> {
    worker.questions.length = 0;
    worker.answers.push(...answers);
    const result = await worker.value(code);
    await worker.value('await new Promise((resolve) => setTimeout(resolve, 20))');
    return [result, worker.questions.length];
  }

  test('a question of readline is one question to the person', async () => {
    const code = `{
      const rl = createInterface({ input: process.stdin, output: process.stdout });
      var lines = [await rl.question('a? '), await rl.question('b? ')];
      rl.close();
    }
    lines`;
    assert.deepEqual(await ask(code, '1', '2'), ["[ '1', '2' ]", 2]);
  });

  test('a loop over lines that is left asks no more', async () => {
    const code = `var lines = [];
    for await (const line of createInterface({ input: process.stdin })) {
      if (line === '') break;
      lines.push(line);
    }
    lines`;
    assert.deepEqual(await ask(code, 'x', 'y', ''), ["[ 'x', 'y' ]", 3]);
  });

  test('once for data is one question', async () => {
    const code = `var line = String(await new Promise((resolve) => process.stdin.once('data', resolve)));
    process.stdin.pause();
    line`;
    assert.deepEqual(await ask(code, 'z'), ["'z\\n'", 1]);
  });

  test('it ends with its cell, and the next cell has a new one', async () => {
    await worker.value('const open = createInterface({ input: process.stdin });');
    await worker.value('await new Promise((resolve) => setTimeout(resolve, 20))');
    const { error } = await worker.run('await open.question("? ")');
    assert.equal(error?.evalue, 'readline was closed');
    const code =
      '{ const rl = createInterface({ input: process.stdin }); var line = await rl.question("? "); rl.close() } line';
    assert.deepEqual(await ask(code, 'again'), ["'again'", 1]);
  });

  test('a cell that leaves it paused leaves it to nobody', async () => {
    const code =
      '{ const rl = createInterface({ input: process.stdin }); var line = await rl.question("? "); rl.close() } line';
    assert.deepEqual(await ask(code, 'first'), ["'first'", 1]);
    const loop = 'var chunk; for await (chunk of process.stdin) break; String(chunk)';
    assert.deepEqual(await ask(loop, 'second'), ["'second\\n'", 1]);
  });

  test('a question of readline ends the cell where the client does not allow it', async () => {
    const code = 'await createInterface({ input: process.stdin, output: process.stdout }).question("? ")';
    const { error } = await worker.run(code, { allowStdin: false });
    assert.equal(error?.ename, 'InputRefusedError');
  });

  test('lines that are refused throw where they are read', async () => {
    const code = 'try { for await (const chunk of process.stdin) chunk } catch (error) { var code = error.code } code';
    assert.equal((await worker.run(code, { allowStdin: false })).resultText, "'ERR_INPUT_REFUSED'");
  });
});
