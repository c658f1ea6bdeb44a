import { askDebugger, RefusedError } from '../requests.ts';
import { VariablesBetweenCells } from './between-cells.ts';
import { variablesOf } from './protocol.ts';
import type { Inside, VariableList, VariableSource } from './source.ts';

/** Variables of any kernel that has a debugger: it tells them also while it is not attached. */
export class DebuggerVariables extends VariablesBetweenCells implements VariableSource {
  readonly table = undefined;

  async list(): Promise<VariableList> {
    return variablesOf(await askDebugger(this.connection, 'inspectVariables', {}));
  }

  /** Some kernels tell no more than the list while nobody debugs them. */
  async children(inside: Inside): Promise<VariableList> {
    try {
      return variablesOf(await askDebugger(this.connection, 'variables', { variablesReference: inside }));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      throw new RefusedError(`The kernel shows what is inside only while a cell is debugged. ${error.message}`);
    }
  }
}
