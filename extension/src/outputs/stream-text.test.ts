import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StreamText, shortened } from './stream-text.ts';

const LIMIT = 1_000_000;

/** A stream, and what it has handed over of its text. */
function stream(): { text: StreamText; whole: () => string } {
  let whole = '';
  const text = new StreamText({
    limit: LIMIT,
    overflow: (part) => {
      whole += part;
    },
  });
  return { text, whole: () => whole };
}

test('a text that grows is appended to', () => {
  const { text } = stream();
  assert.deepEqual(text.add('one\n'), { append: 'one\n' });
  assert.deepEqual(text.add('two'), { append: 'two' });
  assert.equal(text.text(), 'one\ntwo');
});

test('a progress bar takes the place of what it was', () => {
  const { text } = stream();
  text.add('begin\n 1 %');
  assert.deepEqual(text.add('\r99 %'), { replace: 'begin\n99 %' });
});

test('a text up to the limit is shown whole', () => {
  const { text, whole } = stream();
  for (let line = 0; line < 50_000; line++) text.add(`line ${line}\n`);
  assert.equal(text.isCut, false);
  assert.equal(text.text().split('\n').length, 50_001);
  assert.equal(whole(), '');
});

test('of a longer one its beginning and its end are shown, and all of it is handed over', () => {
  const { text, whole } = stream();
  let written = '';
  for (let line = 0; line < 300_000; line += 1000) {
    const part = Array.from({ length: 1000 }, (_, index) => `line ${line + index}\n`).join('');
    text.add(part);
    written += part;
  }
  const shown = text.text().split('\n');
  assert.equal(shown[0], 'line 0');
  assert.equal(shown.at(-2), 'line 299999');
  const [note] = shown.filter((line) => !/^line \d+$/.test(line) && line !== '');
  assert.match(note ?? '', /^… \d\.\d MB are left out here/);
  assert.ok(text.text().length < 300_000);
  assert.equal(whole(), written);
  assert.equal(text.length, written.length);
});

test('so it is with one endless line', () => {
  const { text, whole } = stream();
  text.add('a');
  for (let chunk = 0; chunk < 20; chunk++) text.add('x'.repeat(100_000));
  text.add('z');
  assert.match(text.text(), /^ax+\n… 1\.7 MB are left out here[^\n]*\nx+z$/);
  assert.equal(whole().length, 2_000_002);
});

test('a text that comes in one go is cut as well', () => {
  let whole = '';
  const limits = {
    limit: 1000,
    overflow: (text: string): void => {
      whole += text;
    },
  };
  assert.equal(shortened('short', limits), 'short');
  assert.equal(whole, '');
  const text = 'x'.repeat(1e6);
  assert.match(shortened(text, limits), /^x+\n… \d+ KB are left out here[^\n]*\nx+$/);
  assert.equal(whole, text);
});
