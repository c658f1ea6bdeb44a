import type { Channel } from '@elara/protocol/channel';
import type { ConnectionInfo } from '@elara/protocol/connection';
import { crash2011 } from '@elara/protocol/dialect-2011';
import type { InputQuestion, Publication, WorkerEnd } from '../link.ts';
import { within } from './bounded.ts';
import { Comms } from './comms.ts';
import { Declared } from './declared.ts';
import { ServerError, WorkerEndedError } from './errors.ts';
import type { Headers } from './headers.ts';
import type { History } from './history/history.ts';
import type { Inputs } from './inputs.ts';
import type { Iopub } from './iopub.ts';
import type { Language } from './kernel-information.ts';
import type { LimitedWarnings, Log } from './log.ts';
import { ExecutionQueue } from './queue.ts';
import { type Reply, type Request, replyType } from './request.ts';
import { UsageMeter } from './usage-meter.ts';
import { endAsError, howItEnded } from './worker-ended.ts';
import type { WorkerLink } from './worker-link.ts';

/** Workers that end before they have run anything, one after the other, before the kernel gives up. */
const MOST_FAILURES = 3;

/**
 * How long the worker is waited for by what can be answered without it, in ms: while a cell runs, which may let it
 * answer (an await) or not (a loop); and else, when a timer's callback may be running.
 */
const WAIT_BUSY_MS = 150;
const WAIT_IDLE_MS = 2000;

/** How long a worker may take to be ready, in ms. */
const START_MS = 30_000;

/** How long a worker may take to end when the kernel ends, in ms; then it is killed, its children too. */
const GRACE_MS = 2000;

/** Why a kernel ended. */
export type EndReason = 'shutdown' | 'restart' | 'signal' | 'parent' | 'worker' | 'socket' | 'disposed';

export interface KernelParts {
  readonly info: ConnectionInfo;
  readonly language: Language;
  readonly headers: Headers;
  readonly channels: Readonly<Record<Request['channel'], Channel>>;
  readonly iopub: Iopub;
  readonly inputs: Inputs;
  readonly worker: WorkerLink;
  readonly history: History;
  readonly log: Log;
  readonly warnings: LimitedWarnings;
  /** Publish `crash` when the worker dies, as clients of 2011 know it. */
  readonly dialect2011: boolean;
  /** Ends the server. */
  readonly end: (reason: EndReason, error?: ServerError) => void;
}

/** The state of the kernel that requests work on. */
export class Kernel {
  readonly info: ConnectionInfo;
  readonly language: Language;
  readonly headers: Headers;
  readonly iopub: Iopub;
  readonly inputs: Inputs;
  readonly worker: WorkerLink;
  readonly history: History;
  readonly log: Log;
  readonly warnings: LimitedWarnings;
  readonly end: KernelParts['end'];
  readonly queue = new ExecutionQueue();
  readonly comms = new Comms();
  readonly declared = new Declared();
  readonly usage = new UsageMeter();
  /** Whether the kernel was told to end. */
  ending = false;
  /** Whether the sockets are closed: what is still answered has no one to hear it. */
  closed = false;
  /** Number of the last cell that was counted. */
  executionCount = 0;
  readonly #channels: KernelParts['channels'];
  readonly #dialect2011: boolean;
  /** What runs in the worker now: resolves when its reply and idle are out. */
  #turn: Promise<void> | undefined;
  /** While a worker that died is replaced: resolves when the new one is there. */
  #replacing: Promise<void> | undefined;
  #failures = 0;
  #lastParent: Buffer | null = null;

  constructor(parts: KernelParts) {
    this.info = parts.info;
    this.language = parts.language;
    this.headers = parts.headers;
    this.iopub = parts.iopub;
    this.inputs = parts.inputs;
    this.worker = parts.worker;
    this.history = parts.history;
    this.log = parts.log;
    this.warnings = parts.warnings;
    this.end = parts.end;
    this.#channels = parts.channels;
    this.#dialect2011 = parts.dialect2011;
  }

  /** Sends a reply to where its request came from. @throws ProtocolError ERR_JSON */
  reply(request: Request, { content, metadata }: Reply): void {
    if (this.closed) return;
    const msgType = replyType(request.message.header.msg_type);
    const said = request.translate === undefined ? { msgType, content } : request.translate(msgType, content);
    this.#channels[request.channel].send({
      identities: request.message.identities,
      header: this.headers.make(said.msgType),
      parentHeader: request.parent,
      ...(metadata === undefined ? {} : { metadata }),
      content: said.content,
    });
  }

  /** A cell starts: output that comes after it, with no parent of its own, is credited to it. */
  started(request: Request): void {
    this.#lastParent = request.parent;
    this.inputs.remember(request.client, request.message.identities);
  }

  /** The worker did what it was asked to: it works. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Stops the running cell, also one that waits for input. Harmless when none runs. */
  interrupt(): void {
    this.inputs.forget();
    this.worker.interrupt();
  }

  /** The user's code asks for a line; what it showed before is sent first. */
  async ask(question: InputQuestion): Promise<void> {
    try {
      await this.iopub.flush();
      await this.inputs.ask(question);
    } catch (error) {
      this.log.error('the frontend could not be asked for input', error);
      this.worker.answerInput(null);
    }
  }

  /** Something that the user's code shows. */
  publish(publication: Publication): void {
    this.comms.observe(publication);
    const { msgType, parent, content, metadata, buffers } = publication;
    this.iopub.publish(msgType, parent, content, metadata, buffers);
  }

  /** What was written to the worker's file descriptors 1 and 2: credited to the cell that runs, or ran last. */
  output(name: 'stdout' | 'stderr', text: string): void {
    if (text !== '') this.iopub.publish('stream', this.#lastParent, { name, text });
  }

  /** Whether the user's code runs now. */
  get busy(): boolean {
    return this.#turn !== undefined;
  }

  /** Runs something in the worker, when there is one. */
  async takeTurn(run: () => Promise<void>): Promise<void> {
    while (this.#replacing !== undefined) await this.#replacing;
    this.#turn = run();
    try {
      await this.#turn;
    } finally {
      this.#turn = undefined;
    }
  }

  /** What the worker answers; undefined where it does not answer in time, or is no more. */
  async fromWorker<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await within(answer, this.busy ? WAIT_BUSY_MS : WAIT_IDLE_MS);
    } catch (error) {
      if (error instanceof WorkerEndedError) return undefined;
      throw error;
    }
  }

  /** The worker ended unasked: says so, and brings a new one. The cell that ran reports its error by itself, first. */
  workerEnded(end: WorkerEnd): void {
    if (this.ending) return;
    this.log.warn(`the worker ${howItEnded(end)}`);
    this.#failures += 1;
    this.#replacing = this.#replace(end);
  }

  async #replace(end: WorkerEnd): Promise<void> {
    const error = endAsError(end);
    if (this.#turn === undefined) this.output('stderr', `${error.traceback.join('\n')}\n`);
    else await this.#turn;
    if (this.#dialect2011) this.iopub.publish('crash', this.#lastParent, crash2011(error, howItEnded(end)));
    this.comms.clear();
    this.declared.clear();
    this.inputs.forget();
    this.iopub.status('restarting', null);
    try {
      if (this.#failures >= MOST_FAILURES) {
        throw new ServerError('ERR_WORKER', `the worker ended ${this.#failures} times in a row and ran nothing`);
      }
      await this.#ready(this.worker.restart({ graceMs: 0 }));
      this.headers.renew();
      this.iopub.status('idle', null);
    } catch (cause) {
      this.#workerLost(cause);
    }
    this.#replacing = undefined;
  }

  /** Starts the first worker. Requests that run code wait for it by themselves. */
  async startWorker(): Promise<void> {
    try {
      await this.#ready(this.worker.start());
    } catch (cause) {
      this.#workerLost(cause);
    }
  }

  /** Ends the worker, also one that is being replaced. */
  async stopWorker(): Promise<void> {
    if (this.#replacing !== undefined) await within(this.#replacing, GRACE_MS);
    await this.worker.stop({ graceMs: GRACE_MS });
    await this.queue.running;
  }

  async #ready(starting: Promise<void>): Promise<void> {
    const ready = await within(
      starting.then(() => true),
      START_MS,
    );
    if (ready === undefined) throw new ServerError('ERR_WORKER', `the worker was not ready within ${START_MS} ms`);
  }

  /** There is no worker, and none to be had: the kernel ends. */
  #workerLost(cause: unknown): void {
    const error =
      cause instanceof ServerError ? cause : new ServerError('ERR_WORKER', 'no worker could be started', { cause });
    this.log.error(error.message, cause);
    this.iopub.status('dead', null);
    this.queue.close();
    this.end('worker', error);
  }
}
