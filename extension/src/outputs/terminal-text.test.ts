import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TerminalText } from './terminal-text.ts';

/** What a terminal shows of the chunks, and what was said to have been appended after each. */
function shown(...chunks: string[]): { text: string; appended: (string | undefined)[] } {
  const terminal = new TerminalText();
  let settled = '';
  const appended = chunks.map((chunk) => {
    terminal.write(chunk);
    settled += terminal.takeSettled();
    return terminal.takeAppended();
  });
  return { text: settled + terminal.live, appended };
}

test('text is appended', () => {
  assert.deepEqual(shown('one\ntw', 'o\n', 'three'), {
    text: 'one\ntwo\nthree',
    appended: ['one\ntw', 'o\n', 'three'],
  });
});

test('a carriage return begins the line anew', () => {
  assert.deepEqual(shown(' 10 %', '\r 20 %', '\r100 %\n', 'done'), {
    text: '100 %\ndone',
    appended: [' 10 %', undefined, undefined, 'done'],
  });
  assert.equal(shown('long line\rshort').text, 'shortline');
  assert.equal(shown('long line\r\x1b[Kshort').text, 'short');
});

test('lines that end as on Windows are only appended, wherever chunks end', () => {
  assert.deepEqual(shown('a\r\nb\r', '\nc\r\n'), { text: 'a\nb\nc\n', appended: ['a\nb', '\nc\n'] });
});

test('a backspace goes back', () => {
  assert.equal(shown('|\b/\b-').text, '-');
  assert.equal(shown('ab\b\b\b\bc').text, 'cb');
});

test('bars above each other are redrawn where they are', () => {
  const { text } = shown('first 0\nsecond 0\n', '\x1b[2A\rfirst 1\n', '\rsecond 1\n', 'end');
  assert.equal(text, 'first 1\nsecond 1\nend');
});

test('the cursor goes no farther up than a terminal is high', () => {
  const lines = Array.from({ length: 200 }, (_, index) => `${index}\n`).join('');
  const { text } = shown(lines, '\x1b[500AX');
  assert.equal(text.split('\n')[151], 'X51');
});

test('colours are kept, also of what is partly written over', () => {
  assert.deepEqual(shown('\x1b[31mred\x1b[0m plain'), {
    text: '\x1b[31mred\x1b[0m plain',
    appended: ['\x1b[31mred\x1b[0m plain'],
  });
  assert.equal(shown('\x1b[31mredder\x1b[0m', '\r\x1b[1;32mok').text, '\x1b[1;32mok\x1b[0;31mdder\x1b[0;1;32m');
  assert.equal(shown('\x1b[31mred\n', 'still', '\r\x1b[Kx').text, '\x1b[31mred\nx');
});

test('a sequence that is cut by the end of a chunk is one', () => {
  assert.deepEqual(shown('a\x1b', '[3', '1mb'), { text: 'a\x1b[31mb', appended: ['a', '', '\x1b[31mb'] });
  assert.equal(shown('a\x1b]0;ti', 'tle\x07b').text, 'ab');
});

test('what shows nothing is left out', () => {
  assert.equal(shown('\x1b[?25lhidden cursor\x1b[?25h\x07').text, 'hidden cursor');
  assert.equal(shown('\x1b]8;;https://a.example/\x1b\\link\x1b]8;;\x1b\\').text, 'link');
});

test('the screen is erased', () => {
  assert.equal(shown('a\nb\n', '\x1b[1;1H\x1b[0Jc').text, 'c');
  assert.equal(shown('a\nb\n', '\x1b[2Jc').text, 'c');
});

test('characters outside of the basic plane are one column', () => {
  assert.equal(shown('😀😀\rx').text, 'x😀');
});

test('a very long line ends where it would be written over', () => {
  assert.equal(shown('x'.repeat(1e6), '\ry').text, `${'x'.repeat(1e6)}\ny`);
});

test('100,000 lines', () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index}\n`).join('');
  assert.equal(shown(lines).text, lines);
});
