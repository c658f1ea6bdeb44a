import assert from 'node:assert/strict';
import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Notebook } from './notebook.ts';
import { parseNotebook } from './read.ts';
import { encodeNotebook, splitLines, writeNotebook } from './write.ts';

const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { language_info: { name: 'typescript' }, empty: {} },
  cells: [
    { cell_type: 'markdown', id: 'a', metadata: {}, source: '# é\n' },
    {
      cell_type: 'code',
      id: 'b',
      metadata: {},
      source: 'x\ny',
      execution_count: 1,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: ['1\n2\n', '3'] },
        {
          output_type: 'display_data',
          data: { 'text/plain': 'a\nb', 'image/png': 'AA==\n', 'application/json': { z: 1, a: [] } },
          metadata: {},
        },
      ],
    },
  ],
};

// What nbformat 5.10 writes for the same notebook.
const text = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a",
   "metadata": {},
   "source": [
    "# é\\n"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "b",
   "metadata": {},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "1\\n",
      "2\\n",
      "3"
     ]
    },
    {
     "data": {
      "application/json": {
       "a": [],
       "z": 1
      },
      "image/png": "AA==\\n",
      "text/plain": [
       "a\\n",
       "b"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": [
    "x\\n",
    "y"
   ]
  }
 ],
 "metadata": {
  "empty": {},
  "language_info": {
   "name": "typescript"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

async function folder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'elara-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test('a notebook is written as nbformat writes it, and read back the same', () => {
  assert.equal([...encodeNotebook(notebook)].join(''), text);
  assert.equal([...encodeNotebook(parseNotebook(text, 'n'))].join(''), text);
});

test('lines are split where nbformat splits them', () => {
  assert.deepEqual(splitLines(''), []);
  assert.deepEqual(splitLines('a\n\nb'), ['a\n', '\n', 'b']);
  assert.deepEqual(splitLines('a\r\nb\rc\u2028d\n'), ['a\r\n', 'b\r', 'c\u2028', 'd\n']);
});

test('a file is replaced in one step, its mode and a link to it kept, nothing left beside it', async () => {
  await using temporary = await folder();
  const file = join(temporary.path, 'n.ipynb');
  await writeFile(file, 'before', { mode: 0o640 });
  const link = join(temporary.path, 'link.ipynb');
  await symlink(file, link);
  await writeNotebook(link, notebook);
  assert.equal(await readFile(file, 'utf8'), text);
  assert.ok((await lstat(link)).isSymbolicLink());
  if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o640);
  assert.deepEqual((await readdir(temporary.path)).sort(), ['link.ipynb', 'n.ipynb']);
});

test('where it cannot be written, the error names the file and nothing is left', async () => {
  await using temporary = await folder();
  const file = join(temporary.path, 'none', 'n.ipynb');
  await assert.rejects(writeNotebook(file, notebook), { code: 'ERR_NOTEBOOK', message: /n\.ipynb: cannot be written/ });
  assert.deepEqual(await readdir(temporary.path), []);
});

test('a value that cannot be encoded leaves the file as it was', async () => {
  await using temporary = await folder();
  const file = join(temporary.path, 'n.ipynb');
  await writeFile(file, 'before');
  await assert.rejects(writeNotebook(file, { ...notebook, big: 1n }), { code: 'ERR_NOTEBOOK' });
  assert.equal(await readFile(file, 'utf8'), 'before');
  assert.deepEqual(await readdir(temporary.path), ['n.ipynb']);
});
