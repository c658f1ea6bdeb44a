import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlainText } from './bundle.ts';
import { html } from './displayable.ts';
import { mimeBundle } from './mime-bundle.ts';

test('data too large for a notebook is left out, and its text says so', () => {
  const large = 'x'.repeat(17 * 1024 * 1024);
  const notice = '[image/png of 17,825,792 characters, not shown: more than 16,777,216]';
  assert.deepEqual(withPlainText({ 'image/png': large, 'text/html': '<b>' }).data, {
    'text/html': '<b>',
    'text/plain': notice,
  });
  assert.deepEqual(withPlainText({ 'image/png': large, 'text/plain': 'a canvas' }).data, {
    'text/plain': `a canvas\n${notice}`,
  });
  assert.deepEqual(mimeBundle(html(large)), {
    data: { 'text/plain': notice.replace('image/png', 'text/html') },
    metadata: {},
  });
});
