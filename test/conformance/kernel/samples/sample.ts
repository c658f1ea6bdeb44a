/** Stands in the code of a sample where the cursor is. */
const CURSOR = '‸';

export interface CompletionSample {
  /** The cell that is being written, with the cursor in it. */
  readonly complete: string;
  /** Names that must be among the matches. */
  readonly has: readonly string[];
  /** Names that must not be. */
  readonly lacks?: readonly string[];
  /** What stands before the cursor and gives way to the match that is chosen. */
  readonly replaces: string;
}

export interface HoverSample {
  /** A cell, with the cursor in the name that is asked about. */
  readonly hover: string;
  /** What `text/plain` must hold; white space is of any length, quotes of either kind. */
  readonly shows: readonly string[];
}

export type Sample = CompletionSample | HoverSample;

/** Cells that are executed, and what is asked after them. */
export interface SampleNotebook {
  readonly title: string;
  readonly cells: readonly string[];
  readonly samples: readonly Sample[];
}

/** Code without the mark of the cursor, and where that was: a UTF-16 offset. */
export function atCursor(marked: string): { readonly code: string; readonly offset: number } {
  const offset = marked.indexOf(CURSOR);
  if (offset < 0 || marked.includes(CURSOR, offset + 1)) throw new Error(`not one cursor: ${marked}`);
  return { code: marked.replace(CURSOR, ''), offset };
}
