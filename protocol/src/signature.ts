import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { ProtocolError } from './errors.ts';

/** Signs the four JSON frames of a message, and verifies what others signed. Spec: "Wire". */
export interface Signer {
  /** False where the key is empty: nothing is signed and every message passes. Worth a line in the log. */
  readonly enabled: boolean;
  /** The signature as it goes on the wire: hex, ASCII. Empty where signing is off. */
  sign(frames: readonly Uint8Array[]): Buffer;
  /** Whether `signature` is that of `frames`, compared in constant time. */
  verify(frames: readonly Uint8Array[], signature: Uint8Array): boolean;
}

const NOTHING = Buffer.alloc(0);

const UNSIGNED: Signer = { enabled: false, sign: () => NOTHING, verify: () => true };

/** Names of Python's hashlib, which writes the connection files of most frontends, that Node spells differently. */
const PYTHON_NAMES: Readonly<Record<string, string>> = { blake2b: 'blake2b512', blake2s: 'blake2s256' };

/**
 * Node's name of the digest that a signature scheme names: `hmac-sha256` -> `sha256`. Names are those of Node or, where
 * it has none of that name, of Python.
 * @throws ProtocolError ERR_SCHEME where Node offers no such digest, or none that makes an HMAC.
 */
export function digestOf(signatureScheme: string): string {
  const [, name] = /^hmac-(\S+)$/.exec(signatureScheme) ?? [];
  if (name === undefined) {
    throw new ProtocolError(
      'ERR_SCHEME',
      `signature scheme ${JSON.stringify(signatureScheme)} is not of the form hmac-DIGEST, such as hmac-sha256`,
    );
  }
  const lower = name.toLowerCase();
  const digest = [name, lower, PYTHON_NAMES[lower] ?? lower.replace('_', '-')].find(makesHmac);
  if (digest === undefined) {
    throw new ProtocolError(
      'ERR_SCHEME',
      `signature scheme ${JSON.stringify(signatureScheme)}: this Node has no such digest for an HMAC; use hmac-sha256`,
    );
  }
  return digest;
}

function makesHmac(digest: string): boolean {
  try {
    createHmac(digest, '').digest();
    return true;
  } catch {
    // Unknown (ERR_CRYPTO_INVALID_DIGEST), or known and without a length of its own (SHAKE).
    return false;
  }
}

/**
 * A signer for a connection's key. The key is used as the UTF-8 bytes of its text, as the connection file has it.
 * @throws ProtocolError ERR_SCHEME
 */
export function makeSigner(key: string, signatureScheme: string): Signer {
  const digest = digestOf(signatureScheme);
  if (key === '') return UNSIGNED;
  // createHmac costs what two one-shot hashes (crypto.hash) would: 2.5 µs for a small message, see hot-path.bench.ts.
  const secret = createSecretKey(key, 'utf8');
  const sign = (frames: readonly Uint8Array[]): Buffer => {
    const hmac = createHmac(digest, secret);
    for (const frame of frames) hmac.update(frame);
    return Buffer.from(hmac.digest('hex'), 'latin1');
  };
  return {
    enabled: true,
    sign,
    verify(frames, signature) {
      const expected = sign(frames);
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    },
  };
}
