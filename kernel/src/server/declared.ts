import type { CompleteOutcome, InspectOutcome } from '../link.ts';

const KEYWORDS = [
  'abstract as async await break case catch class const continue debugger declare default delete do else enum export',
  'extends false finally for from function get if implements import in instanceof interface is keyof let namespace new',
  'null of private protected public readonly return satisfies set static super switch this throw true try type typeof',
  'undefined unknown using var void while with yield',
].flatMap((line) => line.split(' '));

/**
 * What the cells have declared at their top level, for answers while the worker runs code and cannot look at its values.
 * Spec: "answered while a cell runs".
 */
export class Declared {
  /** Number of the cell that declared a name last. */
  readonly #cells = new Map<string, number>();

  add(names: readonly string[], cell: number): void {
    for (const name of names) this.#cells.set(name, cell);
  }

  clear(): void {
    this.#cells.clear();
  }

  has(name: string): boolean {
    return this.#cells.has(name);
  }

  /** Names of the cells, of the runtime and of the language; members of what belongs to the runtime. */
  async complete(code: string, cursor: number): Promise<CompleteOutcome> {
    const { completionContext } = await import('../language/cursor.ts');
    const context = completionContext(code, cursor);
    if (context.kind !== 'name' && context.kind !== 'member') return outcome([], '', cursor, cursor);
    const names =
      context.kind === 'name'
        ? [...this.#cells.keys(), ...Object.getOwnPropertyNames(globalThis), ...KEYWORDS]
        : this.#members(context.object);
    return outcome(names, context.prefix, context.start, context.end);
  }

  /** Where the name at the cursor was declared. */
  async inspect(code: string, cursor: number): Promise<InspectOutcome> {
    const { nameAt } = await import('../language/cursor.ts');
    const name = nameAt(code, cursor)?.expression;
    const cell = name === undefined ? undefined : this.#cells.get(name);
    if (cell === undefined) return { found: false, data: {}, metadata: {} };
    const text = `${name}: declared in In[${cell}]. Its value can be shown when the running cell has ended.`;
    return { found: true, data: { 'text/plain': text }, metadata: {} };
  }

  /** `Math`, `JSON`, `process.versions`: the runtime of this process is that of the worker. */
  #members(expression: string): string[] {
    const [first = '', ...path] = expression.split('.');
    if (this.#cells.has(first)) return [];
    let value: unknown = globalThis;
    for (const name of [first, ...path]) {
      if (!isObject(value)) return [];
      // No getter is run for a completion.
      const property = Object.getOwnPropertyDescriptor(value, name);
      value = property?.value;
    }
    const names: string[] = [];
    for (let at: unknown = value; isObject(at) && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      names.push(...Object.getOwnPropertyNames(at));
    }
    return names.filter((name) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name));
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function outcome(names: readonly string[], prefix: string, cursorStart: number, cursorEnd: number): CompleteOutcome {
  const matches = [...new Set(names)].filter((name) => name.startsWith(prefix)).sort();
  return { matches, cursorStart, cursorEnd, metadata: {} };
}
