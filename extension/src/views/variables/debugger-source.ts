import type { Kernel } from '@jupyterlab/services';
import type { Emitter } from '../../emitter.ts';
import { CellsRun } from '../cells-run.ts';
import { askDebugger, RefusedError } from '../requests.ts';
import { variablesOf } from './protocol.ts';
import type { Inside, VariableList, VariableSource } from './source.ts';

/** Variables of any kernel that has a debugger: it tells them also while it is not attached. */
export class DebuggerVariables implements VariableSource {
  readonly #connection: Kernel.IKernelConnection;
  readonly #cells: CellsRun;
  readonly table = undefined;

  constructor(connection: Kernel.IKernelConnection) {
    this.#connection = connection;
    this.#cells = new CellsRun(connection);
  }

  get onDidChange(): Emitter<void>['event'] {
    return this.#cells.onDidEnd;
  }

  async list(): Promise<VariableList> {
    return variablesOf(await askDebugger(this.#connection, 'inspectVariables', {}));
  }

  /** Some kernels tell no more than the list while nobody debugs them. */
  async children(inside: Inside): Promise<VariableList> {
    try {
      return variablesOf(await askDebugger(this.#connection, 'variables', { variablesReference: inside }));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      throw new RefusedError(`The kernel shows what is inside only while a cell is debugged. ${error.message}`);
    }
  }

  dispose(): void {
    this.#cells.dispose();
  }
}
