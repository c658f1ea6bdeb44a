import type { Kernel } from '@jupyterlab/services';
import { Emitter } from '../../emitter.ts';
import { askDebugger } from '../requests.ts';
import type { TablePage, TableQuery } from '../table.ts';
import { isRecord } from '../values.ts';
import { tablePageOf, variableFrom, variablesOf } from './protocol.ts';
import type { Inside, TableSubject, Variable, VariableList, VariableSource } from './source.ts';

/** More than so many variables come in groups; so many are searched. */
const IN_GROUPS = 1000;
const MOST_SEARCHED = 20_000;

/** Variables of our own kernels, which tell after each cell what has changed. See docs/variables.md. */
export class ElaraVariables implements VariableSource {
  readonly #connection: Kernel.IKernelConnection;
  readonly #comm: Kernel.IComm;
  readonly #changed = new Emitter<void>();
  /** By name; undefined until the comm was answered, which waits for the cell that runs. */
  #known: Map<string, Variable> | undefined;
  #total = 0;

  constructor(connection: Kernel.IKernelConnection) {
    this.#connection = connection;
    this.#comm = connection.createComm('elara.variables');
    this.#comm.onMsg = ({ content }) => this.#told(content.data);
    this.#comm.open();
  }

  get onDidChange(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  async list(search = false): Promise<VariableList> {
    if (search && this.#total > IN_GROUPS) return await this.#all();
    if (this.#known === undefined) return variablesOf(await askDebugger(this.#connection, 'inspectVariables', {}));
    const variables = [...this.#known.values()].sort((a, b) => byName(a.name, b.name));
    return { variables, total: this.#total };
  }

  async #all(): Promise<VariableList> {
    const variables: Variable[] = [];
    for (;;) {
      const page = { start: variables.length, count: IN_GROUPS };
      const { variables: some, total } = variablesOf(await askDebugger(this.#connection, 'inspectVariables', page));
      variables.push(...some);
      if (some.length === 0 || variables.length >= Math.min(total, MOST_SEARCHED)) return { variables, total };
    }
  }

  async children(inside: Inside): Promise<VariableList> {
    return variablesOf(await askDebugger(this.#connection, 'variables', { variablesReference: inside }));
  }

  readonly table = async (of: TableSubject, query: TableQuery): Promise<TablePage> => {
    const subject = typeof of === 'number' ? { variablesReference: of } : { variableName: of };
    return tablePageOf(await askDebugger(this.#connection, 'inspectTable', { ...subject, ...query }));
  };

  dispose(): void {
    if (!this.#comm.isDisposed && !this.#connection.isDisposed) this.#comm.close();
  }

  #told(data: Readonly<Record<string, unknown>>): void {
    const { type, variables, changed, removed, total } = data;
    if (type === 'all') this.#known = new Map();
    else if (type !== 'changes') return;
    const told = type === 'all' ? variables : changed;
    for (const each of Array.isArray(told) ? told.filter(isRecord) : []) {
      const variable = variableFrom(each);
      this.#known?.set(variable.name, variable);
    }
    for (const name of Array.isArray(removed) ? removed : []) this.#known?.delete(String(name));
    this.#total = typeof total === 'number' ? total : (this.#known?.size ?? 0);
    this.#changed.fire();
  }
}

/** As the kernel sorts them. */
function byName(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a !== b) return a < b ? -1 : 1;
  return one < other ? -1 : one === other ? 0 : 1;
}
