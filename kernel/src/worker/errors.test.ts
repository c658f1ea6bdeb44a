import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorFormatter } from './errors.ts';

const errors = new ErrorFormatter();
errors.cells.remember('In[3]', { code: '', position: (line, column) => ({ line: line + 10, column }) });

test('frames of cells have the places of the source', () => {
  const stack = ['Error', '    at read (In[3]:1:2)', '    at async In[3]:2:4', '    at async read (In[3]:3:5)'].join(
    '\n',
  );
  assert.deepEqual(errors.frames(stack), ['at read (In[3]:11:2)', 'at async In[3]:12:4', 'at async read (In[3]:13:5)']);
});

test('frames of the kernel, of packages and of Node are left out', () => {
  const own = new URL('packages/packages.ts', import.meta.url).href;
  const stack = [
    'Error',
    `    at install (${own}:1:2)`,
    `    at async ${own}:178:51`,
    '    at async Object.import (node:internal/modules:1:1)',
    '    at pick (/home/ada/node_modules/pick/index.js:1:1)',
    '    at async file:///home/ada/table.ts:7:1',
  ].join('\n');
  assert.deepEqual(errors.frames(stack), ['at async /home/ada/table.ts:7:1']);
});
