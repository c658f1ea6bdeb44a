/** Tables of whatever origin, as what shows them reads them. */

/** In place of the value of a cell: the row has no such property. */
export const ABSENT = Symbol('absent');
/** In place of the value of a cell: it is behind a getter, which showing does not run. */
export const GETTER = Symbol('getter');

export interface Column {
  readonly title: string;
  /** The type that the data itself declares; without one it is seen from the values. */
  readonly type?: string;
  /** A value, {@link ABSENT} or {@link GETTER}. */
  value(row: number): unknown;
}

export interface Table {
  /** Header of the column of row names. */
  readonly corner: string;
  readonly rowCount: number;
  /** How many rows, from the first, can be read; the others are but counted. */
  readonly readable: number;
  rowName(row: number): string;
  /** The columns of these rows, in order of appearance. */
  columns(rows: readonly number[]): readonly Column[];
}

/** Rows from the first that are looked at, and shown if there is room. */
const FIRST = 200;
/** Rows from the last. */
const LAST = 25;
/** Rows between them, at even distances, that are looked at: for columns and types that begin late. */
const BETWEEN = 200;

/** The rows of a table that are looked at to know what it is: all of a small one, the same number of any large one. */
export function sampledRows(readable: number): number[] {
  const indices = (length: number, at: (index: number) => number): number[] => Array.from({ length }, (_, i) => at(i));
  if (readable <= FIRST + BETWEEN + LAST) return indices(readable, (i) => i);
  const step = (readable - FIRST - LAST) / BETWEEN;
  return [
    ...indices(FIRST, (i) => i),
    ...indices(BETWEEN, (i) => FIRST + Math.floor(i * step)),
    ...indices(LAST, (i) => readable - LAST + i),
  ];
}
