import type { Kernel } from '@jupyterlab/services';
import type { Emitter } from '../../emitter.ts';
import { CellsRun } from '../cells-run.ts';

/** Variables that are asked for anew after each cell, since the kernel does not say which of them have changed. */
export abstract class VariablesBetweenCells {
  protected readonly connection: Kernel.IKernelConnection;
  readonly #cells: CellsRun;

  constructor(connection: Kernel.IKernelConnection) {
    this.connection = connection;
    this.#cells = new CellsRun(connection);
  }

  get onDidChange(): Emitter<void>['event'] {
    return this.#cells.onDidEnd;
  }

  dispose(): void {
    this.#cells.dispose();
  }
}
