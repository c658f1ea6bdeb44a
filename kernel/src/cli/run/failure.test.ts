import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFailure, lineOfTraceback } from './failure.ts';

test('the line of a cell is found in tracebacks of many kernels', () => {
  assert.equal(lineOfTraceback(['TypeError: x', '    at f (In[2]:9:1)', '    at In[3]:4:7'], 3), 4);
  assert.equal(lineOfTraceback(['\x1b[36mCell\x1b[39m \x1b[32mIn[6]\x1b[39m\x1b[32m, line 4\x1b[39m'], 6), 4);
  assert.equal(lineOfTraceback(['<ipython-input-1-abc> in <module>', '      1 a', '----> 2 b'], 1), 2);
  assert.equal(lineOfTraceback(['Stack trace:', '    at <anonymous>:3:7'], 1), 3);
  assert.equal(lineOfTraceback(['no frames'], 1), undefined);
});

test('a failure tells notebook, cell, line and traceback', () => {
  const failure = {
    cell: 4,
    count: 3,
    line: 2,
    ename: 'TypeError',
    evalue: 'no\nmore',
    traceback: ['TypeError: no', ' at In[3]:2:1'],
  };
  assert.equal(
    describeFailure('n.ipynb', failure),
    'n.ipynb: cell 4 (In[3]), line 2: TypeError: no\n  TypeError: no\n   at In[3]:2:1',
  );
});

test('a failure of a script tells the line of the file', () => {
  const failure = { cell: 2, count: 2, line: 3, ename: 'E', evalue: '', traceback: [] };
  assert.equal(describeFailure('s.ts', failure, 10), 's.ts:12: cell 2 (In[2]), line 3: E');
});
