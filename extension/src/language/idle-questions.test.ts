import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emitter } from '../emitter.ts';
import { IdleQuestions, PATIENCE_MS } from './idle-questions.ts';

const { signal: NEVER } = new AbortController();

/** A kernel that answers when it is told to. */
function kernel() {
  const changed = new Emitter<void>();
  const read: { question: string; answer(text: string): void; fail(): void }[] = [];
  let idle = true;
  const questions = new IdleQuestions({ isIdle: () => idle, onDidChange: changed.event });
  return {
    questions,
    read,
    sent: () => read.map(({ question }) => question),
    ask: (kind: string, question: string, signal = NEVER) =>
      questions.ask(
        kind,
        () => {
          const { promise, resolve, reject } = Promise.withResolvers<string>();
          read.push({ question, answer: resolve, fail: () => reject(new Error('the kernel ended')) });
          return promise;
        },
        signal,
      ),
    become(state: 'idle' | 'busy') {
      idle = state === 'idle';
      changed.fire();
    },
  };
}

test('an idle kernel is asked at once', async () => {
  const { ask, read, sent } = kernel();
  const answer = ask('complete', 'fo');
  assert.deepEqual(sent(), ['fo']);
  read[0]?.answer('fox');
  assert.equal(await answer, 'fox');
});

test('one question is on its way; of those that wait, the latest of each kind is asked', async () => {
  const { ask, become, read, sent } = kernel();
  const first = ask('complete', 'f');
  become('busy');
  const second = ask('complete', 'fo');
  const hover = ask('inspect', 'letters');
  const third = ask('complete', 'fox');
  assert.equal(await second, undefined, 'a later one came');
  read[0]?.answer('f…');
  assert.equal(await first, 'f…');
  assert.deepEqual(sent(), ['f'], 'it answered, but is not idle again');
  become('idle');
  assert.deepEqual(sent(), ['f', 'fox']);
  read[1]?.answer('fox…');
  assert.equal(await third, 'fox…');
  assert.deepEqual(sent(), ['f', 'fox', 'letters']);
  read[2]?.answer('a function');
  assert.equal(await hover, 'a function');
});

test('nothing is sent to a busy kernel, and who waits gives up after a while', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { ask, become, sent } = kernel();
  become('busy');
  const answer = ask('complete', 'fo');
  context.mock.timers.tick(PATIENCE_MS);
  assert.equal(await answer, undefined);
  become('idle');
  assert.deepEqual(sent(), []);
});

test('a question that a cell overtook is given up, and no other is sent behind it', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { ask, become, read, sent } = kernel();
  const first = ask('complete', 'fo');
  become('busy');
  context.mock.timers.tick(PATIENCE_MS);
  assert.equal(await first, undefined);
  const second = ask('complete', 'fox');
  assert.deepEqual(sent(), ['fo']);
  read[0]?.answer('late');
  become('idle');
  assert.deepEqual(sent(), ['fo', 'fox']);
  read[1]?.answer('fox…');
  assert.equal(await second, 'fox…');
});

test('what nobody wants any more is not asked', async () => {
  const { ask, become, sent } = kernel();
  become('busy');
  const nobody = new AbortController();
  const answer = ask('complete', 'fo', nobody.signal);
  nobody.abort();
  assert.equal(await answer, undefined);
  assert.equal(await ask('complete', 'fox', nobody.signal), undefined);
  become('idle');
  assert.deepEqual(sent(), []);
});

test('a kernel that never answers one kind of question is asked others', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { ask, read, sent } = kernel();
  const unanswered = ask('inspect', 'letters');
  context.mock.timers.tick(PATIENCE_MS - 1);
  const answer = ask('complete', 'fo');
  assert.deepEqual(sent(), ['letters']);
  context.mock.timers.tick(1);
  assert.equal(await unanswered, undefined);
  assert.deepEqual(sent(), ['letters', 'fo']);
  read[1]?.answer('fox');
  assert.equal(await answer, 'fox');
});

test('an answer that fails is none, and the next is asked', async () => {
  const { ask, read, sent } = kernel();
  const first = ask('complete', 'f');
  const second = ask('complete', 'fo');
  read[0]?.fail();
  assert.equal(await first, undefined);
  assert.deepEqual(sent(), ['f', 'fo']);
  read[1]?.answer('fox');
  assert.equal(await second, 'fox');
});

test('who waits when the connection is closed gives up', async () => {
  const { ask, become, questions } = kernel();
  become('busy');
  const answer = ask('complete', 'f');
  questions.dispose();
  assert.equal(await answer, undefined);
});
