import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { choose } from './candidates.ts';
import { specifiers } from './specifiers.ts';

const root = mkdtempSync(join(tmpdir(), 'specifiers-'));
const folder = join(root, 'notebooks');

function complete(prefix: string): string[] {
  return choose(specifiers(prefix, folder), prefix).candidates.map(({ name }) => name);
}

before(() => {
  const write = (path: string, text = ''): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('notebooks/first.ipynb');
  write('notebooks/lib/tools.ts');
  write('notebooks/lib/tools.d.ts');
  write('notebooks/data.json');
  write('notebooks/helper.mjs');
  write('notebooks/.hidden.ts');
  write('outside.js');
  write('notebooks/node_modules/near/package.json', '{}');
  write('notebooks/node_modules/near/index.js');
  write('notebooks/node_modules/near/sub/deep.js');
  write(
    'node_modules/far/package.json',
    JSON.stringify({ exports: { '.': './a.js', './one': './b.js', './*': './c' } }),
  );
  write('node_modules/@scope/pack/package.json', '{}');
  write('node_modules/broken/package.json', '{');
});
after(() => rmSync(root, { recursive: true }));

test('modules of Node, with and without their prefix', () => {
  assert.deepEqual(complete('node:fs'), ['node:fs', 'node:fs/promises']);
  assert.deepEqual(complete('fs'), ['fs', 'fs/promises']);
  assert.deepEqual(complete('node:tes'), ['node:test', 'node:test/reporters']);
});

test('packages of the folder and of those around it', () => {
  assert.deepEqual(complete('nea'), ['near']);
  assert.deepEqual(complete('fa'), ['far']);
  assert.deepEqual(complete('@'), ['@scope/pack']);
  assert.deepEqual(complete('@scope/'), ['@scope/pack']);
});

test('what a package exports, or its files if it does not say', () => {
  assert.deepEqual(complete('far/'), ['far/one']);
  assert.deepEqual(complete('near/'), ['near/index.js', 'near/package.json', 'near/sub/']);
  assert.deepEqual(complete('broken/'), []);
  assert.deepEqual(complete('absent/'), []);
});

test('files that can be imported, and folders', () => {
  assert.deepEqual(complete('./'), ['./data.json', './helper.mjs', './lib/']);
  assert.deepEqual(complete('./lib/'), ['./lib/tools.ts']);
  assert.deepEqual(complete('../out'), ['../outside.js']);
  assert.deepEqual(complete('.'), ['../', './']);
  assert.deepEqual(complete('./absent/'), []);
});
