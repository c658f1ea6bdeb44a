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
interface Pending {
  readonly question: InputQuestion;
  /** Message id of the request whose cell asks. */
  readonly cell: string;
  readonly subshell: string | undefined;
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
  /** Where the answer to the question of this id goes; null: there is none to be had. */
  readonly answer: (question: number, value: string | null) => void;
}

/**
 * The stdin channel: asks the frontend whose request the cell is, and takes the answer of that frontend only.
 * Spec: "Channels and messages", stdin.
 */
export class Inputs {
  readonly #options: InputsOptions;
  /** Routing identities of the clients that have executed something, by the session of their headers. */
  readonly #clients = new Map<string, readonly Buffer[]>();
  /** Questions without an answer, the oldest first: those of cells that run at once, each in its shell. */
  readonly #pending = new Set<Pending>();
  /** Resolves when the last send has ended, well or not. */
  #sent: Promise<void> = Promise.resolve();

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

  /** Sends input_request, when what the cell showed before has been sent. */
  async ask(question: InputQuestion, flushed: () => Promise<void> | undefined): Promise<void> {
    const parent = headerOf(question.parent);
    const identities = this.#clients.get(parent.session);
    if (identities === undefined) {
      this.#options.log.warn('a cell asks for input, but its client is not known: it gets none');
      this.#options.answer(question.id, null);
      return;
    }
    const pending: Pending = { question, cell: parent.id, subshell: parent.subshell, identities, id: '' };
    this.#pending.add(pending);
    await flushed();
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
    if (!this.#pending.delete(pending)) return;
    this.#options.log.warn('a cell asks for input, but its frontend has no stdin channel: it gets none');
    this.#options.answer(question.id, null);
  }

  /** Takes an input_reply; ignores one that nobody waits for. */
  take({ header, identities, parentHeader, content }: ReceivedMessage): void {
    const { warnings } = this.#options;
    const own = [...this.#pending].filter((pending) => sameFrames(pending.identities, identities));
    const { msg_id: id } = parentHeader;
    // A client that does not say what it answers answers what it was asked first, in the subshell that it names.
    const answered =
      id !== undefined
        ? own.find((pending) => pending.id === id)
        : (own.find(({ subshell }) => subshell === (header.subshell_id ?? undefined)) ?? own[0]);
    if (this.#pending.size === 0) {
      warnings.warn('stale input_reply', 'input_reply ignored: no cell waits for input');
    } else if (own.length === 0) {
      warnings.warn('foreign input_reply', 'input_reply ignored: it is not from the frontend that was asked');
    } else if (answered === undefined) {
      warnings.warn('stale input_reply', 'input_reply ignored: it answers an input_request that was given up');
    } else if (content.status === 'error') {
      // As other replies of the protocol say that something did not come about: here, the person gave no answer.
      this.#pending.delete(answered);
      this.#options.answer(answered.question.id, null);
    } else if (typeof content.value !== 'string') {
      warnings.warn('malformed input_reply', 'input_reply ignored: content.value is not a string');
    } else {
      this.#pending.delete(answered);
      this.#options.answer(answered.question.id, content.value);
    }
  }

  /** The cells were interrupted, or their worker has ended: their questions are void. */
  forget(): void {
    this.#pending.clear();
  }

  /** The cell of this request has ended: so have its questions. */
  forgetOf(cell: string): void {
    if (this.#pending.size === 0) return;
    for (const pending of this.#pending) if (pending.cell === cell) this.#pending.delete(pending);
  }

  /** Whether the frontend was reached. The socket refuses peers that it does not know. */
  async #send(frames: Uint8Array[], pending: Pending): Promise<boolean> {
    const until = performance.now() + REACH_MS;
    while (this.#pending.has(pending)) {
      try {
        await this.#sendInTurn(frames);
        return true;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EHOSTUNREACH')) throw error;
        if (performance.now() >= until) return false;
      }
      await sleep(RETRY_MS);
    }
    return false;
  }

  /** Two sends at once are an error. */
  #sendInTurn(frames: Uint8Array[]): Promise<void> {
    const sent = this.#sent.then(() => this.#options.socket.send(frames));
    this.#sent = sent.catch(() => undefined);
    return sent;
  }
}

interface Parent {
  readonly id: string;
  readonly session: string;
  readonly subshell: string | undefined;
  /** Of the dialect of 2011. */
  readonly old: boolean;
}

function headerOf(parent: Uint8Array): Parent {
  const header = parseJson(parent);
  const { msg_id: id, session, subshell_id: subshell, version } = isRecord(header) ? header : {};
  return {
    id: typeof id === 'string' ? id : '',
    session: typeof session === 'string' ? session : '',
    subshell: typeof subshell === 'string' ? subshell : undefined,
    old: isRecord(header) && version === undefined,
  };
}

function sameFrames(one: readonly Buffer[], other: readonly Buffer[]): boolean {
  return one.length === other.length && one.every((frame, index) => other[index]?.equals(frame) === true);
}
