import type { NotebookCell } from 'vscode';
import type { Question } from './input.ts';

/** A run as another window has begun it. */
export interface EarlierRun {
  /** Of the message. */
  readonly id: string;
  readonly cell: NotebookCell;
  readonly startTime: number;
  /** True if its request was answered: outputs may still come. */
  readonly isEnded: boolean;
  /** What it waits for to be told. */
  readonly question: Question | undefined;
}
