import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Limits } from '../../../protocol/src/codec.ts';
import { Session } from '../../../protocol/src/session.ts';
import { validate } from '../../../protocol/src/validate.ts';
import { namesIn } from './files.ts';
import { bytesOf, readVectors, type Vector, type VectorMessage } from './vectors.ts';

function limitsOf({ limits = {} }: Vector): Partial<Limits> {
  return {
    ...(limits.json_frame_bytes !== undefined && { maxJsonBytes: limits.json_frame_bytes }),
    ...(limits.buffer_bytes !== undefined && { maxBufferBytes: limits.buffer_bytes }),
    ...(limits.frames !== undefined && { maxFrames: limits.frames }),
  };
}

function check(session: Session, message: VectorMessage, vector: Vector): void {
  const frames = message.frames.map(bytesOf);
  const { expect } = message;
  if (expect.verdict === 'refused' && vector.stage !== 'content') {
    assert.throws(() => session.deserialize(frames), { code: expect.code });
    return;
  }
  const received = session.deserialize(frames);
  const check = () =>
    validate(received.header.msg_type, received.content, vector.dialect === undefined ? 'current' : 2011);
  if (expect.verdict === 'refused') {
    assert.throws(check, { code: expect.code });
    return;
  }
  const { verdict: _, header, ...others } = expect;
  if (header === undefined) return;
  check();
  // A receiver may fill what the sender left out of the header.
  assert.deepEqual({ ...received.header, ...header }, received.header);
  const { identities, parentHeader, metadata, content, buffers } = received;
  assert.deepEqual({ ...parentHeader, ...others.parent_header }, parentHeader);
  assert.deepEqual(
    { identities: identities.map(toHex), metadata, content, buffers: buffers.map(toHex) },
    { identities: others.identities, metadata: others.metadata, content: others.content, buffers: others.buffers },
  );
}

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

for (const name of namesIn('vectors').filter((file) => file !== 'registration')) {
  const { description, vectors } = readVectors(name);
  describe(`vectors/${name}: ${description}`, () => {
    for (const vector of vectors) {
      const open = () =>
        new Session({ key: vector.key, signatureScheme: vector.signature_scheme, limits: limitsOf(vector) });

      test(`${vector.name}: ${vector.why}`, () => {
        const { expect_session } = vector;
        if (expect_session !== undefined) {
          assert.throws(open, { code: expect_session.code });
          return;
        }
        const session = open();
        assert.ok(vector.messages.length > 0);
        for (const message of vector.messages) check(session, message, vector);
      });
    }
  });
}

test('what this side signs is what the vectors have', () => {
  for (const name of ['accepted', 'schemes', 'dialect-2011']) {
    for (const { key, signature_scheme, expect_session, messages } of readVectors(name).vectors) {
      if (expect_session !== undefined) continue;
      const session = new Session({ key, signatureScheme: signature_scheme });
      // The first message suffices: later ones may bear a signature that an unsigned session ignores.
      const frames = messages[0]?.frames.map(bytesOf) ?? [];
      const delimiter = frames.findIndex((frame) => frame.equals(Buffer.from('<IDS|MSG>')));
      const [header, parentHeader, metadata, content, ...buffers] = frames.slice(delimiter + 2);
      assert.ok(header && parentHeader && metadata && content);
      const identities = frames.slice(0, delimiter);
      const sent = session.serialize({ identities, header, parentHeader, metadata, content, buffers });
      assert.deepEqual(sent.map(toHex), frames.map(toHex));
    }
  }
});

test('the text of a frame is what its bytes say', () => {
  for (const name of namesIn('vectors')) {
    for (const { frames } of readVectors(name).vectors.flatMap(({ messages }) => messages)) {
      for (const frame of frames) {
        if ('hex' in frame && frame.text !== undefined) assert.equal(bytesOf(frame).toString('utf8'), frame.text);
      }
    }
  }
});
