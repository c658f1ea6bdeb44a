/** What needs Python 3 and nothing else: run by `.ci/run`, not by `npm test`. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { specFolder } from './files.ts';

test('the vectors are those that Python signs', () => {
  const { status, stderr, error } = spawnSync('python3', ['generate.py', '--check'], {
    cwd: join(specFolder, 'vectors'),
    encoding: 'utf8',
  });
  assert.equal(error, undefined);
  assert.equal(status, 0, stderr);
});

test("the README's implementation in Python passes every vector", () => {
  const readme = readFileSync(join(specFolder, 'README.md'), 'utf8');
  const [, program] = /^```python\n(.*?)^```$/ms.exec(readme) ?? [];
  assert.ok(program !== undefined);
  const { status, stdout, stderr, error } = spawnSync('python3', ['-'], {
    cwd: specFolder,
    input: program,
    encoding: 'utf8',
  });
  assert.equal(error, undefined);
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /^[1-9]\d* vectors passed, 0 failed$/m);
});
