import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOfRun, type RunCell } from './cell-place.ts';

/** `fox`, declared in line 2 of a cell. */
const RUN: RunCell = {
  id: 'a',
  count: 3,
  line: 'const fox = 1;',
  start: { line: 2, column: 7 },
  end: { line: 2, column: 10 },
};
const { id: _, ...WITHOUT_ID } = RUN;

function cell(id: string | undefined, count: number | undefined, text: string) {
  return { id, count, lines: text.split('\n') };
}

/** `id line:column-column` */
function found(run: RunCell, ...cells: ReturnType<typeof cell>[]): string | undefined {
  const place = placeOfRun(cells, run);
  if (place === undefined) return undefined;
  const { start, end } = place.extent;
  assert.equal(start.line, end.line);
  return `${place.cell.id} ${start.line}:${start.column}-${end.column}`;
}

test('a cell is found by its id, wherever it stands and whatever ran since', () => {
  const other = cell('b', 3, '\nconst fox = 1;');
  assert.equal(found(RUN, other, cell('a', 9, '// A fox\nconst fox = 1;')), 'a 2:7-10');
  assert.equal(found(RUN, cell('a', undefined, '// A fox\nconst fox = 1;'), other), 'a 2:7-10');
});

test('without an id, by its count, if it is the same code', () => {
  const cells = [cell(undefined, 2, '\nconst fox = 1;'), cell('b', 3, '\nconst fox = 1;')];
  assert.equal(found(WITHOUT_ID, ...cells), 'b 2:7-10');
  assert.equal(found(RUN, ...cells), 'b 2:7-10', 'the notebook was saved with other ids');
  // Counts begin anew with each kernel.
  assert.equal(found(WITHOUT_ID, cell('b', 3, 'something else')), undefined);
});

test('a cell that is gone', () => {
  assert.equal(found(RUN), undefined);
  assert.equal(found(RUN, cell('b', 4, '\nconst fox = 1;')), undefined);
});

test('in a cell that was changed since it ran, the line is found, the nearest of several', () => {
  assert.equal(found(RUN, cell('a', 3, '\n\n\n\nconst fox = 1;')), 'a 5:7-10');
  assert.equal(found(RUN, cell('a', 3, 'const fox = 1;\n\n\n\nconst fox = 1;')), 'a 1:7-10');
});

test('in a line that was changed, the name is found, as a word', () => {
  assert.equal(found(RUN, cell('a', 3, '\nlet foxes, $fox, xfox, fox = 2')), 'a 2:24-27');
  assert.equal(found(RUN, cell('a', 3, 'fox;\n//\n//\n//\nfox')), 'a 1:1-4');
});

test('where nothing of it is left, the cell', () => {
  assert.equal(found(RUN, cell('a', 3, 'const foxes = 2')), 'a 1:1-1');
});
