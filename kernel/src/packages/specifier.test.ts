import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isPackageSpecifier, parsePackage, parsePackageSpecifier, splitBare } from './specifier.ts';

describe('what npm: asks for', () => {
  const rows: readonly (readonly [specifier: string, name: string, wanted: string, subpath: string])[] = [
    ['npm:lodash-es', 'lodash-es', '', ''],
    ['npm:lodash-es@4', 'lodash-es', '4', ''],
    ['npm:/lodash-es@4', 'lodash-es', '4', ''],
    ['npm:lodash-es@4.17.21/debounce.js', 'lodash-es', '4.17.21', '/debounce.js'],
    ['npm:lodash-es/fp/map', 'lodash-es', '', '/fp/map'],
    ['npm:lodash-es@/fp', 'lodash-es', '', '/fp'],
    ['npm:lodash-es/', 'lodash-es', '', ''],
    ['npm:@scope/pkg', '@scope/pkg', '', ''],
    ['npm:@scope/pkg@^1.2', '@scope/pkg', '^1.2', ''],
    ['npm:@scope/pkg@1/sub/file.js', '@scope/pkg', '1', '/sub/file.js'],
    ['npm:pkg@next', 'pkg', 'next', ''],
    ['npm:pkg@1.0.0-rc.1+build', 'pkg', '1.0.0-rc.1+build', ''],
    ['npm:pkg@>=1.2 <3 || 5', 'pkg', '>=1.2 <3 || 5', ''],
    ['npm:pkg@%5E1.2%20', 'pkg', '^1.2', ''],
    ['npm:JSONStream@*', 'JSONStream', '*', ''],
    ['jsr:@std/path@1/posix', '@jsr/std__path', '1', '/posix'],
  ];
  for (const [specifier, name, wanted, subpath] of rows) {
    test(specifier, () => assert.deepEqual(parsePackageSpecifier(specifier), { name, wanted, subpath }));
  }
});

describe('what names no package', () => {
  for (const specifier of [
    'npm:',
    'npm:@',
    'npm:@scope',
    'npm:@scope/',
    'npm:@/a',
    'npm:..',
    'npm:../a',
    'npm:.hidden',
    'npm:-g',
    'npm:a/../b',
    'npm:a%2F..%2F..%2Fb',
    'npm:a b',
    'npm:a@b:c',
    'npm:a@$(x)',
    'npm:a\\b',
    'npm:https://example.org/a.tgz',
    'npm:a@git+ssh://example.org/a',
    'jsr:std',
  ]) {
    test(specifier, () => assert.throws(() => parsePackageSpecifier(specifier), { code: 'ERR_NPM_SPECIFIER' }));
  }
});

test('only npm: and jsr: are looked at', () => {
  assert.deepEqual(
    ['npm:a', 'jsr:@a/b', 'node:fs', 'a', './npm:a', 'NPM:a', 1, null].map((one) => isPackageSpecifier(one)),
    [true, true, false, false, false, false, false, false],
  );
});

test('an argument of npm install is a name with or without a version', () => {
  assert.deepEqual(parsePackage('lodash-es@4'), { name: 'lodash-es', wanted: '4', subpath: '' });
  for (const other of ['./a.tgz', 'a@npm:b@1', 'git+https://example.org/a.git', '--global']) {
    assert.equal(parsePackage(other), null, other);
  }
});

test('a bare import begins with the name of a package', () => {
  assert.deepEqual(splitBare('lodash-es/map.js'), { name: 'lodash-es', subpath: '/map.js' });
  assert.deepEqual(splitBare('@scope/pkg'), { name: '@scope/pkg', subpath: '' });
  for (const other of ['./a', '../a', '/a', 'node:fs', 'file:///a', '#own', '@scope', '']) {
    assert.equal(splitBare(other), null, other);
  }
});
