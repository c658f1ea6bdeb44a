import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notebookKernel, type UsedKernel, withKernel } from './metadata.ts';

const INFO = { name: 'typescript', version: '6.0.3', mimetype: 'text/typescript', file_extension: '.ts' };
const KERNEL = {
  specName: 'typescript',
  displayName: 'TypeScript (Elara)',
  language: 'typescript',
  info: { language_info: INFO },
} as unknown as UsedKernel;

test('a notebook says its kernel and its language', () => {
  const metadata = { kernelspec: { name: 'python3', language: 'python' }, language_info: { name: 'Python' } };
  assert.deepEqual(notebookKernel({ metadata }), { specName: 'python3', language: 'python' });
  assert.deepEqual(notebookKernel({ metadata: { kernelspec: { name: 'ir', language: 'R' } } }), {
    specName: 'ir',
    language: 'r',
  });
  assert.deepEqual(notebookKernel({}), { specName: undefined, language: undefined });
});

test('the kernel that runs it is written beside what else is there', () => {
  const written = withKernel({ nbformat: 4, metadata: { title: 'Primes' } }, KERNEL);
  assert.deepEqual(written, {
    nbformat: 4,
    metadata: {
      title: 'Primes',
      kernelspec: { display_name: 'TypeScript (Elara)', language: 'typescript', name: 'typescript' },
      language_info: INFO,
    },
  });
  assert.equal(withKernel(written ?? {}, KERNEL), undefined);
});

test('another version of the language is no change', () => {
  const metadata = { kernelspec: { name: 'typescript' }, language_info: { name: 'typescript', version: '5.0.0' } };
  assert.equal(withKernel({ metadata }, KERNEL), undefined);
});

test('a kernel without a spec keeps the name that the notebook has, if it is of its language', () => {
  const { specName: _, ...rest } = KERNEL;
  const written = withKernel({ metadata: {} }, { ...rest, specName: undefined });
  assert.equal(notebookKernel(written ?? {}).specName, 'typescript');
  const metadata = { kernelspec: { name: 'deno', language: 'typescript' }, language_info: { name: 'typescript' } };
  assert.equal(withKernel({ metadata }, { ...rest, specName: undefined }), undefined);
  const python = { kernelspec: { name: 'python3', language: 'python' }, language_info: { name: 'python' } };
  const changed = withKernel({ metadata: python }, { ...rest, specName: undefined });
  assert.equal(notebookKernel(changed ?? {}).specName, 'typescript');
});
