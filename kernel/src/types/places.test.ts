import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mayHaveTypeErrors, modeOfCell } from './checking.ts';
import { completionPlace } from './completion-place.ts';
import { cursorSubject } from './cursor-subject.ts';
import { parseJsonWithComments } from './json-with-comments.ts';
import { plainDeclaration, plainText, quickInfoOf, signatureIn } from './quick-info.ts';
import { cellOffset, documentPosition } from './text-positions.ts';

test('offsets and places are each other, in every kind of lines', () => {
  for (const code of ['', 'a', 'a\nb', 'a\r\nb\r\n', '\n\n', '🎈\n🎈a\rb']) {
    for (let offset = 0; offset <= code.length; offset += 1) {
      const cut = code[offset - 1] === '\r' && code[offset] === '\n';
      if (!cut) assert.equal(cellOffset(code, documentPosition(code, offset)), offset, JSON.stringify([code, offset]));
    }
  }
  assert.equal(cellOffset('abc', { line: 0, character: 2 }), 0);
  assert.equal(cellOffset('abc', { line: 9, character: 2 }), 3);
});

suite('where something is completed', () => {
  const places: Readonly<Record<string, string>> = {
    'a.b': 'member b',
    'a?.': 'member ',
    'a. /* x */ b': 'member b',
    ab: 'name ab',
    '': 'name ',
    '`${a': 'name a',
    '"text': 'string text',
    "f('": 'string ',
    '// a': 'nothing ',
    '/* a': 'nothing ',
    '1': 'nothing ',
    '"a"': 'nothing ',
    '`a': 'string a',
  };
  for (const [code, expected] of Object.entries(places)) {
    test(JSON.stringify(code), () => {
      const { kind, prefix, start, end } = completionPlace(code, code.length);
      assert.equal(`${kind} ${prefix}`, expected);
      assert.equal(code.slice(start, end), prefix);
    });
  }
});

suite('what is meant at the cursor', () => {
  const subjects: Readonly<Record<string, string>> = {
    'ab¦c': 'abc',
    'a.b¦': '.b',
    'a.¦': 'a',
    'f(¦': 'f()',
    'f(1, ¦)': 'f()',
    'f<T>(1, ¦': 'f()',
    'a.f?.(¦': '.f()',
    'f(a¦)': 'a',
    'f(1)¦': 'f',
    'if (¦': '-',
    'f("te¦xt")': 'f()',
    'new Foo(¦': 'Foo()',
    '¦': '-',
  };
  for (const [marked, expected] of Object.entries(subjects)) {
    test(marked, () => {
      const { name, inCall } = cursorSubject(marked.replace('¦', ''), marked.indexOf('¦'));
      const said = name === undefined ? '-' : `${name.isMember ? '.' : ''}${name.text}${inCall ? '()' : ''}`;
      assert.equal(said, expected);
    });
  }
});

test('cells that cannot have a type error are told by their text', () => {
  for (const code of ['', '1', '1 + 1', '(1 + 2) * 3;', '"text"', "console.log('x')", 'console.error("a");']) {
    assert.equal(mayHaveTypeErrors(code), false, code);
  }
  for (const code of ['a', '1n + 1', '"a" * 2', 'console.log(a)', '`a`.b', '1 + "a"', "'a'.b"]) {
    assert.equal(mayHaveTypeErrors(code), true, code);
  }
});

test('%%check is the first line', () => {
  assert.equal(modeOfCell('%%check error\na'), 'error');
  assert.equal(modeOfCell('\n  %%check off  \r\na'), 'off');
  assert.equal(modeOfCell('a\n%%check off'), undefined);
  assert.equal(modeOfCell('%%check never'), undefined);
});

test('declarations lose what the model has put there', () => {
  assert.equal(plainDeclaration('(alias) const a: number\nimport a', '/x'), 'const a: number');
  assert.equal(plainDeclaration('const a: import("/x/elara-cell-3").Foo', '/x'), 'const a: Foo');
  assert.deepEqual(quickInfoOf('```typescript\nconst a: 1\n```\nWords.', '/x'), {
    declaration: 'const a: 1',
    documentation: 'Words.',
  });
});

test('signatures', () => {
  assert.equal(signatureIn('function f<T extends () => void>(a: T): T'), '(a: T): T');
  assert.equal(signatureIn('(method) A.m(a: number): void (+2 overloads)'), '(a: number): void');
  assert.equal(signatureIn('const a: (b: number) => void'), undefined);
});

test('Markdown as text', () => {
  assert.equal(plainText('*@param* `a` — the [first](http://x)\n```js\nb\n```'), '@param a — the first\nb');
});

test('JSON with comments and commas', () => {
  assert.deepEqual(parseJsonWithComments('// a\n{ "a": "// no", /* b */ "b": [1, 2,], }'), { a: '// no', b: [1, 2] });
});
