import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PIECE, streamContent } from './stream-content.ts';

const long = 'a line without anything special — é, 漢字, 😀. '.repeat(1000);

function check(text: string): void {
  const content = Buffer.from(streamContent('stderr', text)).toString();
  assert.equal(content.trimStart(), JSON.stringify({ name: 'stderr', text }));
}

test('a text without anything to be escaped is as JSON.stringify has it', () => {
  for (let length = long.length - 8; length <= long.length; length += 1) check(long.slice(0, length).toWellFormed());
  check('x'.repeat(PIECE));
});

test('one character to be escaped is found wherever it stands', () => {
  for (const special of ['"', '\\', '\n', '\u0000', '\u001f', '\u007f', '\ud800']) {
    for (let at = 0; at < 9; at += 1) {
      check(`${'x'.repeat(at)}${special}${long}`);
      check(`${long}${special}${'x'.repeat(at)}`);
    }
  }
});

test('what an earlier text left behind is not in a later one', () => {
  check(`${'y'.repeat(8000)}"\n`);
  check('x'.repeat(5001));
  check('x'.repeat(5000));
});
