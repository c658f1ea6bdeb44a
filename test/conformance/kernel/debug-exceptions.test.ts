/** "Pause on exceptions: 'uncaught' does what a person expects." */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { DebugClient } from '../../real-kernel/debug-client.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await DebugClient.connect(kernel);

before(async () => {
  await client.attach();
  await client.show(`const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
async function late(): Promise<void> { await sleep(2); throw new Error('late'); }
async function outer(): Promise<void> { await late(); }
async function catching(): Promise<void> { try { await late(); } catch {} }`);
  await client.ask('setExceptionBreakpoints', { filters: ['uncaught'] });
});

const UNCAUGHT = {
  'a throw in a cell': 'const m: string = "late";\nthrow new Error(m)',
  'a throw in an expression alone': '(() => { throw new Error("late") })()',
  'an error of V8': 'null!.late',
  'an error of a callback': '[1].map(() => { throw new Error("late") })',
  'an await of a function that throws later': 'await late()',
  'an await of a function that awaits one that throws': 'await outer()',
  'an await of several': 'await Promise.all([late(), sleep(1)])',
  'a throw after an await': 'await sleep(1); throw new Error("late")',
  'a rejection that nobody handles': 'void late(); await sleep(20)',
  'a timer': 'setTimeout(() => { throw new Error("late") }, 1); await sleep(20)',
};
for (const [title, code] of Object.entries(UNCAUGHT)) {
  test(`uncaught: ${title}`, async () => {
    const { shown } = client.run(code);
    const stopped = await client.stopped();
    assert.equal(stopped.reason, 'exception');
    assert.match(stopped.text ?? '', /late/);
    const information = await client.ask<DebugProtocol.ExceptionInfoResponse['body']>('exceptionInfo', { threadId: 1 });
    assert.equal(information.breakMode, 'unhandled');
    assert.match(information.exceptionId, /Error$/);
    assert.doesNotMatch(information.details?.stackTrace ?? '', /node:|\/kernel\//);
    await client.continue();
    assert.match(await shown, /late/);
  });
}

const CAUGHT = {
  'a throw': 'try { throw new Error("x") } catch {}\n1',
  'a rejection': 'try { await Promise.reject(new Error("x")) } catch {}\n1',
  'a function that throws later': 'try { await late() } catch {}\n1',
  'a function that awaits one': 'try { await outer() } catch {}\n1',
  'a function that catches': 'await catching();\n1',
  'one that a handler takes': 'await late().catch(() => {});\n1',
  several: 'try { await Promise.all([late(), sleep(1)]) } catch {}\n1',
  'what Node itself throws and catches': 'require("node:fs").existsSync("/nowhere");\n1',
};
for (const [title, code] of Object.entries(CAUGHT)) {
  test(`caught: ${title}`, async () => {
    assert.equal(await client.show(code), '1');
  });
}

test('all: also what is caught', async () => {
  await client.ask('setExceptionBreakpoints', { filters: ['all'] });
  const { shown } = client.run('try { JSON.parse("{") } catch {}\n3');
  assert.match((await client.stopped()).text ?? '', /SyntaxError/);
  assert.match(await client.stack(), /^In\[\d+\]:1$/);
  await client.continue();
  assert.equal(await shown, '3');
});

test('none: nothing', async () => {
  await client.ask('setExceptionBreakpoints', { filters: [] });
  assert.equal(await client.show('throw new Error("x")'), 'Error: x');
  assert.match(await client.refusal('exceptionInfo', { threadId: 1 }), /not stopped/);
});
