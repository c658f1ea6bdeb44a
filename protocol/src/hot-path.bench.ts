/**
 * What a small message costs on this machine: `node protocol/src/hot-path.bench.ts`. Each line is the median of rounds
 * that take turns, so that a busy moment does not fall on one of them alone.
 */
import { createHmac, createSecretKey, hash } from 'node:crypto';
import { Validator } from 'jsonschema';
import { messageSchemas } from './generated/schemas.ts';
import { Session } from './session.ts';
import { makeSigner } from './signature.ts';
import { validate } from './validate.ts';

const ROUNDS = 15;
const MESSAGES = 4000;

const key = 'a0436f6c-1916-498b-8eb9-e81ab9368e84';
const options = { key, signatureScheme: 'hmac-sha256', username: 'ada' };
const sender = new Session(options);
const parent = Buffer.from(JSON.stringify(sender.header('execute_request')));
const stream = Buffer.from('{"name":"stdout","text":"hello world\\n"}');
const frames = [Buffer.from(JSON.stringify(sender.header('stream'))), parent, Buffer.from('{}'), stream];
const request = {
  code: '1 + 1',
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: true,
  stop_on_error: true,
};

/** HMAC by hand from one-shot hashes, for keys shorter than the block: what `crypto.hash` would give. */
function hmacOfHashes(): () => string {
  const inner = Buffer.alloc(64, 0x36);
  const outer = Buffer.alloc(96, 0x5c);
  for (const [index, byte] of Buffer.from(key).entries()) {
    inner[index] = 0x36 ^ byte;
    outer[index] = 0x5c ^ byte;
  }
  return () => {
    outer.set(hash('sha256', Buffer.concat([inner, ...frames]), 'buffer'), 64);
    return hash('sha256', outer, 'hex');
  };
}

function hmacWith(secret: Parameters<typeof createHmac>[1]): () => string {
  return () => {
    const hmac = createHmac('sha256', secret);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest('hex');
  };
}

/** A fresh message each time: a receiver refuses replays. */
function received(): () => void {
  const receiver = new Session({ ...options, replayWindow: 1 });
  const messages = Array.from({ length: 64 }, () =>
    sender
      .serialize({ header: sender.header('stream'), parentHeader: parent, content: stream })
      .map((frame) => Buffer.from(frame)),
  );
  let next = 0;
  return () => receiver.deserialize(messages[next++ % messages.length] ?? []);
}

const jsonschema = new Validator();
const signer = makeSigner(key, 'hmac-sha256');
const cases: Readonly<Record<string, () => unknown>> = {
  'sign: createHmac, key as text': hmacWith(key),
  'sign: createHmac, key object': hmacWith(createSecretKey(key, 'utf8')),
  'sign: two crypto.hash by hand': hmacOfHashes(),
  'sign: this package': () => signer.sign(frames),
  header: () => sender.header('stream'),
  'header and serialize, content as bytes': () =>
    sender.serialize({ header: sender.header('stream'), parentHeader: parent, content: stream }),
  'header and serialize, content as value': () =>
    sender.serialize({ header: sender.header('status'), parentHeader: parent, content: { execution_state: 'busy' } }),
  deserialize: received(),
  'validate execute_request': () => validate('execute_request', request),
  'validate execute_request, jsonschema': () => jsonschema.validate(request, messageSchemas.execute_request),
};

const times = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, act] of Object.entries(cases)) {
    const start = performance.now();
    for (let i = 0; i < MESSAGES; i++) act();
    times.get(name)?.push(((performance.now() - start) * 1000) / MESSAGES);
  }
}
for (const [name, all] of times) {
  const median = all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
  console.log(`${median.toFixed(2).padStart(7)} µs  ${name}`);
}
