import type { Kernel } from '@jupyterlab/services';
import type { Emitter } from '../../emitter.ts';
import { CellsRun } from '../cells-run.ts';
import { askDebugger } from '../requests.ts';
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

  async children(inside: Inside): Promise<VariableList> {
    return variablesOf(await askDebugger(this.#connection, 'variables', { variablesReference: inside }));
  }

  dispose(): void {
    this.#cells.dispose();
  }
}
