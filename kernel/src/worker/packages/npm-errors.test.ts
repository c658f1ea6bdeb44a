import assert from 'node:assert/strict';
import { test } from 'node:test';
import { npmError } from './npm-errors.ts';

const json = (code: string, summary: string, detail = ''): string =>
  `npm notice something\n${JSON.stringify({ error: { code, summary, detail } })}`;

test('what npm says is told with what to do', () => {
  const rows: readonly (readonly [code: string, summary: string, expected: string, message: RegExp])[] = [
    [
      'ENOTFOUND',
      'getaddrinfo ENOTFOUND registry.npmjs.org',
      'ERR_NPM_OFFLINE',
      /ENOTFOUND.*, and is needed for x@1\./,
    ],
    ['ECONNREFUSED', 'connect ECONNREFUSED', 'ERR_NPM_OFFLINE', /Try again when it can be reached/],
    ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN', 'ERR_NPM_OFFLINE', /proxy/],
    ['ENOTCACHED', 'cache mode is only-if-cached', 'ERR_NPM_OFFLINE', /only-if-cached/],
    ['E503', '503 Service Unavailable', 'ERR_NPM_OFFLINE', /503/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate', 'ERR_NPM_OFFLINE', /self-signed/],
    ['E404', 'Not Found - GET https://x.org/x', 'ERR_NPM_NO_PACKAGE', /no package 'x@1'/],
    ['ETARGET', 'No matching version found for x@1.', 'ERR_NPM_NO_VERSION', /'npm view x versions'/],
    ['E401', 'Unable to authenticate', 'ERR_NPM_DENIED', /npm login/],
    ['ERESOLVE', 'unable to resolve dependency tree', 'ERR_NPM_FAILED', /--legacy-peer-deps x@1/],
    ['ENOSPC', 'no space left on device', 'ERR_NPM_FAILED', /no room on the disk/],
    ['EWHAT', 'something new\nmore of it', 'ERR_NPM_FAILED', /^npm has failed at 'x@1': EWHAT: something new$/],
  ];
  for (const [code, summary, expected, message] of rows) {
    const error = npmError('x@1', { code: 1, stdout: json(code, summary), stderr: '' });
    assert.equal(error.code, expected, code);
    assert.match(error.message, message);
  }
});

test('the package that is missing is named, also where another one needs it', () => {
  const detail = "The requested resource '@s/deep@^2' could not be found or you do not have permission to access it.";
  const error = npmError('x@1', { code: 1, stdout: json('E404', 'Not Found', detail), stderr: '' });
  assert.match(error.message, /^The registry has no package '@s\/deep' \(Not Found\)\./);
});

test('npm that writes no JSON is understood by its log', () => {
  const stderr = 'npm warn old\nnpm error code EUSAGE\nnpm error The lockfile does not fit\nnpm error more\n';
  const error = npmError('npm ci', { code: 1, stdout: '', stderr });
  assert.equal(error.message, "npm has failed at 'npm ci': EUSAGE: The lockfile does not fit");
  const old = npmError('x', { code: 1, stdout: '{ "error": ', stderr: 'npm ERR! code E404\nnpm ERR! 404 Not Found\n' });
  assert.equal(old.code, 'ERR_NPM_NO_PACKAGE');
  assert.match(npmError('x', { code: 7, stdout: '', stderr: '' }).message, /it ended with code 7$/);
});
