import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Kernel } from '@jupyterlab/services';
import { Emitter } from '../emitter.ts';
import type { Content } from '../outputs/output.ts';
import { TypesComm, TypesComms } from './types-comm.ts';

/** A connection whose kernel answers when the test says so. */
function fakeConnection() {
  const opened: string[] = [];
  const asked: Content[] = [];
  const [status, gone] = [signal(), signal()];
  let isDisposed = false;
  const comms: { isDisposed: boolean; onMsg(message: object): void }[] = [];
  const connection = {
    createComm(target: string) {
      const comm = {
        isDisposed: false,
        onMsg: (_: object) => undefined,
        open: () => void opened.push(target),
        send: (question: Content) => void asked.push(question),
      };
      comms.push(comm);
      return comm as object as Kernel.IComm;
    },
    statusChanged: status.signal as Kernel.IKernelConnection['statusChanged'],
    disposed: gone.signal as Kernel.IKernelConnection['disposed'],
    get isDisposed() {
      return isDisposed;
    },
  };
  return {
    connection,
    opened,
    asked,
    listeners: () => status.listeners.size + gone.listeners.size,
    answer: (data: unknown) => comms.at(-1)?.onMsg({ content: { data } }),
    /** Another process takes the kernel's place. */
    restart() {
      status.fire();
      for (const comm of comms) comm.isDisposed = true;
      status.fire();
    },
    close() {
      isDisposed = true;
      gone.fire();
    },
  };
}

function signal() {
  const fired = new Emitter<void>();
  const listeners = new Map<() => void, Disposable>();
  return {
    listeners,
    fire: () => fired.fire(),
    signal: {
      connect: (listener: () => void) => void listeners.set(listener, fired.event(listener)),
      disconnect(listener: () => void) {
        listeners.get(listener)?.[Symbol.dispose]();
        listeners.delete(listener);
      },
    } as object,
  };
}

const DRAFT = { typed: true, others: [] };
const PROBLEM = { code: 2322, message: 'no', start: { line: 1, column: 2 }, end: { line: 1, column: 3 } };

test('a comm of its target, and questions with what they need', async () => {
  const { connection, opened, asked, answer } = fakeConnection();
  const comm = new TypesComm(connection);
  assert.deepEqual(opened, ['elara.types']);
  const problems = comm.problems('a;', { typed: true, others: ['b;'] });
  const help = comm.signature('f(', 2);
  const definitions = comm.definitions('a', 1, ['b;']);
  assert.deepEqual(asked, [
    { id: 1, method: 'diagnostics', code: 'a;', typed: true, others: ['b;'] },
    { id: 2, method: 'signature', code: 'f(', cursor: 2 },
    { id: 3, method: 'definition', code: 'a', cursor: 1, others: ['b;'] },
  ]);
  // In whatever order the answers come.
  answer({ id: 3, definitions: [{ in: 'code', ...PROBLEM }] });
  answer({ id: 2, help: { signatures: [], activeSignature: 0, activeParameter: 0 } });
  answer({ id: 1, diagnostics: [PROBLEM] });
  assert.deepEqual(await problems, [PROBLEM]);
  assert.deepEqual(await help, { signatures: [], activeSignature: 0, activeParameter: 0 });
  assert.deepEqual(await definitions, [{ in: 'code', ...PROBLEM }]);
});

test('answers that say nothing', async () => {
  const { connection, answer } = fakeConnection();
  const comm = new TypesComm(connection);
  const [problems, help, definitions] = [comm.problems('', DRAFT), comm.signature('', 0), comm.definitions('', 0, [])];
  answer('no record');
  answer({ id: 'of another kind' });
  answer({ id: 99, help: {} });
  for (const id of [1, 2, 3]) answer({ id, help: null });
  assert.deepEqual(await problems, []);
  assert.equal(await help, undefined);
  assert.deepEqual(await definitions, []);
});

test('what cannot be answered is an error with the words of the kernel', async () => {
  const { connection, answer } = fakeConnection();
  const asked = new TypesComm(connection).problems('a', DRAFT);
  answer({ id: 1, error: 'the language server did not answer' });
  await assert.rejects(asked, /^Error: the language server did not answer$/);
});

test('a question without an answer ends after a while', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { connection } = fakeConnection();
  const asked = new TypesComm(connection).problems('a', DRAFT);
  context.mock.timers.tick(20_000);
  await assert.rejects(asked, /No answer to diagnostics/);
});

test('a restart of the kernel ends what waits, and the next question goes to another comm', async () => {
  const { connection, opened, restart, answer, listeners } = fakeConnection();
  const comms = new TypesComms();
  const comm = comms.of(connection);
  assert.equal(comms.of(connection), comm);
  const asked = comm.problems('a', DRAFT);
  restart();
  await assert.rejects(asked, /gone/);
  assert.equal(listeners(), 0);
  const again = comms.of(connection).problems('a', DRAFT);
  assert.equal(opened.length, 2);
  answer({ id: 1, diagnostics: [PROBLEM] });
  assert.deepEqual(await again, [PROBLEM]);
});

test('so does the end of the connection', async () => {
  const { connection, close } = fakeConnection();
  const asked = new TypesComm(connection).signature('f(', 2);
  close();
  await assert.rejects(asked, /gone/);
});
