import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseServerAddress } from './server-address.ts';

test('the address of a page of a Jupyter server is that of the server', () => {
  assert.deepEqual(parseServerAddress('http://localhost:8888/lab/tree/a.ipynb?token=abc'), {
    url: 'http://localhost:8888/',
    token: 'abc',
  });
  assert.deepEqual(parseServerAddress(' https://hub.example.org/user/ada/lab '), {
    url: 'https://hub.example.org/user/ada/',
    token: '',
  });
  assert.deepEqual(parseServerAddress('localhost:8888'), { url: 'http://localhost:8888/', token: '' });
});

test('what is no address of a server is refused', () => {
  assert.throws(() => parseServerAddress('http://'), { code: 'ERR_SERVER' });
  assert.throws(() => parseServerAddress('ftp://example.org'), { code: 'ERR_SERVER' });
});
