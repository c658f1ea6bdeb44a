import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { memberPath } from './member-path.ts';

/** At the end, or at `¦`. */
function pathAt(marked: string): string | undefined {
  const at = marked.indexOf('¦');
  const code = marked.replace('¦', '');
  const [name = ''] = /[\p{ID_Continue}$]*$/u.exec(at < 0 ? code : code.slice(0, at)) ?? [];
  return memberPath(code, (at < 0 ? code.length : at) - name.length);
}

suite('paths whose members are the same in every cell', () => {
  const paths: Readonly<Record<string, string>> = {
    'a.': 'a',
    'a.b': 'a',
    'a.b.c': 'a.b',
    'a.b¦c.d': 'a',
    'const n = 1;\na.b': 'a',
    'const n = 1\na.b': 'a',
    'f(1, a.b': 'a',
    'f(x => x.y, a.b': '',
    'f((x: T) => x.y)[a.b': 'a',
    'const { n } = a.': 'a',
    'for (const x of a.': 'a',
    'await a.': 'a',
    '`${a.': 'a',
    'x.a; a.b': 'a',
    'class X { y() {} }\n;a.': 'a',
  };
  for (const [code, path] of Object.entries(paths)) {
    test(JSON.stringify(code), () => assert.equal(pathAt(code) ?? '', path));
  }
});

suite('paths that the cell may have something to say about', () => {
  const others = {
    'it declares the name': ['const a = 1; a.', 'function f(a) { a.', 'for (const a of b) a.', 'a.b¦; var a;'],
    'it narrows the value': [
      'if (a instanceof B) a.',
      'a = 1; a.',
      'typeof a === "string" && a.',
      'is(a); a.',
      'a?.b; a.',
    ],
    'a type stands there': ['type T = a.', 'let x: a.', 'x as a.', 'f<a.', 'class X extends a.', 'let x: A | a.'],
    'it runs later, or inside of a class': [
      '() => a.',
      'xs.map(x => a.',
      'class A { b = a.',
      'function f() { a.',
      '{ a.',
    ],
    'it may add to types': [
      'import "x"; a.',
      'declare global { interface B { c: 1 } }\na.',
      'require("x"); a.',
      '/// <x>\na.',
    ],
    'it is no dotted path': [
      'a?.',
      'a[0].',
      'a().',
      'this.',
      '"a".',
      '1..',
      'a!.',
      '.',
      'a.#b.',
      '(a).',
      'a /* */.',
      '\\u0061 = 1; a.',
    ],
  };
  for (const [title, codes] of Object.entries(others)) {
    test(title, () => {
      for (const code of codes) assert.equal(pathAt(code), undefined, code);
    });
  }
});
