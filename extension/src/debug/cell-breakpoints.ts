import { isDeepStrictEqual } from 'node:util';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { changedText, movedPlace, type TextChange } from './moved-place.ts';

type Asked = DebugProtocol.SourceBreakpoint;
type SetAtPath = (path: string, breakpoints: readonly Asked[]) => Promise<DebugProtocol.Breakpoint[]>;
type Changed = (breakpoint: DebugProtocol.Breakpoint) => void;

/** A breakpoint that the editor has asked for. It keeps its id, and goes along with its text. */
export interface KnownBreakpoint {
  readonly id: number;
  readonly cell: string;
  asked: Asked;
  /** How it stands, as the editor was told. */
  told: DebugProtocol.Breakpoint | undefined;
}

interface CellRecord {
  /** The text in which the breakpoints are where they are asked for. */
  code: string;
  readonly known: readonly KnownBreakpoint[];
  /** Where the kernel has them; undefined: it does not. */
  path: string | undefined;
}

/** Ids from here on are ours: kernels count theirs from 1, and give another one to a breakpoint whenever it is set. */
const OURS = 2 ** 30;

/**
 * The breakpoints of cells. A kernel knows cells by their code: two cells of the same code have theirs together, and a cell
 * whose code is changed takes its own along.
 */
export class CellBreakpoints {
  readonly #setAtPath: SetAtPath;
  readonly #changed: Changed;
  readonly #cells = new Map<string, CellRecord>();
  /** By the path, then by the kernel's id. */
  readonly #atPath = new Map<string, ReadonlyMap<number, KnownBreakpoint>>();
  #last = OURS;

  /**
   * @param setAtPath Replaces the kernel's breakpoints at a path.
   * @param changed Told when one that the editor knows stands otherwise than it knows.
   */
  constructor(setAtPath: SetAtPath, changed: Changed) {
    this.#setAtPath = setAtPath;
    this.#changed = changed;
  }

  /** Whether the cell has any. */
  has(cell: string): boolean {
    return this.#cells.has(cell);
  }

  /** The editor replaces the breakpoints of a cell that has this code. The kernel has them after `set`. */
  take(cell: string, code: string, asked: readonly Asked[]): readonly KnownBreakpoint[] {
    const known = asked.map((each) => {
      this.#last += 1;
      return { id: this.#last, cell, asked: each, told: undefined };
    });
    this.#cells.set(cell, { code, known, path: this.#cells.get(cell)?.path });
    return known;
  }

  /** The text of a cell was changed. Until they are set in the new one, the kernel does not stop at its breakpoints. */
  edited(cell: string, changes: readonly TextChange[]): void {
    const record = this.#cells.get(cell);
    if (record === undefined) return;
    for (const known of record.known) {
      known.asked = movedPlace(record.code, known.asked, changes);
      if (known.told?.verified === true) this.#tell(known, unverified(known));
    }
    record.code = changedText(record.code, changes);
  }

  /** Lets the kernel have the breakpoints of a cell, whose code has this path now; undefined: the cell is gone. */
  async set(cell: string, path: string | undefined): Promise<void> {
    const record = this.#cells.get(cell);
    const before = record?.path;
    if (record !== undefined) record.path = path;
    if (path === undefined || record?.known.length === 0) this.#cells.delete(cell);
    if (before !== undefined && before !== path) await this.#send(before);
    if (path !== undefined) await this.#send(path);
  }

  /** The kernel tells how a breakpoint stands now. Returns whether it is one of a cell. */
  heard(breakpoint: DebugProtocol.Breakpoint): boolean {
    const known = this.#ofKernel(breakpoint.id);
    if (known !== undefined) this.#tell(known, { ...breakpoint, source: { path: known.cell } });
    return known !== undefined;
  }

  /** The editor's id of a breakpoint of the kernel. */
  idOf(kernelsId: number): number {
    return this.#ofKernel(kernelsId)?.id ?? kernelsId;
  }

  #ofKernel(id: number | undefined): KnownBreakpoint | undefined {
    for (const known of this.#atPath.values()) {
      const found = id === undefined ? undefined : known.get(id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #send(path: string): Promise<void> {
    const there = [...this.#cells.values()].flatMap((record) => (record.path === path ? record.known : []));
    const asked = there.map((known) => known.asked);
    const set = await this.#setAtPath(path, asked);
    const ofKernel = new Map<number, KnownBreakpoint>();
    for (const [index, known] of there.entries()) {
      const { [index]: breakpoint } = set;
      if (breakpoint?.id !== undefined) ofKernel.set(breakpoint.id, known);
      // What the kernel says is of the text before.
      const isEdited = known.asked !== asked[index];
      const told = breakpoint === undefined || isEdited ? unverified(known) : breakpoint;
      this.#tell(known, { ...told, source: { path: known.cell } });
    }
    if (ofKernel.size === 0) this.#atPath.delete(path);
    else this.#atPath.set(path, ofKernel);
  }

  #tell(known: KnownBreakpoint, now: DebugProtocol.Breakpoint): void {
    const before = known.told;
    known.told = { ...now, id: known.id };
    const isCurrent = this.#cells.get(known.cell)?.known.includes(known) === true;
    if (isCurrent && before !== undefined && !isDeepStrictEqual(before, known.told)) this.#changed(known.told);
  }
}

/** How a breakpoint stands that the kernel does not have. */
export function unverified({ id, cell, asked: { line } }: KnownBreakpoint): DebugProtocol.Breakpoint {
  return { id, verified: false, line, source: { path: cell } };
}
