import type { RunningKernel } from '../../kernels/kernel.ts';
import { RefusedError } from '../requests.ts';
import type { TablePage, TableQuery } from '../table.ts';
import type { TableSubject, VariableSource } from '../variables/source.ts';

/** Where a data view has its rows from: the kernel that its notebook has at the time. */
export class DataFeed {
  readonly #kernelNow: () => RunningKernel | undefined;
  readonly #sourceOf: (kernel: RunningKernel) => VariableSource | string;
  readonly #onChange: () => void;
  #kernel: RunningKernel | undefined;
  #source: VariableSource | string | undefined;
  #listening: Disposable[] = [];

  constructor(
    kernelNow: () => RunningKernel | undefined,
    sourceOf: (kernel: RunningKernel) => VariableSource | string,
    onChange: () => void,
  ) {
    this.#kernelNow = kernelNow;
    this.#sourceOf = sourceOf;
    this.#onChange = onChange;
    this.follow();
  }

  /** @throws Error that says why there are no rows */
  async page(subject: TableSubject, query: TableQuery): Promise<TablePage> {
    if (this.#kernel === undefined) {
      throw new RefusedError('The notebook of this table has no running kernel. Run the cell that makes the table.');
    }
    if (typeof this.#source === 'string') throw new RefusedError(this.#source);
    if (this.#source?.table === undefined) throw new RefusedError('This kernel does not give tables.');
    return await this.#source.table(subject, query);
  }

  /** The notebook may have another kernel. */
  follow(): void {
    const kernel = this.#kernelNow();
    if (kernel === this.#kernel) return;
    this.#leave();
    if (kernel !== undefined) this.#join(kernel);
    this.#onChange();
  }

  dispose(): void {
    this.#leave();
  }

  #join(kernel: RunningKernel): void {
    this.#kernel = kernel;
    this.#source = this.#sourceOf(kernel);
    if (typeof this.#source === 'object') this.#listening.push(this.#source.onDidChange(this.#onChange));
    // Its comms are gone with its process.
    const restarted = (): void => {
      this.#leave();
      this.#join(kernel);
      this.#onChange();
    };
    this.#listening.push(kernel.onDidRestart(restarted));
  }

  #leave(): void {
    for (const each of this.#listening) each[Symbol.dispose]();
    this.#listening = [];
    if (typeof this.#source === 'object') this.#source.dispose();
    this.#source = undefined;
    this.#kernel = undefined;
  }
}
