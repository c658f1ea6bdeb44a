import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as edit from './edit-buffer.ts';

/** A buffer from a text with `|` where the cursor is, and back. */
function at(marked: string): edit.EditBuffer {
  const cursor = marked.indexOf('|');
  return edit.bufferOf(marked.slice(0, cursor) + marked.slice(cursor + 1), cursor);
}

function shown({ text, cursor }: edit.EditBuffer): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

test('text goes in at the cursor and takes it along', () => {
  assert.equal(shown(edit.insert(at('a|c'), 'b')), 'ab|c');
  assert.equal(shown(edit.replace(at('foo.ba|'), 4, 6, 'bar')), 'foo.bar|');
});

test('a character outside the basic plane, and one with what combines with it, is one step', () => {
  assert.equal(shown(edit.left(at('a😀|'))), 'a|😀');
  assert.equal(shown(edit.right(at('|e\u0301x'))), 'e\u0301|x');
  assert.equal(shown(edit.remove(at('👍🏽e\u0301|'), edit.left)), '👍🏽|');
  assert.equal(shown(edit.left(at('|a'))), '|a');
  assert.equal(shown(edit.right(at('a|'))), 'a|');
});

test('words are moved over and taken away', () => {
  assert.equal(shown(edit.wordLeft(at('foo.bar(| 1)'))), 'foo.|bar( 1)');
  assert.equal(shown(edit.wordRight(at('foo|.bar(1)'))), 'foo.bar|(1)');
  assert.equal(shown(edit.remove(at('let größe|'), edit.wordLeft)), 'let |');
  assert.equal(shown(edit.wordRight(at('a| ;'))), 'a ;|');
});

test('lines have a start and an end', () => {
  assert.equal(shown(edit.lineStart(at('ab\ncd|e'))), 'ab\n|cde');
  assert.equal(shown(edit.lineEnd(at('a|b\ncde'))), 'ab|\ncde');
  assert.equal(shown(edit.remove(at('ab|c\nd'), edit.lineRest)), 'ab|\nd');
  assert.equal(shown(edit.remove(at('ab|\nd'), edit.lineRest)), 'ab|d');
});

test('up and down keep the column as far as the line reaches, and end at the first and last line', () => {
  assert.deepEqual(edit.up(at('ab\ncdef|')), at('ab|\ncdef'));
  assert.deepEqual(edit.up(at('ab\ncd\ne|f')), at('ab\nc|d\nef'));
  assert.deepEqual(edit.down(at('abc|\nd\nefg')), at('abc\nd|\nefg'));
  assert.equal(edit.up(at('abc|\nd')), undefined);
  assert.equal(edit.down(at('abc\n|d')), undefined);
});

test('the cursor of the protocol counts code points', () => {
  assert.equal(edit.codePoints('a😀b'), 3);
  assert.equal(edit.fromCodePoints('a😀b', 2), 3);
  assert.equal(edit.fromCodePoints('a😀b', 9), 4);
});
