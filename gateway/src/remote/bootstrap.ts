/**
 * The remote side of a gateway, whole in this file and its neighbours: the main thread runs the code that it is sent, a
 * second thread reads the wire. So a busy main thread never stops the wire, and code that runs on the second thread can
 * interrupt it.
 */
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import {
  isMainThread,
  MessageChannel,
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import { FrameReader, FrameType, GATEWAY_CHANNEL } from '../frame.ts';
import { decodePayload } from '../payload.ts';
import type { RemoteChannel, RemoteMain } from './api.ts';
import { endProcessGroup } from './process-group.ts';
import { Wire } from './wire.ts';

const READ_FD = 3;
const WRITE_FD = 4;
const STDERR_FD = 2;
const SHARED_BYTES = 1 << 20;
/** How long the process may go on when the other side is gone. */
const ORPHAN_GRACE_MS = 2000;

interface Shared {
  /** The wire's lock. */
  readonly lock: SharedArrayBuffer;
  /** Counts values passed to the main thread: what `receiveSync` sleeps on. */
  readonly arrivals: SharedArrayBuffer;
  readonly common: SharedArrayBuffer;
}

interface Exec {
  readonly on: 'main' | 'io';
  readonly url?: string;
  readonly source?: string;
  readonly args: unknown;
}

type ToMain = { readonly channel: number; readonly exec: Exec; readonly port: MessagePort } | Farewell;
/** The other side has said goodbye, and ends what this process leaves behind; or it is gone without a word. */
type Farewell = 'dismissed' | 'orphaned';
type Arrival = { readonly type: number; readonly payload: Uint8Array } | 'closed';

/** How a thread gets at the values of one channel. */
interface Inbox {
  listen(callback: (arrival: Arrival) => void): void;
  receiveSync(timeoutMs: number): Arrival | undefined;
}

class Channel implements RemoteChannel {
  readonly shared: SharedArrayBuffer;
  readonly #id: number;
  readonly #wire: Wire;
  readonly #inbox: Inbox;
  readonly #closeCallbacks: (() => void)[] = [];
  readonly #waiting: unknown[] = [];
  #callback: ((value: unknown) => void) | undefined;
  #open = true;

  constructor(id: number, wire: Wire, inbox: Inbox, shared: SharedArrayBuffer) {
    this.#id = id;
    this.#wire = wire;
    this.#inbox = inbox;
    this.shared = shared;
    inbox.listen((arrival) => this.#arrived(arrival));
  }

  #arrived(arrival: Arrival): void {
    if (arrival === 'closed') {
      this.#open = false;
      for (const callback of this.#closeCallbacks) callback();
      return;
    }
    const value = decodePayload(arrival.type, arrival.payload);
    if (this.#callback === undefined) this.#waiting.push(value);
    else this.#callback(value);
  }

  send(value: unknown): void {
    if (value instanceof Uint8Array) this.sendBytes([value]);
    else this.#wire.write(this.#id, FrameType.data, [serialize(value)]);
  }

  sendBytes(parts: readonly Uint8Array[]): void {
    this.#wire.write(this.#id, FrameType.bytes, parts);
  }

  setCallback(callback: (value: unknown) => void): void {
    this.#callback = callback;
    for (const value of this.#waiting.splice(0)) callback(value);
  }

  receiveSync(options?: { readonly timeoutMs?: number }): unknown {
    if (this.#waiting.length > 0) return this.#waiting.shift();
    const arrival = this.#inbox.receiveSync(options?.timeoutMs ?? Number.POSITIVE_INFINITY);
    if (arrival === undefined) throw new RangeError(`Nothing arrived on the channel within ${options?.timeoutMs} ms.`);
    if (arrival === 'closed') {
      this.#arrived(arrival);
      throw new Error('The channel was closed while its next value was awaited.');
    }
    return decodePayload(arrival.type, arrival.payload);
  }

  close(error?: unknown): void {
    if (!this.#open) return;
    this.#open = false;
    this.#wire.write(this.#id, FrameType.close, error === undefined ? [] : [serialize(describe(error))]);
  }

  onClose(callback: () => void): void {
    this.#closeCallbacks.push(callback);
  }

  exclusive<T>(action: () => T): T {
    return this.#wire.exclusive(action);
  }

  tryExclusive(action: () => void): boolean {
    return this.#wire.tryExclusive(action);
  }

  reserve(action: (leave: () => void) => void): void {
    this.#wire.reserve(action);
  }

  releaseWire(): void {
    this.#wire.release();
  }
}

function describe(error: unknown): { message: string; stack: string } {
  if (error instanceof Error) return { message: `${error.name}: ${error.message}`, stack: error.stack ?? '' };
  return { message: String(error), stack: '' };
}

async function run(exec: Exec, channel: Channel): Promise<void> {
  try {
    const url = exec.url ?? `data:text/javascript;charset=utf-8,${encodeURIComponent(exec.source ?? '')}`;
    const module = (await import(url)) as { readonly default?: RemoteMain };
    if (typeof module.default !== 'function')
      throw new TypeError('The source has no default export that is a function.');
    await module.default(channel, exec.args);
  } catch (error) {
    channel.close(error);
  }
}

/** Values of one channel, passed on by the thread that reads the wire. */
class PortInbox implements Inbox {
  readonly #port: MessagePort;
  readonly #arrivals: Int32Array;

  constructor(port: MessagePort, arrivals: SharedArrayBuffer) {
    this.#port = port;
    this.#arrivals = new Int32Array(arrivals);
  }

  listen(callback: (arrival: Arrival) => void): void {
    this.#port.on('message', callback);
  }

  receiveSync(timeoutMs: number): Arrival | undefined {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const seen = Atomics.load(this.#arrivals, 0);
      const received = receiveMessageOnPort(this.#port) as { readonly message: Arrival } | undefined;
      if (received !== undefined) return received.message;
      const left = deadline - performance.now();
      if (left <= 0) return undefined;
      Atomics.wait(this.#arrivals, 0, seen, left);
    }
  }
}

function runMainThread(): void {
  const shared: Shared = {
    lock: new SharedArrayBuffer(8),
    arrivals: new SharedArrayBuffer(4),
    common: new SharedArrayBuffer(SHARED_BYTES),
  };
  const wire = new Wire(WRITE_FD, shared.lock, 1);
  const io = new Worker(new URL(import.meta.url), { workerData: shared, stdin: false, trackUnmanagedFds: false });
  io.on('message', (message: ToMain) => {
    if (message === 'orphaned') process.on('exit', endProcessGroup);
    if (typeof message === 'string') process.exit();
    const { channel, exec, port } = message;
    void run(exec, new Channel(channel, wire, new PortInbox(port, shared.arrivals), shared.common));
  });
  const { platform, version, pid, arch } = process;
  wire.write(GATEWAY_CHANNEL, FrameType.hello, [serialize({ platform, version, pid, arch, cwd: process.cwd() })]);
  // While the other thread starts. One that fails says so when it is executed.
  for (const url of process.argv.splice(2)) import(url).catch(() => undefined);
}

function runIoThread(shared: Shared, toMain: MessagePort): void {
  const wire = new Wire(WRITE_FD, shared.lock, 2);
  const arrivals = new Int32Array(shared.arrivals);
  const ports = new Map<number, (arrival: Arrival) => void>();

  let farewell: Farewell = 'orphaned';

  // Without this thread nobody could stop the main thread any more, and nobody would see that the other side is gone.
  process.on('uncaughtException', (error) => {
    writeSync(STDERR_FD, `${describe(error).stack}\n`);
    endProcessGroup();
  });

  const reader = new FrameReader(({ channel, type, payload }) => {
    if (channel === GATEWAY_CHANNEL) {
      farewell = 'dismissed';
      return;
    }
    if (type === FrameType.exec) {
      const exec = deserialize(payload) as Exec;
      if (exec.on === 'main') {
        const { port1, port2 } = new MessageChannel();
        ports.set(channel, (arrival) => {
          if (arrival === 'closed') port1.postMessage(arrival);
          else {
            // A copy of its own: a view would take the whole chunk with it.
            const payload = new Uint8Array(arrival.payload);
            port1.postMessage({ type: arrival.type, payload } satisfies Arrival, [payload.buffer]);
          }
          Atomics.add(arrivals, 0, 1);
          Atomics.notify(arrivals, 0);
        });
        toMain.postMessage({ channel, exec, port: port2 } satisfies ToMain, [port2]);
        return;
      }
      const inbox: Inbox = {
        listen: (callback) => ports.set(channel, callback),
        receiveSync: () => {
          throw new Error('The thread that reads the wire cannot wait for it.');
        },
      };
      void run(exec, new Channel(channel, wire, inbox, shared.common));
      return;
    }
    const deliver = ports.get(channel);
    if (type === FrameType.close) ports.delete(channel);
    deliver?.(type === FrameType.close ? 'closed' : { type, payload });
  });

  const input = new Socket({ fd: READ_FD, readable: true, writable: false });
  input.on('data', (chunk: Buffer) => reader.push(chunk));
  const orphaned = (): void => {
    for (const deliver of ports.values()) deliver('closed');
    toMain.postMessage(farewell satisfies ToMain);
    // The main thread may be busy for ever: whatever it does, this process does not outlive the other side.
    setTimeout(endProcessGroup, ORPHAN_GRACE_MS);
  };
  input.on('error', orphaned);
  input.on('end', orphaned);
}

if (isMainThread) runMainThread();
else if (parentPort !== null) runIoThread(workerData as Shared, parentPort);
