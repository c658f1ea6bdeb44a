import assert from 'node:assert/strict';
import { createHmac, getHashes } from 'node:crypto';
import { test } from 'node:test';
import { ProtocolError } from './errors.ts';
import { digestOf, makeSigner } from './signature.ts';

const frames = ['{"msg_id":"1"}', '{}', '{}', '{"code":"1"}'].map((text) => Buffer.from(text));

test('the signature is the hex HMAC over the frames in their order', () => {
  const expected = createHmac('sha256', 'key').update(Buffer.concat(frames)).digest('hex');
  const signer = makeSigner('key', 'hmac-sha256');
  assert.equal(signer.sign(frames).toString('latin1'), expected);
  assert.ok(signer.enabled);
  assert.ok(signer.verify(frames, Buffer.from(expected)));
  assert.ok(!signer.verify(frames.toReversed(), Buffer.from(expected)));
});

test('every digest of Node that makes an HMAC is a scheme', () => {
  let offered = 0;
  for (const digest of getHashes()) {
    let expected: string;
    try {
      expected = createHmac(digest, 'key').update(Buffer.concat(frames)).digest('hex');
    } catch {
      assert.throws(() => makeSigner('key', `hmac-${digest}`), { code: 'ERR_SCHEME' });
      continue;
    }
    offered += 1;
    const signer = makeSigner('key', `hmac-${digest}`);
    assert.equal(signer.sign(frames).toString('latin1'), expected, digest);
    assert.ok(signer.verify(frames, Buffer.from(expected)));
  }
  assert.ok(offered >= 10);
});

test('schemes are hmac- and a digest, in the spelling of Node or of Python', () => {
  assert.equal(digestOf('hmac-sha256'), 'sha256');
  assert.equal(digestOf('hmac-SHA256').toLowerCase(), 'sha256');
  assert.equal(digestOf('hmac-sha3_256'), 'sha3-256');
  assert.equal(digestOf('hmac-blake2b'), 'blake2b512');
  for (const scheme of [
    '',
    'sha256',
    'hmac-',
    'hmac- sha256',
    'HMAC',
    'hmac-rot13',
    'hmac-shake128',
    'hmac-sha256\n',
  ]) {
    for (const key of ['key', '']) {
      assert.throws(
        () => makeSigner(key, scheme),
        (error) => error instanceof ProtocolError && error.code === 'ERR_SCHEME',
        scheme,
      );
    }
  }
});

test('an empty key means that nothing is signed', () => {
  const signer = makeSigner('', 'hmac-sha256');
  assert.ok(!signer.enabled);
  assert.equal(signer.sign(frames).length, 0);
  assert.ok(signer.verify(frames, Buffer.from('whatever')));
});

test('an error of the scheme does not bear the key', () => {
  assert.throws(
    () => makeSigner('hunter2', 'hmac-rot13'),
    (error) => error instanceof Error && !`${error.stack}`.includes('hunter2'),
  );
});
