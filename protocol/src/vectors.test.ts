/** Every vector of `spec/vectors` gets the verdict that it says. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { Limits } from './codec.ts';
import { ProtocolError } from './errors.ts';
import { deserializeRegistration } from './handshake.ts';
import type { JsonObject } from './message.ts';
import { Session } from './session.ts';
import { makeSigner } from './signature.ts';
import { validate } from './validate.ts';

interface Frame {
  hex?: string;
  rule?: { hex: string; times: number }[];
}

interface Expectation {
  verdict: 'accepted' | 'refused';
  code?: string;
  identities?: string[];
  header?: JsonObject;
  parent_header?: JsonObject;
  metadata?: JsonObject;
  content?: JsonObject;
  buffers?: string[];
}

interface Vector {
  name: string;
  key: string;
  signature_scheme: string;
  dialect?: '2011';
  schema?: 'registration_reply';
  stage?: 'content';
  limits?: { json_frame_bytes?: number; buffer_bytes?: number; frames?: number };
  expect_session?: Expectation;
  messages: { frames: Frame[]; expect: Expectation }[];
}

const folder = new URL('../../spec/vectors/', import.meta.url);

function vectorsOf(file: string): Vector[] {
  const { vectors }: { vectors: Vector[] } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return vectors;
}

function bytesOf(frame: Frame): Buffer {
  if (frame.rule === undefined) return Buffer.from(frame.hex ?? '', 'hex');
  return Buffer.concat(
    frame.rule
      .map(({ hex, times }) => Buffer.from(hex, 'hex').toString('latin1').repeat(times))
      .map((text) => Buffer.from(text, 'latin1')),
  );
}

function limitsOf(limits: Vector['limits']): Partial<Limits> {
  return {
    ...(limits?.json_frame_bytes !== undefined && { maxJsonBytes: limits.json_frame_bytes }),
    ...(limits?.buffer_bytes !== undefined && { maxBufferBytes: limits.buffer_bytes }),
    ...(limits?.frames !== undefined && { maxFrames: limits.frames }),
  };
}

function sessionOf(vector: Vector): Session {
  return new Session({ key: vector.key, signatureScheme: vector.signature_scheme, limits: limitsOf(vector.limits) });
}

/** Refused with that code, by a message that gives away neither the key nor a signature. */
function refused(vector: Vector, code: string | undefined, act: () => unknown): void {
  assert.throws(act, (error) => {
    assert.ok(error instanceof ProtocolError, String(error));
    assert.equal(error.code, code, error.message);
    if (vector.key.trim() !== '') assert.ok(!error.message.includes(vector.key));
    assert.doesNotMatch(error.message, /[0-9a-f]{32}/);
    return true;
  });
}

function judge(vector: Vector): void {
  if (vector.expect_session !== undefined) {
    refused(vector, vector.expect_session.code, () => sessionOf(vector));
    return;
  }
  const session = sessionOf(vector);
  for (const { frames, expect } of vector.messages) {
    const read = () => {
      const message = session.deserialize(frames.map(bytesOf));
      validate(message.header.msg_type, message.content, vector.dialect === '2011' ? 2011 : 'current');
      return message;
    };
    if (expect.verdict === 'refused') {
      refused(vector, expect.code, read);
      continue;
    }
    const message = read();
    assert.deepEqual(
      message.identities.map((identity) => identity.toString('hex')),
      expect.identities ?? message.identities.map((identity) => identity.toString('hex')),
    );
    assert.deepEqual({ ...message.header, ...expect.header }, message.header);
    assert.deepEqual(
      JSON.parse(message.rawHeader.toString()),
      expect.header ?? JSON.parse(message.rawHeader.toString()),
    );
    if (expect.parent_header !== undefined)
      assert.deepEqual({ ...message.parentHeader, ...expect.parent_header }, message.parentHeader);
    if (expect.metadata !== undefined) assert.deepEqual(message.metadata, expect.metadata);
    if (expect.content !== undefined) assert.deepEqual(message.content, expect.content);
    if (expect.buffers !== undefined) {
      assert.deepEqual(
        message.buffers.map((buffer) => Buffer.from(buffer).toString('hex')),
        expect.buffers,
      );
    }
  }
}

function judgeRegistration(vector: Vector): void {
  const signer = makeSigner(vector.key, vector.signature_scheme);
  for (const { frames, expect } of vector.messages) {
    const read = () => {
      const registration = deserializeRegistration(signer, frames.map(bytesOf));
      validate(vector.schema ?? 'registration_request', registration.content, 'document');
      return registration;
    };
    if (expect.verdict === 'refused') refused(vector, expect.code, read);
    else {
      const { identities, content } = read();
      assert.deepEqual(
        identities.map((identity) => identity.toString('hex')),
        expect.identities,
      );
      assert.deepEqual(content, expect.content);
    }
  }
}

for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  suite(`vectors of ${file}`, () => {
    const vectors = vectorsOf(file);
    test('there are some', () => assert.ok(vectors.length > 0));
    for (const vector of vectors) {
      test(vector.name, () => (file === 'registration.json' ? judgeRegistration(vector) : judge(vector)));
    }
  });
}
