import assert from 'node:assert/strict';
import { test } from 'node:test';
import { continues } from './piped.ts';

test('a line that goes on with the one above is not run apart from it', () => {
  for (const line of ['  .map(f)', '.map(f)', '}', ') => 1', 'else {', '+ 1', '? a : b', '&& c'])
    assert.ok(continues(line), line);
});

test('a line that begins something does not', () => {
  for (const line of ['x', '?name', '', '  ', '// note', '-1', '%time', '`a`', '[1]', 'elsewhere']) {
    assert.ok(!continues(line), line);
  }
});
