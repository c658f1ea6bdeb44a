import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { changedText, movedPlace, type TextChange } from './moved-place.ts';

const TEXT = 'first\n  second\nthird\n';

/** A change that puts a text in place of another one, which stands there once. */
function change(text: string, before: string, after: string): TextChange {
  return { rangeOffset: text.indexOf(before), rangeLength: before.length, text: after };
}

suite('the line of a breakpoint goes along with its text', () => {
  const cases: Readonly<Record<string, readonly [change: TextChange, line: number]>> = {
    'a line above': [{ rangeOffset: 0, rangeLength: 0, text: 'zeroth\n' }, 3],
    'two lines above': [change(TEXT, 'first\n', 'a\nb\nc\n'), 4],
    'a line above is gone': [change(TEXT, 'first\n', ''), 1],
    'Enter before its text': [change(TEXT, '  second', '  \n  second'), 2],
    'Enter where its text begins': [{ rangeOffset: 8, rangeLength: 0, text: '\n  ' }, 3],
    'Enter at the begin of its line': [{ rangeOffset: 6, rangeLength: 0, text: '\n' }, 3],
    'Enter within it': [{ rangeOffset: 10, rangeLength: 0, text: '\n' }, 2],
    'Enter behind it': [{ rangeOffset: 14, rangeLength: 0, text: '\n' }, 2],
    'what is below': [change(TEXT, 'third\n', ''), 2],
    'other text in it': [change(TEXT, 'cond', 'CO\nND'), 2],
    'joined with the line above': [change(TEXT, '\n  second', 'second'), 1],
    'gone, and others around it': [change(TEXT, 'rst\n  second\nth', ''), 1],
  };
  for (const [name, [one, line]] of Object.entries(cases)) {
    test(name, () => assert.deepEqual(movedPlace(TEXT, { line: 2 }, [one]), { line }));
  }
});

test('several changes, as VS Code tells them: from the end to the begin', () => {
  const changes = [change(TEXT, 'third', 'fourth'), { rangeOffset: 0, rangeLength: 0, text: 'a\nb\n' }];
  assert.equal(changedText(TEXT, changes), 'a\nb\nfirst\n  second\nfourth\n');
  assert.deepEqual(movedPlace(TEXT, { line: 3 }, changes), { line: 5 });
});

test('a column goes along, and all else that is said of the place is kept', () => {
  const place = { line: 2, column: 5, condition: 'a > 1' };
  const changes = [{ rangeOffset: 8, rangeLength: 0, text: 'the ' }];
  assert.deepEqual(movedPlace(TEXT, place, changes), { line: 2, column: 9, condition: 'a > 1' });
});

test('a place behind the end of the text', () => {
  assert.deepEqual(movedPlace('a', { line: 9 }, [{ rangeOffset: 0, rangeLength: 0, text: '\n' }]), { line: 2 });
});
