import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MARK } from '../../language/index.ts';
import { AGENT } from '../hook.ts';
import { conditionOf } from './conditions.ts';
import { Expressions } from './expressions.ts';

const expressions = new Expressions();
const of = (breakpoint: object): string => conditionOf(7, { line: 1, ...breakpoint }, expressions);

test('without a condition there is nothing to evaluate', () => {
  assert.equal(of({}), '');
  assert.equal(of({ condition: ' ', hitCondition: '', logMessage: '' }), '');
});

test('conditions have their types erased', () => {
  assert.match(of({ condition: 'x as number > 1' }), /^\(x\s+> 1\n\)$/);
});

test('hits count where the condition holds, and what is logged is logged last', () => {
  const parts = of({ condition: 'a', hitCondition: '>= 2', logMessage: 'm' }).split(' && ');
  assert.deepEqual(parts, ['(a\n)', `${AGENT}().hit(7) >= 2`, `${AGENT}().log("m")`]);
});

const HITS = { 5: '>= 5', '== 5': '=== 5', '=5': '=== 5', '===5': '=== 5', '<= 5': '<= 5', '%5': '% 5 === 0' };
for (const [hitCondition, compared] of Object.entries(HITS)) {
  test(`the hit condition ${hitCondition}`, () => {
    assert.equal(of({ hitCondition }), `${AGENT}().hit(7) ${compared}`);
  });
}

test('text and values of a log message in turn, with braces inside of both', () => {
  assert.equal(
    of({ logMessage: 'a {x}{({ b: 1 })} \\{"\\}' }),
    `${AGENT}().log("a ", (x\n), "", (({ b: 1 })\n), " {\\"}")`,
  );
});

for (const faulty of [
  { condition: 'if' },
  { condition: 'a; b' },
  { hitCondition: 'x' },
  { logMessage: '{a' },
  { logMessage: '{}' },
]) {
  test(`refused: ${JSON.stringify(faulty)}`, () => {
    assert.throws(() => of(faulty), { code: 'ERR_DEBUG' });
  });
}

test('a name that V8 keeps under another one', () => {
  const marked = new Expressions();
  marked.know([`process${MARK}`, 'other']);
  assert.equal(marked.expression('process + other'), `process${MARK} + other`);
});
