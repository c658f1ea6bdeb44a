import type { Channel } from '@elara/protocol/channel';
import type { ConnectionInfo } from '@elara/protocol/connection';
import { crash2011 } from '@elara/protocol/dialect-2011';
import { DebugSession } from '../debugger/debug-session.ts';
import type { InputQuestion, Publication, WorkerEnd } from '../link.ts';
import type { Types } from '../types/index.ts';
import { Asked } from './asked.ts';
import { Comms } from './comms.ts';
import { Declared } from './declared.ts';
import type { ServerError } from './errors.ts';
import type { Headers } from './headers.ts';
import type { History } from './history/history.ts';
import type { Inputs } from './inputs.ts';
import type { Iopub } from './iopub.ts';
import type { Language } from './kernel-information.ts';
import type { LimitedWarnings, Log } from './log.ts';
import { FoundPackages } from './packages.ts';
import { type Reply, type Request, replyType } from './request.ts';
import { Subshells } from './subshells.ts';
import { Supervisor } from './supervisor.ts';
import { UsageMeter } from './usage-meter.ts';
import { VariableRequests } from './variables.ts';
import { endAsError, howItEnded } from './worker-ended.ts';
import type { WorkerLink } from './worker-link.ts';

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
  /** Absent: the language has none that the server knows. */
  readonly types?: Types | undefined;
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
  readonly supervisor: Supervisor;
  readonly history: History;
  readonly log: Log;
  readonly warnings: LimitedWarnings;
  readonly types: Types | undefined;
  readonly end: KernelParts['end'];
  readonly subshells = new Subshells();
  readonly comms = new Comms();
  readonly declared = new Declared();
  readonly usage = new UsageMeter();
  readonly variables: VariableRequests;
  readonly debugSession = new DebugSession();
  readonly packages = new FoundPackages();
  /** What the worker asks of the server. */
  readonly asked = new Asked();
  /** Whether the kernel was told to end. */
  ending = false;
  /** Whether the sockets are closed: what is still answered has no one to hear it. */
  closed = false;
  /** Number of the last cell that was counted. */
  executionCount = 0;
  readonly #channels: KernelParts['channels'];
  readonly #dialect2011: boolean;
  #lastParent: Buffer | null = null;
  #unannounced = 0;
  readonly #held: (() => void)[] = [];

  constructor(parts: KernelParts) {
    this.info = parts.info;
    this.language = parts.language;
    this.headers = parts.headers;
    this.iopub = parts.iopub;
    this.inputs = parts.inputs;
    this.worker = parts.worker;
    this.variables = new VariableRequests(parts.worker);
    this.history = parts.history;
    this.log = parts.log;
    this.warnings = parts.warnings;
    this.types = parts.types;
    this.packages.onFound((found) => this.types?.found(found));
    this.end = parts.end;
    this.#channels = parts.channels;
    this.#dialect2011 = parts.dialect2011;
    this.asked.on('history', (query) => this.history.find(query));
    this.asked.on('check', (mode) => {
      if (this.types !== undefined && mode !== null) this.types.mode = mode;
      return this.types?.mode ?? 'off';
    });
    this.asked.on('forgotten', () => {
      this.declared.clear();
      this.types?.clear();
      return null;
    });
    this.supervisor = new Supervisor({
      worker: parts.worker,
      log: parts.log,
      onEnded: (end, between) => this.#workerEnded(end, between),
      onReplaced: () => this.#workerReplaced(),
      onLost: (error) => this.#workerLost(error),
    });
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

  /** Stops the running cells, of all shells, also those that wait for input. Harmless when none runs. */
  interrupt(): void {
    this.inputs.forget();
    this.worker.interrupt();
  }

  /** A cell begins while the one before it is not answered: what comes from the worker waits until it is announced. */
  hold(): void {
    this.#unannounced += 1;
  }

  /** A cell that had begun early is announced now. */
  release(): void {
    this.#unannounced -= 1;
    if (this.#unannounced === 0) for (const action of this.#held.splice(0)) action();
  }

  /** Now, or when what comes from the worker does not wait any more. */
  #inOrder(action: () => void): void {
    if (this.#unannounced === 0) action();
    else this.#held.push(action);
  }

  /** The user's code asks for a line; what it showed before is sent first. */
  ask(question: InputQuestion): void {
    this.#inOrder(() => void this.#ask(question));
  }

  async #ask(question: InputQuestion): Promise<void> {
    try {
      await this.inputs.ask(question, () => this.iopub.flush());
    } catch (error) {
      this.log.error('the frontend could not be asked for input', error);
      this.worker.answerInput(question.id, null);
    }
  }

  /** Something that the user's code shows. */
  publish(publication: Publication): void {
    this.#inOrder(() => {
      this.comms.observe(publication);
      this.debugSession.observe(publication);
      const { msgType, parent, content, metadata, buffers } = publication;
      this.iopub.publish(msgType, parent, content, metadata, buffers);
    });
  }

  /** What was written to the worker's file descriptors 1 and 2: credited to the cell that runs, or ran last. */
  output(name: 'stdout' | 'stderr', text: string): void {
    if (text === '') return;
    const parent = this.#lastParent;
    this.#inOrder(() => this.iopub.publish('stream', parent, { name, text }));
  }

  /** Says that the worker is no more, and forgets what was in it. */
  #workerEnded(end: WorkerEnd, between: boolean): void {
    const error = endAsError(end);
    if (between) this.output('stderr', `${error.traceback.join('\n')}\n`);
    if (this.#dialect2011) this.iopub.publish('crash', this.#lastParent, crash2011(error, howItEnded(end)));
    this.comms.clear();
    this.declared.clear();
    this.inputs.forget();
    this.debugSession.workerEnded(this.iopub);
    this.iopub.status('restarting', null);
  }

  #workerReplaced(): void {
    this.headers.renew();
    this.iopub.status('idle', null);
  }

  #workerLost(error: ServerError): void {
    this.iopub.status('dead', null);
    this.subshells.close();
    this.end('worker', error);
  }
}
