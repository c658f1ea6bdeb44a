/** What the cells have declared at their top level, for answers while the worker is busy. Spec: "answered while a cell runs". */
export class Declared {
  /** Number of the cell that declared a name last. */
  readonly #cells = new Map<string, number>();

  add(names: readonly string[], cell: number): void {
    for (const name of names) this.#cells.set(name, cell);
  }

  clear(): void {
    this.#cells.clear();
  }

  /** Names that go on from the identifier before the cursor: of the cells, the runtime and the language. */
  complete(code: string, cursor: number): { matches: string[]; start: number } {
    const [prefix = ''] = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, cursor)) ?? [];
    const start = cursor - prefix.length;
    // Members of a value are known to the worker only.
    if (/\.\s*$/.test(code.slice(0, start))) return { matches: [], start };
    const names = new Set([...this.#cells.keys(), ...Object.getOwnPropertyNames(globalThis), ...KEYWORDS]);
    return { matches: [...names].filter((name) => name.startsWith(prefix)).sort(), start };
  }

  /** The identifier at the cursor and the cell that declared it, if one did. */
  find(code: string, cursor: number): { name: string; cell: number } | undefined {
    const [before = ''] = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, cursor)) ?? [];
    const [after = ''] = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursor)) ?? [];
    const name = before + after;
    if (/\.\s*$/.test(code.slice(0, cursor - before.length))) return undefined;
    const cell = this.#cells.get(name);
    return cell === undefined ? undefined : { name, cell };
  }
}

const KEYWORDS = [
  'abstract as async await break case catch class const continue debugger declare default delete do else enum export',
  'extends false finally for from function get if implements import in instanceof interface is keyof let namespace new',
  'null of private protected public readonly return satisfies set static super switch this throw true try type typeof',
  'undefined unknown using var void while with yield',
].flatMap((line) => line.split(' '));
