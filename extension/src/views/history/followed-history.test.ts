import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connection } from '../../history-request.ts';
import { FollowedHistory } from './followed-history.ts';

/** A kernel that tells its history when it is let. */
function kernel(...lines: readonly string[]) {
  const free = Promise.withResolvers<void>();
  let asked = 0;
  const connection = {
    async requestHistory() {
      asked += 1;
      await free.promise;
      return { content: { status: 'ok', history: lines.map((line, index) => [1, index + 1, line]) } };
    },
  } as object as Connection;
  return { connection, tell: () => free.resolve(), asked: () => asked };
}

const codes = async (history: FollowedHistory) => (await history.entries())?.map(({ code }) => code);

test('the history is asked for once, and again when there is more', async () => {
  const { connection, tell, asked } = kernel('1', '2');
  const history = new FollowedHistory();
  assert.deepEqual(await codes(history), []);
  history.follow(connection);
  tell();
  assert.deepEqual(await codes(history), ['2', '1']);
  assert.deepEqual(await codes(history), ['2', '1']);
  assert.equal(asked(), 1);
  history.forget();
  assert.deepEqual(await codes(history), ['2', '1']);
  assert.equal(asked(), 2);
});

test('what is run while the history is told is in it the next time', async () => {
  const answers: PromiseWithResolvers<object>[] = [];
  const requestHistory = () => {
    const answer = Promise.withResolvers<object>();
    answers.push(answer);
    return answer.promise;
  };
  const told = (...lines: string[]) => ({ content: { status: 'ok', history: lines.map((line, at) => [1, at, line]) } });
  const history = new FollowedHistory();
  history.follow({ requestHistory } as object as Connection);
  const before = codes(history);
  history.forget();
  answers[0]?.resolve(told('1'));
  assert.deepEqual(await before, ['1']);
  const now = codes(history);
  answers[1]?.resolve(told('1', '2'));
  assert.deepEqual(await now, ['2', '1']);
});

test('what a kernel tells late is not taken for what another one has run', async () => {
  const [busy, idle] = [kernel('of the busy one'), kernel('of the idle one')];
  const history = new FollowedHistory();
  history.follow(busy.connection);
  const late = codes(history);
  history.follow(idle.connection);
  idle.tell();
  assert.deepEqual(await codes(history), ['of the idle one']);
  busy.tell();
  assert.equal(await late, undefined);
  assert.deepEqual(await codes(history), ['of the idle one']);
});

test('what a kernel refuses is told, unless another one is followed by now', async () => {
  const free = Promise.withResolvers<void>();
  const requestHistory = async () => {
    await free.promise;
    throw new Error('gone');
  };
  const history = new FollowedHistory();
  history.follow({ requestHistory });
  const refused = codes(history);
  free.resolve();
  await assert.rejects(refused, /ended or was restarted/);
  const late = codes(history);
  history.follow(undefined);
  assert.equal(await late, undefined);
});
