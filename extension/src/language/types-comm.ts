import { within } from '@elara/protocol/client/bounded';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { type Content, isRecord } from '../outputs/output.ts';

const TARGET = 'elara.types';
const ANSWER_MS = 20_000;

/** A type error in a cell; lines and columns (UTF-16) begin at 1, `end` is behind the last character. */
export interface Problem {
  readonly code: number;
  readonly message: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

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
  readonly #comm: Kernel.IComm;
  readonly #waiting = new Map<number, (answer: Content) => void>();
  #last = 0;

  constructor(connection: Kernel.IKernelConnection) {
    this.#comm = connection.createComm(TARGET);
    this.#comm.onMsg = (message: KernelMessage.ICommMsgMsg) => {
      const { data } = message.content;
      if (isRecord(data) && typeof data.id === 'number') this.#waiting.get(data.id)?.(data);
    };
    this.#comm.open({});
  }

  get isDisposed(): boolean {
    return this.#comm.isDisposed;
  }

  /** @param others Other cells, which may not have run. */
  async problems(code: string, others: readonly string[]): Promise<readonly Problem[]> {
    const { diagnostics } = await this.#ask({ method: 'diagnostics', code, others });
    return Array.isArray(diagnostics) ? diagnostics : [];
  }

  /** @param cursor In UTF-16 units. */
  async signature(code: string, cursor: number): Promise<CallHelp | undefined> {
    const { help } = await this.#ask({ method: 'signature', code, cursor });
    return isRecord(help) ? (help as object as CallHelp) : undefined;
  }

  dispose(): void {
    if (!this.#comm.isDisposed) this.#comm.close();
  }

  /** @throws Error with what the kernel says, or when it does not answer */
  async #ask(question: { readonly method: string; readonly [key: string]: unknown }): Promise<Content> {
    const id = ++this.#last;
    const { promise, resolve } = Promise.withResolvers<Content>();
    this.#waiting.set(id, resolve);
    try {
      this.#comm.send({ id, ...question } as KernelMessage.ICommMsgMsg['content']['data'], undefined, undefined, true);
      const answer = await within(promise, ANSWER_MS, () => new Error(`No answer to ${question.method} of ${TARGET}.`));
      if (typeof answer.error === 'string') throw new Error(answer.error);
      return answer;
    } finally {
      this.#waiting.delete(id);
    }
  }
}

/** The comms of the kernels, opened when they are first needed. */
export class TypesComms {
  readonly #comms = new WeakMap<Kernel.IKernelConnection, TypesComm>();

  of(connection: Kernel.IKernelConnection): TypesComm {
    const there = this.#comms.get(connection);
    if (there && !there.isDisposed) return there;
    const comm = new TypesComm(connection);
    this.#comms.set(connection, comm);
    return comm;
  }
}
