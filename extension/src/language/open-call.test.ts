import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openCall } from './open-call.ts';

/** What is called where the mark ¦ is: the text up to the end of its name. */
function called(marked: string, language = 'python'): string | undefined {
  const cursor = marked.indexOf('¦');
  const code = marked.replace('¦', '');
  const call = openCall(code, cursor, language);
  return call && (/[\w$.!]+$/.exec(code.slice(0, call.nameEnd)) ?? [])[0];
}

suite('the call that is open at the cursor', () => {
  const cases: readonly (readonly [marked: string, name: string | undefined, language?: string])[] = [
    ['print(¦', 'print'],
    ['print(1, ¦)', 'print'],
    ['print (¦', 'print'],
    ['a.b.c(¦', 'a.b.c'],
    ['print¦(1)', undefined],
    ['print(1)¦', undefined],
    ['print(1)\n¦', undefined],
    // Those that are closed are past.
    ['outer(inner(1), ¦', 'outer'],
    ['outer(inner(1, ¦', 'inner'],
    ['outer([inner(1), {"a": (2)}], ¦', 'outer'],
    ['outer(later(¦), last(1))', 'later'],
    // Parentheses that only hold something together, and brackets.
    ['outer((1 + ¦', 'outer'],
    ['outer([1, (2, ¦', 'outer'],
    ['if (a and (¦', undefined],
    ['outer(a if (¦', 'outer'],
    ['(¦', undefined],
    // What is called has no name.
    ['make(1)(¦', undefined],
    ['table[0](¦', undefined],
    // Declarations are no calls.
    ['def greet(¦', undefined],
    ['class Greeter(¦', undefined],
    ['undefined(¦', 'undefined'],
    // Texts and comments.
    ['outer("(", \')\', ¦', 'outer'],
    ['outer("a \\" (", ¦', 'outer'],
    ['outer("in(a text ¦', 'outer'],
    ['"in(a text ¦', undefined],
    ['# a note (\n¦', undefined],
    ['outer(1, # inner(\n ¦', 'outer'],
    ['"it\'s" + outer(¦', 'outer'],
    ['"""a (\n b( """ + outer(1)¦', undefined],
    ["'not ended (\nouter(¦", 'outer'],
    ['f"{inner(1)}(" + outer(¦', 'outer'],
    // A bracket that is missing inside does not matter outside.
    ['outer([1, 2) + 3¦', undefined],
    ['first(1))\nouter(¦', 'outer'],
    // Other languages.
    ['paste("a", # inner(\n ¦', 'paste', 'R'],
    ['function(x) mean(¦', 'mean', 'R'],
    ["transposed = A'; map(¦", 'map', 'julia'],
    ['map(#= f( =# ¦', 'map', 'julia'],
    ['push!(¦', 'push!', 'julia'],
    ['outer(1, // inner(\n ¦', 'outer', 'csharp'],
    ['outer(1, /* inner( */ ¦', 'outer', 'go'],
    ['while (outer(¦', 'outer', 'java'],
  ];
  for (const [marked, name, language] of cases) {
    test(`${JSON.stringify(marked)}${language ? ` in ${language}` : ''}: ${name ?? 'none'}`, () => {
      assert.equal(called(marked, language), name);
    });
  }
});

test('where the name ends, and what is written behind it', () => {
  assert.deepEqual(openCall('x = f  (1, ', 11, 'python'), { nameEnd: 5, written: ['1', ' '] });
  assert.deepEqual(openCall('🦊 = f(', 7, 'python'), { nameEnd: 6, written: [''] });
  assert.deepEqual(openCall('f([1, 2], "a, b", (3, ', 22, 'python')?.written, ['[1, 2]', ' "a, b"', ' (3, ']);
});
