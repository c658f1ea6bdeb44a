import { Range } from 'vscode';
import type { Extent } from './types-comm.ts';

/** A part of a text as VS Code counts: from 0. */
export function rangeOf({ start, end }: Extent): Range {
  return new Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
}
