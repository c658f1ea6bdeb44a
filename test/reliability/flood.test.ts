/** No output is ever lost: 1,000,000 lines and 500 MB in one cell, with a slow reader, in bounded memory. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoint } from '@elara/protocol/connection';
import { Session } from '@elara/protocol/session';
import { Subscriber } from 'zeromq';
import { BareKernel } from '../real-kernel/bare-kernel.ts';
import { memoryOf, until } from '../real-kernel/processes.ts';

const LINES = 1_000_000;
/** Bytes of a line, with its end. */
const LENGTH = 500;

/** The reader rests so long, in ms, after so many messages. */
const REST_MS = 20;
const MESSAGES = 40;

/**
 * The most memory that a process may ever have, in MiB. Server and worker have some 60 each when nothing happens; the
 * buffers between them and the reader are some 30. The rest is garbage that V8 collects when it likes.
 */
const MOST_MEMORY = 400;

test(`${LINES} lines, ${(LINES * LENGTH) / 1e6} MB, in one cell: a slow reader gets every byte, in bounded memory`, async () => {
  await using kernel = await BareKernel.start({ args: ['--debug'] });
  const worker = await kernel.workerPid();
  const client = await kernel.connect({ iopub: false, patienceMs: 100_000 });
  using reader = await Reader.connect(kernel);
  const code = `
    const filler = '.'.repeat(${LENGTH - 1});
    for (let i = 0; i < ${LINES}; i++) console.log((i + filler).slice(0, ${LENGTH - 1}));`;
  const id = await client.send('shell', 'execute_request', { code });
  // The reader has not read anything yet: the worker is held back before it has printed much.
  await until('the worker is held back', () => kernel.log.includes('readers are behind'));
  await reader.readCell(id);
  assert.equal(reader.lines, LINES);
  assert.equal(reader.bytes, LINES * LENGTH);
  assert.equal((await client.receive('shell')).content.status, 'ok');
  for (const [name, pid] of Object.entries({ server: kernel.pid, worker })) {
    const { peak } = memoryOf(pid);
    assert.ok(peak < MOST_MEMORY, `the ${name} had ${peak} MiB`);
  }
  assert.doesNotMatch(kernel.log, /has read nothing/);
  await kernel.stop(worker);
});

/** Reads iopub with pauses, holds next to nothing, and checks every line. */
class Reader implements Disposable {
  readonly #socket: Subscriber;
  readonly #session: Session;
  lines = 0;
  bytes = 0;
  #rest = '';

  private constructor(socket: Subscriber, session: Session) {
    this.#socket = socket;
    this.#session = session;
  }

  static async connect({ info }: BareKernel): Promise<Reader> {
    const socket = new Subscriber({ linger: 0, receiveTimeout: 20_000, receiveHighWaterMark: 10 });
    socket.connect(endpoint(info, 'iopub'));
    socket.subscribe('');
    const session = new Session({ key: info.key, signatureScheme: info.signature_scheme });
    assert.equal(session.deserialize(await socket.receive()).header.msg_type, 'iopub_welcome');
    return new Reader(socket, session);
  }

  /** Reads to the idle of a request. */
  async readCell(id: string): Promise<void> {
    for (let messages = 1; ; messages++) {
      const { header, parentHeader, content } = this.#session.deserialize(await this.#socket.receive());
      assert.equal(parentHeader.msg_id, id);
      if (header.msg_type === 'stream') this.#take(String(content.text));
      else if (content.execution_state === 'idle') return;
      if (messages % MESSAGES === 0) await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }

  #take(text: string): void {
    this.bytes += Buffer.byteLength(text);
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      assert.ok(
        line.length === LENGTH - 1 && line.startsWith(`${this.lines}.`),
        `line ${this.lines} is ${line.slice(0, 20)}`,
      );
      this.lines += 1;
    }
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}
