import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLevel, LimitedWarnings, makeLog } from './log.ts';

test('messages below the level are not written, and the level can be changed', () => {
  const lines: string[] = [];
  const log = makeLog('warn', (line) => lines.push(line));
  log.debug('a');
  log.info('b');
  log.warn('c');
  log.level = 'debug';
  log.debug('d');
  assert.deepEqual(
    lines.map((line) => line.replace(/\d{4}-\S+Z/, 'TIME')),
    ['[elara W TIME] c\n', '[elara D TIME] d\n'],
  );
});

test('an error is written with its stack', () => {
  const lines: string[] = [];
  makeLog('error', (line) => lines.push(line)).error('it failed', new TypeError('because'));
  assert.match(lines[0] ?? '', /it failed: TypeError: because\n\s+at /);
});

test('levels', () => {
  assert.equal(isLevel('info'), true);
  assert.equal(isLevel('loud'), false);
});

test('of each kind of warning a few are written in a while, and the rest are counted', () => {
  const lines: string[] = [];
  const warnings = new LimitedWarnings(
    makeLog('warn', (line) => lines.push(line.replace(/^.*?\] /, '').trimEnd())),
    2,
    1000,
  );
  for (let index = 0; index < 5; index++) warnings.warn('kind', `message ${index}`, 10);
  warnings.warn('other', 'another kind', 10);
  warnings.warn('kind', 'later', 1010);
  assert.deepEqual(lines, [
    'message 0',
    'message 1',
    'kind: more such warnings are left out for a while',
    'another kind',
    'kind: 3 more such warnings were left out',
    'later',
  ]);
});
