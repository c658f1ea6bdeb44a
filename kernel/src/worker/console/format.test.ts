import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { format } from 'node:util';
import { formatLine } from './format.ts';

describe('formatLine gives what util.format gives', () => {
  const cases: readonly (readonly unknown[])[] = [
    [],
    [''],
    ['line', 1],
    ['100%'],
    ['100%', 'x'],
    ['%s is %d years, %i, %f, %j, %o %O %% %c.', 'Ada', 36.5, 36.5, '1.5', { a: 1 }, [1], { b: 2 }, 'css', 'rest'],
    [1, '%s', 2],
    [-0, 0, Number.NaN, Number.POSITIVE_INFINITY, 1e21],
    [null, undefined, true, false],
    [10n, Symbol('s')],
    [{ a: { b: { c: { d: 1 } } } }, [1, 'x'], new Map([[1, 2]])],
    ['a', 'b\nc', 'it’s 😀'],
    [new Date(0), /x/, () => 1, class A {}],
    [new Error('no').message, Object.assign(new Error('e'), { stack: 'Error: e' })],
  ];
  for (const args of cases) test(format(...args), () => assert.equal(formatLine(args), format(...args)));
});
