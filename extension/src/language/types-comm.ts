import { within } from '@elara/protocol/client/bounded';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { type Content, isRecord } from '../outputs/output.ts';

/** What is needed of a connection. */
type Connection = Pick<Kernel.IKernelConnection, 'createComm' | 'statusChanged' | 'disposed' | 'isDisposed'>;

const TARGET = 'elara.types';
const ANSWER_MS = 20_000;

/** Lines and columns (UTF-16) begin at 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A part of a text; `end` is behind the last character. */
export interface Extent {
  readonly start: Place;
  readonly end: Place;
}

/** A type error in a cell. */
export interface Problem extends Extent {
  /** Of TypeScript; what cannot be parsed has none. */
  readonly code?: number;
  readonly message: string;
}

export interface ProblemsOptions {
  /** False: only whether it can be parsed. */
  readonly typed: boolean;
  /** Other cells, which may not have run. */
  readonly others: readonly string[];
}

/** Where a name is declared: in the text that was asked about, in another one, in a cell that has run (with its line as it ran), or in a file. */
export type Definition =
  | ({ readonly in: 'code' } & Extent)
  | ({ readonly in: 'other'; readonly index: number } & Extent)
  | ({ readonly in: 'cell'; readonly count: number; readonly id?: string; readonly line: string } & Extent)
  | ({ readonly in: 'file'; readonly path: string } & Extent);

export interface CallHelp {
  readonly signatures: readonly {
    readonly label: string;
    readonly documentation: string;
    readonly parameters: readonly { readonly label: string; readonly documentation: string }[];
  }[];
  readonly activeSignature: number;
  readonly activeParameter: number;
}

/** What our kernel can be asked about types without running anything: see docs/types.md, "For frontends". */
export class TypesComm {
  readonly #connection: Connection;
  readonly #comm: Kernel.IComm;
  readonly #waiting = new Map<number, PromiseWithResolvers<Content>>();
  #last = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#comm = connection.createComm(TARGET);
    this.#comm.onMsg = ({ content: { data } }: KernelMessage.ICommMsgMsg) => {
      if (isRecord(data) && typeof data.id === 'number') this.#waiting.get(data.id)?.resolve(data);
    };
    this.#comm.open({});
    connection.statusChanged.connect(this.#look);
    connection.disposed.connect(this.#look);
  }

  get isDisposed(): boolean {
    return this.#comm.isDisposed || this.#connection.isDisposed;
  }

  /** @param others Other cells, which may not have run. */
  async problems(code: string, { typed, others }: ProblemsOptions): Promise<readonly Problem[]> {
    const { diagnostics } = await this.#ask({ method: 'diagnostics', code, typed, others });
    return Array.isArray(diagnostics) ? diagnostics : [];
  }

  /** @param cursor In UTF-16 units. */
  async signature(code: string, cursor: number): Promise<CallHelp | undefined> {
    const { help } = await this.#ask({ method: 'signature', code, cursor });
    return isRecord(help) ? (help as object as CallHelp) : undefined;
  }

  /**
   * @param cursor In UTF-16 units.
   * @param others Other cells, which may not have run.
   */
  async definitions(code: string, cursor: number, others: readonly string[]): Promise<readonly Definition[]> {
    const { definitions } = await this.#ask({ method: 'definition', code, cursor, others });
    return Array.isArray(definitions) ? definitions : [];
  }

  /** @throws Error with what the kernel says, or when it does not answer */
  async #ask(question: { readonly method: string; readonly [key: string]: unknown }): Promise<Content> {
    const id = ++this.#last;
    const answered = Promise.withResolvers<Content>();
    this.#waiting.set(id, answered);
    try {
      this.#comm.send({ id, ...question } as KernelMessage.ICommMsgMsg['content']['data'], undefined, undefined, true);
      const late = (): Error => new Error(`No answer to ${question.method} of ${TARGET}.`);
      const answer = await within(answered.promise, ANSWER_MS, late);
      if (typeof answer.error === 'string') throw new Error(answer.error);
      return answer;
    } finally {
      this.#waiting.delete(id);
    }
  }

  /** With the process of the kernel its comms are gone, without a word. */
  readonly #look = (): void => {
    if (!this.isDisposed) return;
    this.#connection.statusChanged.disconnect(this.#look);
    this.#connection.disposed.disconnect(this.#look);
    for (const { reject } of this.#waiting.values()) reject(new Error('The kernel that was asked is gone.'));
  };
}

/** The comms of the kernels, opened when they are first needed. */
export class TypesComms {
  readonly #comms = new WeakMap<Connection, TypesComm>();

  of(connection: Connection): TypesComm {
    const there = this.#comms.get(connection);
    if (there && !there.isDisposed) return there;
    const comm = new TypesComm(connection);
    this.#comms.set(connection, comm);
    return comm;
  }
}
