import { AsyncLocalStorage } from 'node:async_hooks';
import type { EncodedJson, ExecuteCommand } from '../link.ts';

/** A cell from its command to its answer, and after it as the one to which late output is credited. */
export class RunningCell {
  readonly command: ExecuteCommand;
  /** Names that it declares at its top level. */
  declared: readonly string[] = [];
  /** Payloads of its reply. */
  readonly payload: Record<string, unknown>[] = [];
  /** Called when its code has ended. */
  ended: (() => void) | undefined;
  /** The answer has gone out: nothing that still happens changes it. */
  answered = false;

  constructor(command: ExecuteCommand) {
    this.command = command;
  }
}

/** The cell in whose asynchronous context the code runs that asks. */
const context = new AsyncLocalStorage<RunningCell>();
let latest: RunningCell | undefined;

export function runInCell(cell: RunningCell, action: () => void): void {
  latest = cell;
  context.run(cell, action);
}

/** Runs code that no cell runs, a handler of a comm: its output is credited to `parent`, as late output is to its cell. */
export function runForMessage(parent: EncodedJson, action: () => void): void {
  const cell = new RunningCell({
    op: 'execute',
    id: 0,
    parent,
    code: '',
    count: 0,
    silent: true,
    storeHistory: false,
    allowStdin: false,
    userExpressions: {},
  });
  cell.answered = true;
  context.run(cell, action);
}

/** The cell that caused what runs now; where that is not known, the one that was started last. */
export function currentCell(): RunningCell | undefined {
  return context.getStore() ?? latest;
}
