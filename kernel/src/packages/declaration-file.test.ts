import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, describe, test } from 'node:test';
import ts from 'typescript-js';
import { declarationFile } from './declaration-file.ts';
import { hasTypes } from './manifest.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'elara-declarations-')));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, manifest: object, files: readonly string[]): string {
  const place = join(folder, 'node_modules', name);
  for (const path of files) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), '');
  }
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
  return place;
}

interface Row {
  readonly manifest: object;
  readonly files: readonly string[];
  /** The file for each subpath. */
  readonly finds: Readonly<Record<string, string | undefined>>;
}

const rows: Readonly<Record<string, Row>> = {
  'types beside': {
    manifest: { types: './t/index.d.ts' },
    files: ['t/index.d.ts', 'index.js', 'sub.js', 'sub.d.ts'],
    finds: { '': 't/index.d.ts', '/sub.js': 'sub.d.ts', '/none': undefined },
  },
  'types without ending': { manifest: { types: 'lib/main' }, files: ['lib/main.d.ts'], finds: { '': 'lib/main.d.ts' } },
  'types of main': {
    manifest: { main: './lib/main.js' },
    files: ['lib/main.js', 'lib/main.d.ts'],
    finds: { '': 'lib/main.d.ts' },
  },
  'types of index': { manifest: {}, files: ['index.js', 'index.d.ts'], finds: { '': 'index.d.ts' } },
  'types in sources': { manifest: { main: './main.ts' }, files: ['main.ts'], finds: { '': 'main.ts' } },
  'types of modules': {
    manifest: { main: './main.mjs' },
    files: ['main.mjs', 'main.d.mts'],
    finds: { '': 'main.d.mts' },
  },
  'no types': {
    manifest: { main: './lib/main' },
    files: ['lib/main.js', 'lib/sub/index.js'],
    finds: { '': 'lib/main.js', '/lib/sub': 'lib/sub/index.js' },
  },
  'exports of a string': {
    manifest: { exports: './a.js' },
    files: ['a.js', 'a.d.ts'],
    finds: { '': 'a.d.ts', '/a.js': undefined },
  },
  'exports by condition': {
    manifest: {
      exports: {
        '.': { require: { types: './r.d.cts', default: './r.cjs' }, import: { types: './i.d.ts', default: './i.js' } },
        './package.json': './package.json',
        './features/*.js': { types: './types/*.d.ts', default: './src/*.js' },
        './features/*': './src/*.js',
        './features/secret': null,
      },
    },
    files: ['r.d.cts', 'r.cjs', 'i.d.ts', 'i.js', 'src/one.js', 'src/two.js', 'types/one.d.ts', 'src/two.d.ts'],
    finds: {
      '': 'i.d.ts',
      '/features/one.js': 'types/one.d.ts',
      '/features/two': 'src/two.d.ts',
      '/features/secret': undefined,
      '/i.js': undefined,
      '/package.json': 'package.json',
    },
  },
  'exports whose types are not there': {
    manifest: { exports: { types: './gone.d.ts', default: './main.js' } },
    files: ['main.js', 'main.d.ts'],
    finds: { '': 'main.d.ts' },
  },
  'exports of a list': {
    manifest: { exports: { '.': ['std:core', './a.js'] } },
    files: ['a.js', 'a.d.ts'],
    finds: { '': 'a.d.ts' },
  },
  'exports for a compiler': {
    manifest: { exports: { 'types@<5': './old.d.ts', 'types@>=5': './new.d.ts', default: './a.js' } },
    files: ['old.d.ts', 'new.d.ts', 'a.js'],
    finds: { '': 'new.d.ts' },
  },
  'types for a compiler': {
    manifest: { types: 'index.d.ts', typesVersions: { '<4': { '*': ['old/*'] }, '>=4': { '*': ['new/*'] } } },
    files: ['index.d.ts', 'old/index.d.ts', 'new/index.d.ts', 'new/sub.d.ts'],
    finds: { '': 'new/index.d.ts', '/sub': 'new/sub.d.ts' },
  },
};
for (const [title, { manifest, files, finds }] of Object.entries(rows)) {
  test(title, () => {
    const place = write(title.replaceAll(' ', '-'), manifest, files);
    for (const [subpath, expected] of Object.entries(finds)) {
      const found = declarationFile({ folder: place }, subpath);
      assert.equal(found && relative(place, found), expected, subpath);
    }
  });
}

test('what somebody else has written counts where the package has no types, and not where it has', () => {
  const untyped = write('untyped', {}, ['index.js', 'sub.js', 'more.js']);
  const typed = write('typed', {}, ['index.js', 'index.d.ts', 'more.js']);
  const types = write('@types/any', { types: 'index.d.ts' }, ['index.d.ts', 'sub.d.ts']);
  const find = (of: string, subpath: string) => relative(folder, declarationFile({ folder: of, types }, subpath) ?? '');
  assert.equal(find(untyped, ''), 'node_modules/@types/any/index.d.ts');
  assert.equal(find(untyped, '/sub.js'), 'node_modules/@types/any/sub.d.ts');
  assert.equal(find(untyped, '/more.js'), 'node_modules/untyped/more.js');
  assert.equal(find(typed, ''), 'node_modules/typed/index.d.ts');
  assert.ok(hasTypes(typed));
  assert.ok(!hasTypes(untyped));
});

describe('real packages are found as the compiler finds them', () => {
  const root = join(import.meta.dirname, '../../..');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowJs: true,
  };
  for (const specifier of [
    'zod',
    'zod/v4',
    'zod/v3',
    'zod/mini',
    'zod/locales',
    'lodash',
    'lodash/map.js',
    'lodash-es',
    'lodash-es/debounce.js',
    'apache-arrow',
    'magic-string',
    '@babel/parser',
    'linkedom',
    'zeromq',
    'ajv',
    'ajv/dist/2020.js',
    'esbuild',
    'semver',
    'vscode-languageserver-protocol/node',
    'd3-array',
    'typescript-js',
  ]) {
    test(specifier, () => {
      const importer = join(root, 'test/cell.mts');
      const mode = ts.ModuleKind.ESNext;
      const expected = ts.resolveModuleName(specifier, importer, options, ts.sys, undefined, undefined, mode);
      const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
      const place = join(root, 'node_modules', name);
      const types = join(root, 'node_modules/@types', name);
      const found = declarationFile({ folder: place, ...(!hasTypes(place) && { types }) }, subpath);
      assert.equal(found && realpathSync(found), expected.resolvedModule?.resolvedFileName);
    });
  }
});
