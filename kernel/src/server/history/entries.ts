import type { ContentOf } from '@elara/protocol/message';

/** One cell of this session, to be kept. */
export interface HistoryLine {
  /** Number of the cell: `In[n]`. */
  readonly line: number;
  readonly source: string;
  /** Text of its result; null where it had none. */
  readonly output: string | null;
}

/** Which cells are wanted. Spec: messaging, "History". */
export type HistoryQuery = ContentOf<'history_request'>;

/** Session, cell number, and the source, or source and output. */
export type HistoryEntry = [session: number, line: number, cell: string | [source: string, output: string | null]];
