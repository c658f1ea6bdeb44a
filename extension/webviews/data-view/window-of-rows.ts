/** Which rows are seen: browsers have no room for the height of very long tables, so the bar is for a share of it then. */

export const ROW_HEIGHT = 24;
/** Pixels of what is scrolled. */
const MAX_HEIGHT = 10_000_000;

export interface Heights {
  readonly rows: number;
  /** Of what is seen of the rows. */
  readonly viewport: number;
}

export function scrolledHeight({ rows }: Heights): number {
  return Math.min(rows * ROW_HEIGHT, MAX_HEIGHT);
}

export function isScaled({ rows }: Heights): boolean {
  return rows * ROW_HEIGHT > MAX_HEIGHT;
}

/** Rows that can be above the first one that is seen. */
function most({ rows, viewport }: Heights): number {
  return Math.max(0, rows - viewport / ROW_HEIGHT);
}

/** The first row that is seen, which may be cut. */
export function firstRow(heights: Heights, scrollTop: number): number {
  if (!isScaled(heights)) return scrollTop / ROW_HEIGHT;
  return (scrollTop / (MAX_HEIGHT - heights.viewport)) * most(heights);
}

/** Where to scroll, so that this row is the first one. */
export function scrollTopFor(heights: Heights, first: number): number {
  const row = Math.min(Math.max(0, first), most(heights));
  if (!isScaled(heights)) return row * ROW_HEIGHT;
  return (row / most(heights)) * (MAX_HEIGHT - heights.viewport);
}
