import type { NotebookCell } from 'vscode';
import type { Question } from './input.ts';

/** A run as another window has begun it. */
export interface EarlierRun extends WaitingRun {
  readonly startTime: number;
  /** True if its request was answered: outputs may still come. */
  readonly isEnded: boolean;
  /** What it waits for to be told. */
  readonly question: Question | undefined;
}

/** One that another window has yet to begin, if it is still there: it may linger for hours when only its page was closed. */
export interface WaitingRun {
  /** Of the message. */
  readonly id: string;
  readonly cell: NotebookCell;
}
