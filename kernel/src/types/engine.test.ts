import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { HoverRequest } from 'vscode-languageserver-protocol/node';
import { makeLog } from '../server/log.ts';
import { answerInspection } from './answer-inspection.ts';
import { nativeCompiler } from './executable.ts';
import { Types } from './index.ts';

const question = { code: 'const answer = 42;\nanswer', cursor: 20, detailLevel: 0 } as const;
const nothing = async (): Promise<undefined> => undefined;

async function text(types: Types): Promise<unknown> {
  return (await answerInspection(types, question, nothing))?.data['text/plain'];
}

test('a platform without the compiler is known', () => {
  assert.equal(nativeCompiler('plan9', 'x64'), undefined);
  assert.match(nativeCompiler() ?? '', /tsc(?:\.exe)?$/);
});

test('without use the language server is stopped; asked again, it starts again', async () => {
  using types = new Types({ folder: import.meta.dirname, javascript: false, log: makeLog('error'), idleMs: 50 });
  assert.match(String(await text(types)), /^const answer: 42/);
  const { engine } = await types.service();
  while (engine.running) await sleep(5);
  assert.match(String(await text(types)), /^const answer: 42/);
});

test('one that goes on with what was cancelled is started anew, and not given up', async () => {
  const lines: string[] = [];
  using types = new Types({
    folder: import.meta.dirname,
    javascript: false,
    log: makeLog('warn', (line) => lines.push(line)),
    stuckMs: 50,
  });
  const { engine } = await types.service();
  for (let times = 0; times < 5; times++) {
    assert.match(String(await text(types)), /^const answer: 42/);
    const { pid } = engine;
    assert.ok(pid !== undefined);
    process.kill(pid, 'SIGSTOP');
    const position = {
      textDocument: { uri: engine.uri('elara-cell-inspect.mts') },
      position: { line: 1, character: 1 },
    };
    // The signal takes effect a little later: what is asked before is answered.
    while (engine.pid === pid) await engine.request(HoverRequest.type, position, { timeoutMs: 10 });
  }
  assert.equal(engine.givenUp, false);
  assert.match(lines.join(''), /does not come to an end of textDocument\/hover: it is started anew/);
});

test('one that ends too often is given up, with a line in the log', async () => {
  const lines: string[] = [];
  using types = new Types({
    folder: import.meta.dirname,
    javascript: false,
    log: makeLog('warn', (line) => lines.push(line)),
  });
  const { engine } = await types.service();
  while (!engine.givenUp) {
    assert.ok(await engine.start());
    const { pid } = engine;
    assert.ok(pid !== undefined);
    process.kill(pid, 'SIGKILL');
    while (engine.pid === pid) await sleep(5);
  }
  assert.equal(await text(types), undefined);
  assert.match(
    lines.join(''),
    /the language server ended with SIGKILL[\s\S]*types are off: the language server ended too often/,
  );
});
