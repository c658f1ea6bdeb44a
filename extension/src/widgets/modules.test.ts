import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findModule } from './modules.ts';

const folder = mkdtempSync(join(tmpdir(), 'elara-modules-'));
const before = process.env.JUPYTER_PATH;
process.env.JUPYTER_PATH = join(folder, 'path');
after(() => {
  if (before === undefined) delete process.env.JUPYTER_PATH;
  else process.env.JUPYTER_PATH = before;
  rmSync(folder, { recursive: true });
});

function write(file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

test('a module is found where Jupyter looks, in the environment of the kernel first', async () => {
  write('path/nbextensions/jupyter-thing/index.js', 'the common one');
  write(
    'path/kernels/mine/kernel.json',
    JSON.stringify({ argv: [join(folder, 'venv/bin/python')], display_name: 'Mine', language: 'python' }),
  );
  assert.equal(await findModule('jupyter-thing', 'mine'), 'the common one');
  write('venv/share/jupyter/nbextensions/jupyter-thing/index.js', 'its own');
  assert.equal(await findModule('jupyter-thing', 'mine'), 'its own');
  assert.equal(await findModule('jupyter-thing', undefined), 'the common one');
});

test('a module under another name is where a package says', async () => {
  write(
    'path/nbextensions/jupyter-threejs/extension.js',
    `requirejs.config({map:{"*":{"jupyter-threejs":"nbextensions/jupyter-threejs/index",three:"nbextensions/jupyter-threejs/three"}}})`,
  );
  write('path/nbextensions/jupyter-threejs/three.js', 'i.p+"mark.svg"');
  write('path/nbextensions/jupyter-threejs/mark.svg', '<svg/>');
  assert.equal(await findModule('three', undefined), '"data:image/svg+xml;base64,PHN2Zy8+"');
  assert.equal(await findModule('thre.', undefined), undefined);
});

test('pictures and fonts beside a module are put into it', async () => {
  write('path/nbextensions/jupyter-map/1f2c.svg', '<svg/>');
  const source = 'a=i.p+"1f2c.svg";b=i.p+"gone.png";c=i.p+"chunk.js"';
  write('path/nbextensions/jupyter-map/index.js', source);
  write('path/nbextensions/jupyter-map/chunk.js', 'code');
  assert.equal(
    await findModule('jupyter-map', undefined),
    source.replace('i.p+"1f2c.svg"', '"data:image/svg+xml;base64,PHN2Zy8+"'),
  );
});

test('what is not there, and what is no name of a module, is not found', async () => {
  assert.equal(await findModule('nothing', undefined), undefined);
  assert.equal(await findModule('../kernels/mine', undefined), undefined);
  assert.equal(await findModule('@scope/../../etc', undefined), undefined);
});
