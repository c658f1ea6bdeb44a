import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Cell, Cells } from './debug-kernel.ts';

/** The path by which the kernel knows code. */
type Dump = (code: string) => Promise<string>;

/**
 * The way between the editor's names of cells (URIs of their documents) and the kernel's (paths made of their code). Code
 * that no cell has any more is shown as a text of its own.
 */
export class CellSources {
  readonly #cells: Cells;
  readonly #dump: Dump;
  readonly #prefix: string | undefined;
  readonly #pathByCode = new Map<string, Promise<string>>();
  /** Paths of code that was changed or removed since it ran; the reference of each is its index + 1. */
  readonly #orphans: string[] = [];

  /** @param prefix What the paths of cells begin with. */
  constructor(cells: Cells, dump: Dump, prefix: string | undefined) {
    this.#cells = cells;
    this.#dump = dump;
    this.#prefix = prefix;
  }

  pathOf(code: string): Promise<string> {
    let path = this.#pathByCode.get(code);
    if (path === undefined) {
      path = this.#dump(code);
      this.#pathByCode.set(code, path);
      // One that failed is asked for again.
      path.catch(() => this.#pathByCode.delete(code));
    }
    return path;
  }

  /** The source for the kernel; undefined: it is a cell of another notebook, or one that is gone. */
  async toKernel(source: DebugProtocol.Source): Promise<DebugProtocol.Source | undefined> {
    const { path, sourceReference = 0 } = source;
    const orphan = this.#orphans[sourceReference - ORPHANS];
    if (orphan !== undefined) return { path: orphan };
    if (path === undefined || !this.#cells.isCell(path)) return source;
    const cell = this.#cells.all().find(({ uri }) => uri === path);
    return cell && { ...source, path: await this.pathOf(cell.code) };
  }

  /** The source for the editor. */
  async toClient(source: DebugProtocol.Source): Promise<DebugProtocol.Source> {
    const { path, name = '' } = source;
    if (path === undefined || !this.#isCellPath(path)) return source;
    const cell = await this.#cellOf(path);
    if (cell !== undefined) return { ...source, path: cell.uri, name: cell.name, sourceReference: 0 };
    if (!this.#orphans.includes(path)) this.#orphans.push(path);
    return { name: `${name} (as it ran)`, sourceReference: ORPHANS + this.#orphans.indexOf(path) };
  }

  /** A text for a person, such as a stack: with the names of cells where it has their paths. */
  async shownText(text: string): Promise<string> {
    if (!this.#prefix) return text;
    let shown = '';
    let from = 0;
    for (let at = text.indexOf(this.#prefix); at >= 0; at = text.indexOf(this.#prefix, from)) {
      const [path = ''] = /^[^:)\s]*/.exec(text.slice(at + this.#prefix.length)) ?? [];
      const end = at + this.#prefix.length + path.length;
      const cell = await this.#cellOf(text.slice(at, end));
      shown += text.slice(from, at) + (cell?.name ?? text.slice(at, end));
      from = end;
    }
    return shown + text.slice(from);
  }

  /** The cell whose code is at the path: of several with the same code, the one that was run last. */
  async #cellOf(path: string): Promise<Cell | undefined> {
    let found: Cell | undefined;
    for (const cell of this.#cells.all()) {
      if ((await this.pathOf(cell.code)) !== path) continue;
      if (found === undefined || (cell.order ?? 0) > (found.order ?? 0)) found = cell;
    }
    return found;
  }

  #isCellPath(path: string): boolean {
    return this.#prefix !== undefined && this.#prefix !== '' && path.startsWith(this.#prefix);
  }
}

/** References from here on are ours: kernels count theirs from 1. */
const ORPHANS = 2 ** 30;
