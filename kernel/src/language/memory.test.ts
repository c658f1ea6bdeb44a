import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CellRewriter } from './index.ts';

/** Bytes of heap in use after a full collection. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  assert.ok(typeof collect === 'function');
  collect();
  return process.memoryUsage().heapUsed;
}

const CELL = `import { sep } from 'node:path'
interface Row { a: number }
const rows: Row[] = [{ a: 1 }]
function first(): Row | undefined { return rows[0] }
for (var i = 0; i < 3; i++) first()
rows = []
first()?.a as number`;

test('10,000 cells leave nothing but their names', () => {
  const rewriter = new CellRewriter();
  const run = (count: number): void => {
    for (let number = 0; number < count; number += 1) rewriter.rewrite({ name: `In[${number}]`, code: CELL });
  };
  run(1_000);
  const before = heapUsed();
  run(10_000);
  const grown = heapUsed() - before;
  assert.ok(grown < 1_000_000, `grew by ${grown} bytes`);
});
