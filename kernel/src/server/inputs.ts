import { setTimeout as sleep } from 'node:timers/promises';
import { publicationTo2011 } from '@elara/protocol/dialect-2011';
import type { ReceivedMessage } from '@elara/protocol/message';
import type { Session } from '@elara/protocol/session';
import type { Router } from 'zeromq';
import type { InputQuestion } from '../link.ts';
import type { Headers } from './headers.ts';
import type { LimitedWarnings, Log } from './log.ts';
import { isRecord, parseJson } from './values.ts';

/** How long the stdin socket of a client that has just connected is waited for, and how often it is tried, in ms. */
const REACH_MS = 2000;
const RETRY_MS = 50;

/** Clients that are remembered: those that executed last. */
const MOST_CLIENTS = 1000;

/** A question to the person at a frontend. */
interface Question {
  readonly identities: readonly Buffer[];
  /** Message id of its input_request; empty until it was sent. */
  id: string;
}

export interface InputsOptions {
  readonly socket: Router;
  readonly session: Session;
  readonly headers: Headers;
  readonly log: Log;
  readonly warnings: LimitedWarnings;
  /** Where the answer goes; null: there is none to be had. */
  readonly answer: (value: string | null) => void;
}

/**
 * The stdin channel: asks the frontend whose request the cell is, and takes the answer of that frontend only.
 * Spec: "Channels and messages", stdin.
 */
export class Inputs {
  readonly #options: InputsOptions;
  /** Routing identities of the clients that have executed something, by the session of their headers. */
  readonly #clients = new Map<string, readonly Buffer[]>();
  #pending: Question | undefined;

  constructor(options: InputsOptions) {
    this.#options = options;
  }

  /** Where to ask for input when a cell of this client asks. Its stdin socket has the identity of its shell socket. */
  remember(client: string, identities: readonly Buffer[]): void {
    // The client that was heard last is the last one, so that the first one is the one to forget.
    this.#clients.delete(client);
    this.#clients.set(client, identities);
    if (this.#clients.size > MOST_CLIENTS) {
      const [oldest] = this.#clients.keys();
      if (oldest !== undefined) this.#clients.delete(oldest);
    }
  }

  /** Sends input_request. The worker asks one question at a time; a new one replaces one that it has given up. */
  async ask(question: InputQuestion): Promise<void> {
    const parent = headerOf(question.parent);
    const identities = this.#clients.get(parent.session);
    if (identities === undefined) {
      this.#options.log.warn('a cell asks for input, but its client is not known: it gets none');
      this.#options.answer(null);
      return;
    }
    const pending: Question = { identities, id: '' };
    this.#pending = pending;
    const content = { prompt: question.prompt, password: question.password };
    const asked = parent.old ? publicationTo2011('input_request', content)?.content : content;
    const header = this.#options.headers.make('input_request');
    pending.id = this.#options.headers.lastId;
    const frames = this.#options.session.serialize({
      identities,
      header,
      parentHeader: question.parent,
      content: asked,
    });
    if (await this.#send(frames, pending)) return;
    if (this.#pending !== pending) return;
    this.#pending = undefined;
    this.#options.log.warn('a cell asks for input, but its frontend has no stdin channel: it gets none');
    this.#options.answer(null);
  }

  /** Takes an input_reply; ignores one that nobody waits for. */
  take({ identities, parentHeader, content }: ReceivedMessage): void {
    const pending = this.#pending;
    const { warnings } = this.#options;
    if (pending === undefined) {
      warnings.warn('stale input_reply', 'input_reply ignored: no cell waits for input');
    } else if (!sameFrames(pending.identities, identities)) {
      warnings.warn('foreign input_reply', 'input_reply ignored: it is not from the frontend that was asked');
    } else if (parentHeader.msg_id !== undefined && parentHeader.msg_id !== pending.id) {
      warnings.warn('stale input_reply', 'input_reply ignored: it answers an input_request that was given up');
    } else if (typeof content.value !== 'string') {
      warnings.warn('malformed input_reply', 'input_reply ignored: content.value is not a string');
    } else {
      this.#pending = undefined;
      this.#options.answer(content.value);
    }
  }

  /** The cell that asked was interrupted, or ended: its question is void. */
  forget(): void {
    this.#pending = undefined;
  }

  /** Whether the frontend was reached. The socket refuses peers that it does not know. */
  async #send(frames: Uint8Array[], pending: Question): Promise<boolean> {
    const until = performance.now() + REACH_MS;
    while (this.#pending === pending) {
      try {
        await this.#options.socket.send(frames);
        return true;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EHOSTUNREACH')) throw error;
        if (performance.now() >= until) return false;
      }
      await sleep(RETRY_MS);
    }
    return false;
  }
}

function headerOf(parent: Uint8Array): { session: string; old: boolean } {
  const header = parseJson(parent);
  if (!isRecord(header)) return { session: '', old: false };
  return { session: typeof header.session === 'string' ? header.session : '', old: header.version === undefined };
}

function sameFrames(one: readonly Buffer[], other: readonly Buffer[]): boolean {
  return one.length === other.length && one.every((frame, index) => other[index]?.equals(frame) === true);
}
