import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScript } from './script.ts';

test('a script without markers is one cell', () => {
  const { notebook, firstLines } = parseScript('#!/usr/bin/env node\n\nconst a = 1;\na\n', 'typescript');
  assert.equal(notebook.cells.length, 1);
  const [cell] = notebook.cells;
  assert.ok(cell);
  assert.equal(cell.source, 'const a = 1;\na');
  assert.equal(firstLines.get(cell), 3);
  assert.equal(notebook.metadata.kernelspec?.name, 'typescript');
});

test('cells begin at `// %%` lines, and know on which line of the file', () => {
  const text =
    'import "x";\n// %% First\n\n1\n\n// %%\n// %% [markdown]\n// # Title\n// text\n// %% tags=["parameters", "x"]\nlet n = 1;';
  const { notebook, firstLines } = parseScript(text, 'javascript');
  assert.deepEqual(
    notebook.cells.map((cell) => [cell.cell_type, cell.source, cell.metadata, firstLines.get(cell)]),
    [
      ['code', 'import "x";', {}, 1],
      ['code', '1', { title: 'First' }, 4],
      ['markdown', '# Title\ntext', {}, 8],
      ['code', 'let n = 1;', { tags: ['parameters', 'x'] }, 11],
    ],
  );
});

test('Windows line ends and a byte order mark are no part of the code', () => {
  const { notebook } = parseScript('\uFEFFconst a = 1;\r\na\r\n', 'typescript');
  assert.equal(notebook.cells[0]?.source, 'const a = 1;\na');
});
