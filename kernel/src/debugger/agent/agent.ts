/** The debugger's code on the main thread: what only this thread can tell. It is called by the adapter while this stands still. */

import type { Paging, Variable } from '../../link.ts';
import { preview } from '../../worker/live/preview.ts';
import { RememberedCells } from '../../worker/remembered-cells.ts';
import { debugging, LEAVE } from '../hook.ts';
import { FrameValues, type Listing, type ScopeKind } from './frame-values.ts';
import { formatLog } from './log.ts';

const TEXT_LIMITS = { depth: 4, items: 100, length: 20_000 };
/** How long the end of the process waits for the debugger to leave, in ms, and for V8 to see it. */
const LEAVE_MS = 500;
const SEEN_MS = 10;

/** All of it takes and gives JSON, or values of the user's, which it never runs. */
export class DebugAgent {
  readonly #cells: RememberedCells;
  /** Cells by the ids of their scripts: several scripts may have one name. */
  #scripts = new RememberedCells();
  readonly #exit = (): void => this.#letLeave();
  readonly #hits = new Map<number, number>();
  readonly #runtime: ReadonlySet<string>;
  #values: FrameValues;
  #leave: ((payload: string) => void) | undefined;
  #left = false;

  constructor(cells: RememberedCells, runtime: readonly string[]) {
    this.#cells = cells;
    this.#runtime = new Set(runtime);
    this.#values = new FrameValues(this.#runtime);
  }

  attach(): void {
    // Kept here, not among the globals.
    this.#leave = Reflect.get(globalThis, LEAVE) as ((payload: string) => void) | undefined;
    Reflect.deleteProperty(globalThis, LEAVE);
    this.#left = false;
    debugging.attached = true;
    process.on('exit', this.#exit);
  }

  /** The debugger has heard that the process ends. */
  left(): void {
    this.#left = true;
  }

  detach(): void {
    debugging.attached = false;
    process.off('exit', this.#exit);
    this.#scripts = new RememberedCells();
    this.#hits.clear();
    this.release();
  }

  /** Names of the cells that are remembered. */
  cells(): string[] {
    return Array.from(this.#cells.entries(), ([name]) => name);
  }

  /** The code of the cell that the script was made of; null if it is not remembered. */
  take(scriptId: string, name: string): string | null {
    const cell = this.#cells.get(name);
    if (cell === undefined) return null;
    this.#scripts.remember(scriptId, cell);
    return cell.code;
  }

  /** From lines and columns (1-based, one after the other) of a script to those of its cell. */
  places(scriptId: string, places: readonly number[]): number[] {
    const cell = this.#scripts.get(scriptId);
    if (cell === undefined) return [...places];
    const mapped: number[] = [];
    for (let at = 0; at + 1 < places.length; at += 2) {
      const { line, column } = cell.position(places[at] ?? 1, places[at + 1] ?? 1);
      mapped.push(line, column);
    }
    return mapped;
  }

  /** How often a breakpoint was hit, this time included. */
  hit(breakpoint: number): number {
    const hits = (this.#hits.get(breakpoint) ?? 0) + 1;
    this.#hits.set(breakpoint, hits);
    return hits;
  }

  /** Forgets the hits of a breakpoint. */
  unhit(breakpoint: number): void {
    this.#hits.delete(breakpoint);
  }

  /** Writes what a log point says as output of the cell that runs. False: it does not stop. */
  log(...parts: unknown[]): false {
    console.log('%s', formatLog(parts));
    return false;
  }

  describe(value: unknown, evaluateName?: string): Variable {
    return this.#values.describe(value, evaluateName);
  }

  /** A reference to the variables of a scope, which V8 gives as an object. */
  scope(variables: object, kind: ScopeKind, self?: unknown): ReturnType<FrameValues['scope']> {
    return this.#values.scope(variables, kind, self);
  }

  variables(reference: number, page: Paging): Listing {
    return this.#values.list(reference, page);
  }

  /** A longer text of a value than a list has room for. */
  text(value: unknown): string {
    return preview(value, TEXT_LIMITS);
  }

  /** Gives the cells a variable. */
  defineGlobal(name: string, value: unknown): void {
    if (this.#runtime.has(name) || Object.getOwnPropertyDescriptor(globalThis, name)?.enumerable === false) {
      throw new TypeError(`${name} is a name of the runtime`);
    }
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true });
  }

  /** The value behind a reference, to be handed to the inspector. */
  valueOf(reference: number): unknown {
    return this.#values.valueOf(reference);
  }

  /** Sets what an object has under a name, as its user would. */
  assign(reference: number, name: string, value: unknown): Variable {
    return this.#values.assign(reference, name, value);
  }

  /** The process ends: with a debugger attached, Node would wait for it, and say so on the standard error. */
  #letLeave(): void {
    this.#leave?.('');
    const end = performance.now() + LEAVE_MS;
    // V8 hears the debugger in between.
    while (!this.#left && performance.now() < end);
    const seen = performance.now() + SEEN_MS;
    while (performance.now() < seen);
  }

  /** Lets go of all values: references are good until the code goes on. */
  release(): void {
    this.#values = new FrameValues(this.#runtime);
  }
}

/** @param runtime Global names that are not the user's. */
export function createDebugAgent(cells: RememberedCells, runtime: readonly string[]): DebugAgent {
  return new DebugAgent(cells, runtime);
}
