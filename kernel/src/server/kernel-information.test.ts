import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { validate } from '@elara/protocol/validate';
import { IMPLEMENTATION_VERSION, kernelInformation, TYPESCRIPT_VERSION } from './kernel-information.ts';

const require = createRequire(import.meta.url);

test('versions are those of the packages', () => {
  assert.equal(require('typescript-js/package.json').version, TYPESCRIPT_VERSION);
  assert.equal(require('../../package.json').version, IMPLEMENTATION_VERSION);
});

test('both languages are described as their schema says', () => {
  for (const language of ['typescript', 'javascript'] as const) {
    const information = kernelInformation(language);
    validate('kernel_info_reply', information);
    assert.equal(JSON.parse(JSON.stringify(information)).language_info.name, language);
  }
});
