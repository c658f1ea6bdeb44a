import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionOf } from './completion-reply.ts';

test('what our kernel says of matches', () => {
  const content = {
    status: 'ok',
    matches: ['letters', 'later'],
    cursor_start: 4,
    cursor_end: 5,
    metadata: {
      _jupyter_types_experimental: [
        {
          text: 'letters',
          type: 'function',
          start: 4,
          end: 5,
          signature: '(word: string): number',
          detail: 'function letters(word: string): number',
          documentation: 'Counts.',
        },
      ],
    },
  };
  assert.deepEqual(completionOf('x = l', content), {
    matches: [
      {
        text: 'letters',
        type: 'function',
        signature: '(word: string): number',
        detail: 'function letters(word: string): number',
        documentation: 'Counts.',
      },
      { text: 'later', type: '', signature: '', detail: '', documentation: '' },
    ],
    start: 4,
    end: 5,
  });
});

test('positions of the wire are code points, those of VS Code UTF-16 units', () => {
  const { start, end } = completionOf("'🦊🦊'.le", { matches: ['length'], cursor_start: 5, cursor_end: 7 });
  assert.deepEqual([start, end], [7, 9]);
});

test('what ipykernel says: kinds of Jedi, of which one means that it is not known', () => {
  const types = [
    { start: 0, end: 2, text: 'print', type: 'function', signature: '(*values)' },
    { start: 0, end: 2, text: 'private', type: '<unknown>' },
    { start: 0, end: 2, text: '%precision', type: 'magic' },
  ];
  const content = {
    matches: types.map(({ text }) => text),
    cursor_start: 0,
    cursor_end: 2,
    metadata: { _jupyter_types_experimental: types },
  };
  assert.deepEqual(
    completionOf('pr', content).matches.map(({ text, type, signature }) => [text, type, signature]),
    [
      ['print', 'function', '(*values)'],
      ['private', '', ''],
      ['%precision', 'magic', ''],
    ],
  );
});

test('a reply with what does not belong there, or without what does', () => {
  assert.deepEqual(completionOf('abc', {}), { matches: [], start: 0, end: 3 });
  const odd = {
    matches: ['a', 1, null],
    cursor_start: '0',
    cursor_end: 99,
    metadata: { _jupyter_types_experimental: [null, 'a', { text: 'a', type: 7 }, { type: 'function' }] },
  };
  assert.deepEqual(completionOf('abc', odd), {
    matches: [{ text: 'a', type: '', signature: '', detail: '', documentation: '' }],
    start: 0,
    end: 3,
  });
  assert.deepEqual(completionOf('abc', { matches: ['a'], metadata: { _jupyter_types_experimental: {} } }).matches[0], {
    text: 'a',
    type: '',
    signature: '',
    detail: '',
    documentation: '',
  });
});
