/** The handshake's vectors, read here by what the specification says of them: delimiter, HMAC of one frame, JSON, schema. */
import assert from 'node:assert/strict';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { describe, test } from 'node:test';
import { Validator } from 'jsonschema';
import { documentSchemas } from '../../../protocol/src/generated/schemas.ts';
import { bytesOf, readVectors, type Vector } from './vectors.ts';

/** The content, or the code of what is wrong. */
function read({ key, signature_scheme, schema = 'registration_request' }: Vector, frames: Buffer[]): unknown {
  const delimiter = frames.findIndex((frame) => frame.equals(Buffer.from('<IDS|MSG>')));
  if (delimiter < 0) return 'ERR_NO_DELIMITER';
  const [signature, content] = frames.slice(delimiter + 1);
  if (!signature || !content) return 'ERR_TRUNCATED';
  const expected = createHmac(signature_scheme.slice('hmac-'.length), key).update(content).digest('hex');
  if (signature.length !== expected.length || !timingSafeEqual(signature, Buffer.from(expected)))
    return 'ERR_SIGNATURE';
  let value: unknown;
  try {
    value = JSON.parse(content.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return 'ERR_JSON';
    throw error;
  }
  return new Validator().validate(value, documentSchemas[schema]).valid ? value : 'ERR_SCHEMA';
}

const { description, vectors } = readVectors('registration');
describe(`vectors/registration: ${description}`, () => {
  for (const vector of vectors) {
    test(`${vector.name}: ${vector.why}`, () => {
      assert.ok(vector.messages.length > 0);
      for (const { frames, expect } of vector.messages) {
        const result = read(vector, frames.map(bytesOf));
        assert.deepEqual(result, expect.verdict === 'accepted' ? expect.content : expect.code);
      }
    });
  }
});
