import type { DebugProtocol } from '@vscode/debugprotocol';

type Asked = readonly DebugProtocol.SourceBreakpoint[];
type SetAtPath = (path: string, breakpoints: Asked) => Promise<DebugProtocol.Breakpoint[]>;

/**
 * The breakpoints of cells. A kernel knows cells by their code: two cells of the same code have theirs together, and a cell
 * whose code is changed takes its own along.
 */
export class CellBreakpoints {
  readonly #set: SetAtPath;
  readonly #byCell = new Map<string, { readonly path: string; readonly asked: Asked }>();

  /** @param set Replaces the kernel's breakpoints at a path. */
  constructor(set: SetAtPath) {
    this.#set = set;
  }

  /** The path of the cell's code when its breakpoints were set; undefined: it has none. */
  pathOf(cell: string): string | undefined {
    return this.#byCell.get(cell)?.path;
  }

  /** Replaces the breakpoints of a cell, whose code has this path now. */
  async replace(cell: string, path: string, asked: Asked): Promise<DebugProtocol.Breakpoint[]> {
    const before = this.#byCell.get(cell);
    if (asked.length === 0) this.#byCell.delete(cell);
    else this.#byCell.set(cell, { path, asked });
    if (before !== undefined && before.path !== path) await this.#send(before.path);
    const sent = await this.#send(path);
    return sent.flatMap(([owner, breakpoint]) => (owner === cell ? [breakpoint] : []));
  }

  async #send(path: string): Promise<[cell: string, DebugProtocol.Breakpoint][]> {
    const wanted = Array.from(this.#byCell).flatMap(([cell, of]) =>
      of.path === path ? of.asked.map((breakpoint) => [cell, breakpoint] as const) : [],
    );
    const set = await this.#set(
      path,
      wanted.map(([, breakpoint]) => breakpoint),
    );
    return wanted.map(([cell, { line }], index) => [cell, set[index] ?? { verified: false, line }]);
  }
}
