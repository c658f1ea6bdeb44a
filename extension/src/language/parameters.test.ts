import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openCall } from './open-call.ts';
import { parametersOf } from './parameters.ts';

/** The parameter that the cursor is at, where the mark ¦ is, as the signature has it. */
function active(signature: string, marked: string, language = 'python'): string | undefined {
  const call = openCall(marked.replace('¦', ''), marked.indexOf('¦'), language);
  const { places, active } = parametersOf(signature, call?.written ?? [], language);
  const place = active === undefined ? undefined : places[active];
  return place && signature.slice(...place);
}

function parameters(signature: string, language = 'python'): string[] {
  return parametersOf(signature, [''], language).places.map((place) => signature.slice(...place));
}

suite('the parameters of a signature', () => {
  const cases: readonly (readonly [signature: string, parameters: readonly string[], language?: string])[] = [
    ['f()', []],
    ['f', []],
    ['f(a, b=2)', ['a', 'b=2']],
    ['f( a , b )', ['a', 'b']],
    ['f(a, b,)', ['a', 'b']],
    [
      'f(a: dict[str, int] = {"(": 1}, *, b: tuple = (1, 2)) -> list[int]',
      ['a: dict[str, int] = {"(": 1}', 'b: tuple = (1, 2)'],
    ],
    ['f(a, /, b, *rest, key, **options)', ['a', 'b', '*rest', 'key', '**options']],
    ['mean(x, ...)', ['x', '...'], 'R'],
    ['f(x, rest...)', ['x', 'rest...'], 'julia'],
  ];
  for (const [signature, expected, language] of cases) {
    test(`${signature}${language ? ` in ${language}` : ''}`, () => {
      assert.deepEqual(parameters(signature, language), expected);
    });
  }
});

suite('the parameter that the cursor is at', () => {
  const signature = 'f(a, b=2, *rest, key=None, **options)';
  const cases: readonly (readonly [
    marked: string,
    parameter: string | undefined,
    signature?: string,
    language?: string,
  ])[] = [
    ['f(¦', 'a'],
    ['f(1¦', 'a'],
    ['f(1, ¦', 'b=2'],
    ['f("1, (", [1, 2], ¦', '*rest'],
    ['f(1, 2, 3, 4, ¦', '*rest'],
    ['f(1, ¦2, 3)', 'b=2'],
    // By name.
    ['f(1, key=¦', 'key=None'],
    ['f(b = ¦', 'b=2'],
    ['f(other=1, more=¦', '**options'],
    ['f(1, key == ¦', 'b=2'],
    // A call inside is another call.
    ['f(1, g(2, 3), ¦', '*rest'],
    // What there is none for.
    ['f(1, ¦', undefined, 'f(a)'],
    ['f(¦', undefined, 'f()'],
    ['f(c=¦', undefined, 'f(a)'],
    ['f(1, ¦', undefined, 'f(a, *, key)'],
    ['f(1, ¦', 'b', 'f(a, /, b)'],
    ['mean(1, 2, ¦', '...', 'mean(x, ...)', 'R'],
  ];
  for (const [marked, parameter, of = signature, language] of cases) {
    test(`${marked} of ${of}: ${parameter ?? 'none'}`, () => assert.equal(active(of, marked, language), parameter));
  }
});
