/** Tables as kernels give them, page by page: see docs/variables.md, `inspectTable`. Of the window and of the data view. */

export const OPERATORS = ['contains', '=', '!=', '<', '<=', '>', '>='] as const;

export interface TableFilter {
  /** Number of the column; undefined: any of them. */
  readonly column?: number;
  readonly operator: (typeof OPERATORS)[number];
  readonly value: string;
}

export interface TableSort {
  readonly column: number;
  readonly descending: boolean;
}

export interface TableQuery {
  readonly start: number;
  readonly count: number;
  readonly sort?: TableSort;
  readonly filters: readonly TableFilter[];
  /** Looks at the rows anew: else their order may be that of an earlier page. */
  readonly fresh: boolean;
}

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly numeric: boolean;
}

/** A text, or what stands where there is no value. */
export type TableCell = string | { readonly none: string };

export interface TableRow {
  /** Where it stands in the table itself. */
  readonly index: number;
  readonly cells: readonly TableCell[];
}

export interface TablePage {
  readonly total: number;
  /** Rows that pass the filters. */
  readonly matched: number;
  readonly columns: readonly TableColumn[];
  /** How many columns there are; those given are the first. */
  readonly columnTotal: number;
  readonly start: number;
  readonly rows: readonly TableRow[];
}
