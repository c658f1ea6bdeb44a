import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import type { EncodedJson, ExecuteCommand } from '../link.ts';

/** Takes what code shows, in the place of its cell. False: it has no place for such a message. */
export type Sink = (msgType: string, content: Record<string, unknown>) => boolean;

/** A cell from its command to its answer, and after it as the one to which late output is credited. */
export class RunningCell {
  readonly command: ExecuteCommand;
  /** Names that it declares at its top level. */
  declared: readonly string[] = [];
  /** Payloads of its reply. */
  readonly payload: Record<string, unknown>[] = [];
  /** Processes that it has started and that run. */
  readonly children = new Set<ChildProcess>();
  /** Called when its code has ended. */
  ended: (() => void) | undefined;
  /** The answer has gone out: nothing that still happens changes it. */
  answered = false;
  /** Where its code shows what it shows; absent: below the cell. */
  sink: Sink | undefined;

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
  const cell = new RunningCell(noCommand(parent));
  cell.answered = true;
  context.run(cell, action);
}

function noCommand(parent: EncodedJson): ExecuteCommand {
  return {
    op: 'execute',
    id: 0,
    parent,
    code: '',
    count: 0,
    silent: true,
    storeHistory: false,
    allowStdin: false,
    userExpressions: {},
  };
}

/** Runs code whose output, also when it comes late, goes into `sink`. */
export function runInto<Result>(sink: Sink, action: () => Result): Result {
  const cell = new RunningCell(currentCell()?.command ?? noCommand(Buffer.from('{}')));
  cell.answered = true;
  cell.sink = sink;
  return context.run(cell, action);
}

/** The cell that caused what runs now; where that is not known, the one that was started last. */
export function currentCell(): RunningCell | undefined {
  return context.getStore() ?? latest;
}
