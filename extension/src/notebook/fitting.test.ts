import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, kernelOf } from './fitting.ts';

const TYPESCRIPT = { kind: 'own', id: 'own:typescript', language: 'typescript' } as const;
const JAVASCRIPT = { kind: 'own', id: 'own:javascript', language: 'javascript' } as const;
const INSTALLED = { kind: 'installed', id: 'spec:typescript', language: 'typescript' } as const;
const DENO = { kind: 'installed', id: 'spec:deno', language: 'typescript' } as const;
const PYTHON = { kind: 'installed', id: 'spec:python3', language: 'Python' } as const;
const CONDA = { kind: 'installed', id: 'spec:conda', language: 'python' } as const;
const RUNNING = { kind: 'running', id: 'file:kernel.json', language: 'python' } as const;
const ALL = [TYPESCRIPT, JAVASCRIPT, INSTALLED, DENO, PYTHON, RUNNING];

function naming(name: string | undefined, language: string | undefined) {
  return { metadata: { kernelspec: { name, language }, language_info: { name: language } } };
}

test('a notebook means the kernel that it names', () => {
  assert.equal(kernelOf(ALL, naming('python3', 'python')), PYTHON);
  assert.equal(kernelOf(ALL, naming('deno', 'typescript')), DENO);
  assert.equal(kernelOf(ALL, naming('javascript', 'javascript')), JAVASCRIPT);
});

test('of two with the name of ours it means ours', () => {
  assert.equal(kernelOf(ALL, naming('typescript', 'typescript')), TYPESCRIPT);
});

test('one that says its language only means ours, or the only one of it', () => {
  assert.equal(kernelOf(ALL, naming(undefined, 'typescript')), TYPESCRIPT);
  assert.equal(kernelOf(ALL, naming(undefined, 'python')), PYTHON);
  assert.equal(kernelOf([...ALL, CONDA], naming(undefined, 'python')), undefined);
});

test('one that is not there has none in its place, nor has a notebook that says nothing', () => {
  assert.equal(kernelOf([TYPESCRIPT, JAVASCRIPT, PYTHON], naming('deno', 'typescript')), undefined);
  assert.equal(kernelOf(ALL, naming('ir', 'R')), undefined);
  assert.equal(kernelOf(ALL, {}), undefined);
});

test('ours fits each notebook of its language, whatever it names', () => {
  const fitting = (metadata: object) => ALL.filter((source) => fits(source, { metadata }));
  assert.deepEqual(fitting(naming('tslab', 'typescript').metadata), [TYPESCRIPT]);
  assert.deepEqual(fitting(naming('deno', 'typescript').metadata), [TYPESCRIPT, DENO]);
  assert.deepEqual(fitting({}), []);
});
