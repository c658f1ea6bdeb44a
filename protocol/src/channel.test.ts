import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Channel, type FrameSocket, type Frames, OutboundQueue } from './channel.ts';
import type { ProtocolError } from './errors.ts';
import { Session } from './session.ts';

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

const frame = (text: string) => [Buffer.from(text)];
const textOf = (frames: Frames | undefined) => Buffer.concat(frames ?? []).toString();

/** A socket that takes a message only when it is told to, and refuses a second send meanwhile, as zeromq.js does. */
class SlowSocket {
  readonly taken: string[] = [];
  #waiting: { frames: Frames; done: PromiseWithResolvers<void> } | undefined;

  send = (frames: Frames): Promise<void> => {
    if (this.#waiting !== undefined) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
    this.#waiting = { frames, done: Promise.withResolvers() };
    return this.#waiting.done.promise;
  };

  get sending(): string | undefined {
    return this.#waiting && textOf(this.#waiting.frames);
  }

  async take(error?: Error): Promise<void> {
    const waiting = this.#waiting;
    assert.ok(waiting !== undefined, 'nothing is being sent');
    this.#waiting = undefined;
    if (error === undefined) {
      this.taken.push(textOf(waiting.frames));
      waiting.done.resolve();
    } else {
      waiting.done.reject(error);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

suite('the outbound queue', () => {
  test('sends within the call when nothing waits', () => {
    const socket = new SlowSocket();
    new OutboundQueue(socket.send).push(frame('a'));
    assert.equal(socket.sending, 'a');
  });

  test('sends one after the other, in the order of push', async () => {
    const socket = new SlowSocket();
    const queue = new OutboundQueue(socket.send);
    for (const text of ['a', 'b', 'c']) queue.push(frame(text));
    await socket.take();
    queue.push(frame('d'));
    for (let i = 0; i < 3; i++) await socket.take();
    assert.deepEqual(socket.taken, ['a', 'b', 'c', 'd']);
    assert.equal(queue.pending, 0);
    queue.push(frame('e'));
    assert.equal(socket.sending, 'e');
  });

  test('knows how much the socket has not taken yet', async () => {
    const socket = new SlowSocket();
    const queue = new OutboundQueue(socket.send);
    queue.push([Buffer.alloc(10), Buffer.alloc(5)]);
    queue.push([Buffer.alloc(100)]);
    assert.deepEqual([queue.pending, queue.pendingBytes], [2, 115]);
    await socket.take();
    assert.deepEqual([queue.pending, queue.pendingBytes], [1, 100]);
    await socket.take();
    assert.deepEqual([queue.pending, queue.pendingBytes], [0, 0]);
  });

  test('flush waits for what was pushed before it and for nothing else', async () => {
    const socket = new SlowSocket();
    const queue = new OutboundQueue(socket.send);
    await queue.flush();
    queue.push(frame('a'));
    queue.push(frame('b'));
    let flushed = false;
    const flush = queue.flush().then(() => {
      flushed = true;
    });
    queue.push(frame('c'));
    await socket.take();
    assert.equal(flushed, false);
    await socket.take();
    await flush;
    assert.equal(queue.pending, 1);
    await socket.take();
  });

  test('flush is bounded, and says what it waited for', async () => {
    const queue = new OutboundQueue(new SlowSocket().send);
    queue.push(frame('a'));
    await assert.rejects(queue.flush(5), { code: 'ERR_TIMEOUT', message: /^1 messages not taken .* 5 ms/ });
  });

  test('a failed message goes to onError, and the next ones are sent', async () => {
    const socket = new SlowSocket();
    const failures: string[] = [];
    const queue = new OutboundQueue(socket.send, {
      onError: (error, frames) => failures.push(`${error} ${textOf(frames)}`),
    });
    for (const text of ['a', 'b', 'c']) queue.push(frame(text));
    await socket.take();
    await socket.take(new Error('unreachable'));
    await socket.take();
    await queue.flush();
    assert.deepEqual(failures, ['Error: unreachable b']);
    assert.deepEqual(socket.taken, ['a', 'c']);
    assert.equal(queue.pendingBytes, 0);
  });

  test('without onError, flush rejects with the first failure, once', async () => {
    const socket = new SlowSocket();
    const queue = new OutboundQueue(socket.send);
    for (const text of ['a', 'b']) queue.push(frame(text));
    await socket.take(new Error('first'));
    await socket.take(new Error('second'));
    await assert.rejects(queue.flush(), /first/);
    await queue.flush();
  });

  test('a send that throws is a failed message too', async () => {
    const queue = new OutboundQueue(() => {
      throw new Error('closed');
    });
    queue.push(frame('a'));
    await assert.rejects(queue.flush(), /closed/);
  });

  test('a message pushed by onError is sent after those that wait', async () => {
    const socket = new SlowSocket();
    const queue: OutboundQueue = new OutboundQueue(socket.send, { onError: () => queue.push(frame('note')) });
    queue.push(frame('a'));
    queue.push(frame('b'));
    await socket.take(new Error('lost'));
    await socket.take();
    await socket.take();
    assert.deepEqual(socket.taken, ['b', 'note']);
  });

  test('close forgets what waits, rejects those who flush, and takes nothing more', async () => {
    const socket = new SlowSocket();
    const queue = new OutboundQueue(socket.send);
    for (const text of ['a', 'b', 'c']) queue.push(frame(text));
    const flush = assert.rejects(queue.flush(), { code: 'ERR_CLOSED' });
    assert.equal(queue.close(), 2);
    await flush;
    assert.deepEqual([queue.pending, queue.pendingBytes], [0, 0]);
    assert.throws(() => queue.push(frame('d')), { code: 'ERR_CLOSED' });
    await socket.take();
    assert.deepEqual(socket.taken, ['a']);
    assert.equal(socket.sending, undefined);
    assert.equal(queue.pending, 0);
  });

  test('what was sent is let go, also while the queue never runs empty', async () => {
    const socket = new SlowSocket();
    const queue = new OutboundQueue(socket.send);
    const freed: number[] = [];
    const registry = new FinalizationRegistry<number>((index) => freed.push(index));
    const push = (index: number) => {
      const message = frame(`${index}`);
      registry.register(message, index);
      queue.push(message);
    };
    push(0);
    for (let index = 1; index < 5000; index++) {
      push(index);
      await socket.take();
    }
    assert.equal(queue.pending, 1);
    gc();
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(freed.length > 4900, `${freed.length} of 4999 let go`);
    await socket.take();
  });

  test('100,000 messages keep their order and leave nothing behind', async () => {
    const sent: number[] = [];
    const queue = new OutboundQueue(async (frames) => {
      sent.push(Number(textOf(frames)));
    });
    for (let i = 0; i < 100_000; i++) queue.push(frame(`${i}`));
    await queue.flush(60_000);
    assert.equal(sent.length, 100_000);
    assert.ok(sent.every((number, index) => number === index));
    assert.deepEqual([queue.pending, queue.pendingBytes], [0, 0]);
  });
});

/** Two ends of a socket without a network. */
class Pipe implements FrameSocket {
  closed = false;
  readonly sent: Buffer[][] = [];
  readonly #inbox: Buffer[][] = [];
  #receiver: PromiseWithResolvers<Buffer[]> | undefined;

  async send(frames: Uint8Array[]): Promise<void> {
    this.sent.push(frames.map((part) => Buffer.from(part)));
  }

  deliver(frames: Buffer[]): void {
    if (this.#receiver === undefined) this.#inbox.push(frames);
    else this.#receiver.resolve(frames);
    this.#receiver = undefined;
  }

  async receive(): Promise<Buffer[]> {
    const next = this.#inbox.shift();
    if (next !== undefined) return next;
    this.#receiver = Promise.withResolvers();
    return this.#receiver.promise;
  }

  close(): void {
    this.closed = true;
    this.#receiver?.reject(Object.assign(new Error('closed'), { code: 'EAGAIN' }));
  }
}

suite('a channel', () => {
  const options = { key: 'k', signatureScheme: 'hmac-sha256' };

  test('signs what goes out and reads what comes in, dropping what is malformed', async () => {
    const socket = new Pipe();
    const dropped: ProtocolError[] = [];
    const channel = new Channel({
      name: 'shell',
      session: new Session(options),
      socket,
      onDropped: (error) => dropped.push(error),
    });
    const peer = new Session(options);

    const header = new Session(options).header('kernel_info_request');
    channel.send({ header, content: {} });
    await channel.outbound.flush();
    assert.equal(peer.deserialize(socket.sent[0] ?? []).header.msg_id, header.msg_id);

    const reply = () =>
      peer.serialize({ header: peer.header('kernel_info_reply'), content: {} }).map((part) => Buffer.from(part));
    const first = reply();
    for (const frames of [first, [Buffer.from('noise')], first, reply()]) socket.deliver(frames);
    const types: string[] = [];
    for await (const message of channel.messages()) {
      types.push(message.header.msg_type);
      if (types.length === 2) channel.close();
    }
    assert.deepEqual(types, ['kernel_info_reply', 'kernel_info_reply']);
    assert.deepEqual(
      dropped.map((error) => error.code),
      ['ERR_NO_DELIMITER', 'ERR_REPLAY'],
    );
    assert.throws(() => channel.send({ header, content: {} }), { code: 'ERR_CLOSED' });
  });

  test('ends its messages when it is closed while it waits', async () => {
    const channel = new Channel({
      name: 'iopub',
      session: new Session(options),
      socket: new Pipe(),
      onDropped: assert.fail,
    });
    const ended = channel.messages().next();
    {
      using _ = channel;
    }
    assert.deepEqual(await ended, { done: true, value: undefined });
  });

  test('an error of an open socket is not swallowed', async () => {
    const socket = new Pipe();
    socket.receive = () => Promise.reject(new Error('broken'));
    const channel = new Channel({ name: 'stdin', session: new Session(options), socket, onDropped: assert.fail });
    await assert.rejects(channel.messages().next(), /broken/);
  });
});

test('a message that may wait leaves with the next one, in order, or by itself soon after', async () => {
  const sent: string[] = [];
  const queue = new OutboundQueue(async (frames) => void sent.push(textOf(frames)));
  queue.pushWithNext(frame('first'));
  assert.deepEqual(sent, []);
  queue.push(frame('second'));
  await queue.flush();
  assert.deepEqual(sent, ['first', 'second']);
  queue.pushWithNext(frame('flushed'));
  const flushed = queue.flush();
  assert.deepEqual(sent, ['first', 'second', 'flushed']);
  await flushed;
  queue.pushWithNext(frame('alone'));
  while (sent.length < 4) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(sent[3], 'alone');
});
