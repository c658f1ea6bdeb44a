/** The debug adapter. It runs on the worker's second thread, which hears its client also while the main thread stands still. */
import type { ContentOf } from '@elara/protocol/message';
import type { DebugCommand, EncodedJson, Publication } from '../../link.ts';
import { DebugError } from './errors.ts';
import { breakpoints } from './requests/breakpoints.ts';
import { info } from './requests/info.ts';
import { lifecycle } from './requests/lifecycle.ts';
import { running } from './requests/running.ts';
import { sources } from './requests/sources.ts';
import { stack } from './requests/stack.ts';
import { values } from './requests/values.ts';
import type { Handles, Requests } from './requests.ts';
import { DebugState } from './state.ts';

const HANDLES: Handles<keyof Requests> = {
  ...lifecycle,
  ...breakpoints,
  ...running,
  ...stack,
  ...values,
  ...sources,
  ...info,
};

/** What tells of variables while nothing stands still: the main thread knows them better. */
const WHILE_STOPPED = new Set(['inspectVariables', 'richInspectVariables']);
/** References from here on are of the main thread's variables. */
const FIRST_OTHER_REFERENCE = 2 ** 30;

/** One answer at a time: what they change is the same. */
const IN_TURN = new Set(['attach', 'disconnect', 'terminate', 'setBreakpoints', 'setExceptionBreakpoints']);

type DebugReply = ContentOf<'debug_reply'>;

export class DebugAdapter {
  readonly #state: DebugState;
  readonly #publish: (publication: Publication) => void;
  #parent: EncodedJson | null = null;
  #seq = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(publish: (publication: Publication) => void) {
    this.#publish = publish;
    this.#state = new DebugState((event, body) => this.#send(event, body));
  }

  /** Answers a request; null: it is about variables, and nothing stands still. */
  async answer({ request, parent }: DebugCommand): Promise<DebugReply | null> {
    this.#parent = parent;
    const { command, seq = 0 } = request;
    const args: unknown = request.arguments ?? {};
    if (this.#isForOthers(command, args)) return null;
    const reply = { type: 'response', seq: ++this.#seq, request_seq: seq, command } as const;
    try {
      const body = await this.#inTurn(command, () => this.#handle(command, args));
      return { ...reply, success: true, ...(isBody(body) && { body }) };
    } catch (error) {
      return { ...reply, success: false, message: error instanceof Error ? error.message : String(error), body: {} };
    }
  }

  /** The user stops what runs: what stands still is to end. */
  interrupted(): void {
    this.#state.attached?.pauses.terminate();
  }

  /** The process is to end. */
  close(): void {
    this.interrupted();
    this.#state.drop();
  }

  #isForOthers(command: string, args: unknown): boolean {
    if (command === 'inspectTable') return true;
    if (this.#state.attached?.pauses.stop === undefined && WHILE_STOPPED.has(command)) return true;
    const { variablesReference = 0 } = args as { variablesReference?: number };
    return (command === 'variables' || command === 'setVariable') && variablesReference >= FIRST_OTHER_REFERENCE;
  }

  #handle(command: string, args: unknown): unknown {
    if (!isCommand(command)) throw new DebugError(`the debugger does not know the command ${command}`);
    const handle = HANDLES[command] as (state: DebugState, args: unknown) => unknown;
    return handle(this.#state, args);
  }

  async #inTurn(command: string, action: () => unknown): Promise<unknown> {
    if (!IN_TURN.has(command)) return await action();
    const before = this.#turn;
    const turn = before.then(action);
    this.#turn = turn.catch(() => undefined);
    return await turn;
  }

  #send(event: string, body: object | undefined): void {
    const content = { type: 'event', seq: ++this.#seq, event, ...(body !== undefined && { body }) };
    this.#publish({
      op: 'publish',
      msgType: 'debug_event',
      parent: this.#parent,
      content: Buffer.from(JSON.stringify(content)),
    });
  }
}

function isBody(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCommand(command: string): command is keyof Requests {
  return Object.hasOwn(HANDLES, command);
}
