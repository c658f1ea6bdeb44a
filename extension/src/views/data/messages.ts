/** What the page of a data view and the window say to each other. */
import type { TablePage, TableQuery } from '../table.ts';

export type FromPage =
  /** It was loaded, for the first time or again. */
  | { readonly type: 'ready' }
  | { readonly type: 'rows'; readonly id: number; readonly query: TableQuery }
  | { readonly type: 'copy'; readonly text: string };

export type ToPage =
  | { readonly type: 'table'; readonly name: string }
  | { readonly type: 'rows'; readonly id: number; readonly page: TablePage }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  /** The table may be another one now. */
  | { readonly type: 'changed' };

/** What a data view remembers while it is hidden, and over a reload of the window. */
export interface SavedView {
  readonly notebook: string;
  readonly name: string;
  readonly subject: unknown;
}
