import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { bufferOf } from './edit-buffer.ts';
import { tokenize } from './highlight.ts';
import { inColumns, type Layout, layOut } from './layout.ts';

function layout(text: string, cursor: number, more: { columns?: number; rows?: number; hint?: string[] } = {}): Layout {
  const { columns = 10, rows = 24, hint = [] } = more;
  const { lines, ...place } = layOut({
    buffer: bufferOf(text, cursor),
    tokens: tokenize(text, 'typescript'),
    prompt: '1: ',
    continuation: '.: ',
    promptColour: '\x1b[32m',
    hint,
    columns,
    rows,
  });
  return { lines: lines.map(stripVTControlCharacters), ...place };
}

test('prompts stand before the lines, and the cursor in them', () => {
  assert.deepEqual(layout('ab\ncd', 4), { lines: ['1: ab', '.: cd'], cursorRow: 1, cursorColumn: 4 });
  assert.deepEqual(layout('', 0), { lines: ['1: '], cursorRow: 0, cursorColumn: 3 });
});

test('a long line goes on in the next row; at its very end the cursor is there too', () => {
  assert.deepEqual(layout('abcdefghi', 9), { lines: ['1: abcdefg', 'hi'], cursorRow: 1, cursorColumn: 2 });
  assert.deepEqual(layout('abcdefg', 7), { lines: ['1: abcdefg', ''], cursorRow: 1, cursorColumn: 0 });
});

test('wide characters take two columns and are not cut', () => {
  assert.deepEqual(layout('abcdef漢', 7), { lines: ['1: abcdef', '漢'], cursorRow: 1, cursorColumn: 2 });
  assert.equal(layout('😀e\u0301', 4).cursorColumn, 6);
});

test('control characters move nothing', () => {
  assert.deepEqual(layout('\x1b[A\t', 4).lines, ['1: ^[[A  ']);
});

test('a text that is higher than the terminal is cut around the cursor, the hint below it', () => {
  const text = Array.from({ length: 20 }, (_, index) => `l${index}`).join('\n');
  const { lines, cursorRow } = layout(text, text.indexOf('l10'), { rows: 6, hint: ['h1', 'h2'] });
  assert.deepEqual(lines, ['.: l8', '.: l9', '.: l10', '.: l11', 'h1', 'h2']);
  assert.equal(cursorRow, 2);
});

test('every row ends its colour', () => {
  const { lines } = layOut({
    buffer: bufferOf('`a\nb`'),
    tokens: tokenize('`a\nb`', 'typescript'),
    prompt: '> ',
    continuation: '. ',
    promptColour: '',
    hint: [],
    columns: 20,
    rows: 5,
  });
  assert.deepEqual(lines, ['> \x1b[32m`a\x1b[0m', '. \x1b[32mb`\x1b[0m']);
});

test('names are set in columns, top to bottom, and what does not fit is counted', () => {
  assert.deepEqual(inColumns(['a', 'bb', 'c', 'd'], 10, 5), ['a   c', 'bb  d']);
  assert.deepEqual(inColumns(['a', 'b', 'c', 'd'], 5, 2), ['a', 'b', '… 2 more']);
  assert.deepEqual(inColumns([], 80, 5), []);
});
