import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotebookError, parseNotebook } from './read.ts';

function notebook(cells: unknown, more: object = {}): string {
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells, ...more });
}

test('lists of lines become text, in sources, streams and mime bundles', () => {
  const outputs = [
    { output_type: 'stream', name: 'stdout', text: ['a\n', 'b'] },
    { output_type: 'display_data', data: { 'text/html': ['<b>', 'x'], 'application/json': ['x'] }, metadata: {} },
  ];
  const [cell] = parseNotebook(notebook([{ cell_type: 'code', id: 'x', source: ['1\n', '2'], outputs }]), 'n').cells;
  assert.ok(cell?.cell_type === 'code');
  assert.equal(cell.source, '1\n2');
  assert.deepEqual(cell.outputs[0], { output_type: 'stream', name: 'stdout', text: 'a\nb' });
  assert.deepEqual(cell.outputs[1], {
    output_type: 'display_data',
    data: { 'text/html': '<b>x', 'application/json': ['x'] },
    metadata: {},
  });
});

test('unknown fields of the notebook and of its cells are kept', () => {
  const read = parseNotebook(notebook([{ cell_type: 'raw', id: 'x', source: '', mine: 1 }], { ours: [2] }), 'n');
  assert.deepEqual(read.ours, [2]);
  assert.equal(read.cells[0]?.mine, 1);
});

test('cells without an id, or with one that is taken, get one, the same on every reading', () => {
  const cells = [
    { cell_type: 'code', source: 'a' },
    { cell_type: 'code', source: 'a', id: 'same' },
    { cell_type: 'code', source: 'a', id: 'same' },
    { cell_type: 'code', source: 'a', id: 'not allowed!' },
  ];
  const ids = () => parseNotebook(notebook(cells, { nbformat_minor: 2 }), 'n').cells.map((cell) => cell.id);
  assert.equal(new Set(ids()).size, 4);
  assert.ok(ids().every((id) => /^[\w-]{1,64}$/.test(id)));
  assert.equal(ids()[1], 'same');
  assert.deepEqual(ids(), ids());
});

test('nbformat 4.0 to 4.4 become 4.5; a newer minor stays', () => {
  assert.equal(parseNotebook(notebook([], { nbformat_minor: 0 }), 'n').nbformat_minor, 5);
  assert.equal(parseNotebook(notebook([], { nbformat_minor: 6 }), 'n').nbformat_minor, 6);
});

test('nbformat 3 is upgraded: worksheets, headings, prompt numbers, pyout and pyerr', () => {
  const cells = [
    { cell_type: 'heading', level: 2, source: ['Title'] },
    {
      cell_type: 'code',
      input: ['1 +\n', '1'],
      prompt_number: 7,
      collapsed: true,
      language: 'python',
      outputs: [
        { output_type: 'pyout', prompt_number: 7, text: ['2'], html: '<b>2</b>', metadata: {} },
        { output_type: 'stream', stream: 'stderr', text: 'w' },
        { output_type: 'pyerr', ename: 'E', evalue: 'v', traceback: ['t'] },
        { output_type: 'display_data', png: 'AAAA', json: '{"a":1}' },
      ],
    },
  ];
  const text = JSON.stringify({ nbformat: 3, nbformat_minor: 0, metadata: { name: 'x' }, worksheets: [{ cells }] });
  const [title, code] = parseNotebook(text, 'n').cells;
  assert.equal(title?.cell_type, 'markdown');
  assert.equal(title?.source, '## Title');
  assert.ok(code?.cell_type === 'code');
  assert.equal(code.source, '1 +\n1');
  assert.equal(code.execution_count, 7);
  assert.deepEqual(code.metadata, { collapsed: true });
  assert.deepEqual(code.outputs, [
    {
      output_type: 'execute_result',
      execution_count: 7,
      data: { 'text/plain': '2', 'text/html': '<b>2</b>' },
      metadata: {},
    },
    { output_type: 'stream', name: 'stderr', text: 'w' },
    { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
    { output_type: 'display_data', data: { 'image/png': 'AAAA', 'application/json': { a: 1 } }, metadata: {} },
  ]);
});

const broken: [what: string, text: string, reason: RegExp][] = [
  ['an empty file', ' \n', /n\.ipynb: is empty/],
  ['no JSON', '{"cells": [}', /is not JSON, so no notebook \(Unexpected/],
  ['a merge conflict', '{\n<<<<<<< HEAD\n', /conflict markers/],
  ['a list', '[]', /a JSON object is expected/],
  ['no nbformat', '{}', /has no nbformat/],
  ['nbformat 2', '{"nbformat": 2}', /nbconvert/],
  ['nbformat 5', '{"nbformat": 5}', /newer than the 4/],
  ['cells that are no list', notebook({}), /'cells' is not a list/],
  ['a cell that is none', notebook(['x']), /cell 1: is not an object/],
  [
    'an unknown cell',
    notebook([
      { cell_type: 'raw', source: '' },
      { cell_type: 'sql', source: '' },
    ]),
    /cell 2: .*"sql"/,
  ],
  ['a source that is a number', notebook([{ cell_type: 'code', source: 1 }]), /cell 1: 'source'/],
  [
    'an unknown output',
    notebook([{ cell_type: 'code', source: '', outputs: [{ output_type: 'pyout' }] }]),
    /cell 1: output 1: .*"pyout"/,
  ],
];

for (const [what, text, reason] of broken) {
  test(`a notebook with ${what} is refused with the place in it`, () => {
    assert.throws(
      () => parseNotebook(text, 'n.ipynb'),
      (error) => {
        assert.ok(error instanceof NotebookError);
        assert.equal(error.code, 'ERR_NOTEBOOK');
        assert.match(error.message, reason);
        return true;
      },
    );
  });
}
