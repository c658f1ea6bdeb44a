/** A grid as text of a bounded width, its columns aligned. */
import { shortened } from './cell.ts';
import { caption, type Grid, isNumeric } from './grid.ts';
import { stringWidth } from './string-width.ts';

/** Characters of a line. */
const MAX_WIDTH = 110;
/** Characters of one column. */
const MAX_CELL = 32;
/** Rows of a table that is shown whole. */
const MAX_ROWS = 20;
/** Rows from the first and from the last of one that is not. */
const FIRST = 10;
const LAST = 5;
const GAP = '  ';

interface TextColumn {
  readonly cells: readonly string[];
  readonly width: number;
  readonly right: boolean;
}

export function textTable(grid: Grid): string {
  const rows = [...grid.head, ...grid.tail];
  const whole = rows.length === grid.rowCount && rows.length <= MAX_ROWS;
  const first = whole ? rows : rows.slice(0, FIRST);
  const last = whole || rows.length < FIRST + LAST ? [] : rows.slice(-LAST);
  const shown = [...first, ...last];
  const names = column([grid.corner, '', ...shown.map(({ name }) => name)], true);
  const columns = [names];
  let width = names.width;
  for (const [index, of] of grid.columns.entries()) {
    const cells = [of.title, of.type, ...shown.map(({ cells }) => cells[index]?.text ?? '')];
    const next = column(cells, isNumeric(of));
    width += GAP.length + next.width;
    if (width > MAX_WIDTH) {
      columns.push(
        column(
          cells.map(() => '…'),
          false,
        ),
      );
      break;
    }
    columns.push(next);
  }
  const lines = names.cells.map((_, row) =>
    columns
      .map((each) => padded(each, row))
      .join(GAP)
      .trimEnd(),
  );
  if (!whole) lines.splice(2 + first.length, 0, '…');
  return [...lines, caption(grid)].join('\n');
}

function column(texts: readonly string[], right: boolean): TextColumn {
  const cells = texts.map((text) => shortened(text.replace(/\s+/g, ' '), MAX_CELL));
  return { cells, width: Math.max(...cells.map(stringWidth)), right };
}

function padded({ cells, width, right }: TextColumn, row: number): string {
  const text = cells[row] ?? '';
  const spaces = ' '.repeat(width - stringWidth(text));
  return right ? spaces + text : text + spaces;
}
