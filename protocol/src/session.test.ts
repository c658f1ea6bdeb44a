import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { suite, test } from 'node:test';
import { ProtocolError, type ProtocolErrorCode } from './errors.ts';
import { PROTOCOL_VERSION } from './message.ts';
import { Session, type SessionOptions } from './session.ts';

const KEY = 'a0436f6c-1916-498b-8eb9-e81ab9368e84';

function sessionOf(options: Partial<SessionOptions> = {}): Session {
  return new Session({ key: KEY, signatureScheme: 'hmac-sha256', ...options });
}

/** As a socket delivers what was sent. */
function transmitted(frames: readonly Uint8Array[]): Buffer[] {
  return frames.map((frame) => Buffer.from(frame));
}

function refuses(code: ProtocolErrorCode, act: () => unknown): void {
  assert.throws(act, (error) => error instanceof ProtocolError && error.code === code && !error.message.includes(KEY));
}

suite('header', () => {
  test('has every field of the current version, and an id of its own', () => {
    const session = sessionOf({ username: 'ada', session: 's-1' });
    const first = session.header('status');
    const second = session.header('status');
    assert.deepEqual(Object.keys(first).sort(), ['date', 'msg_id', 'msg_type', 'session', 'username', 'version']);
    assert.notEqual(first.msg_id, second.msg_id);
    assert.equal(first.session, 's-1');
    assert.equal(first.username, 'ada');
    assert.equal(first.msg_type, 'status');
    assert.equal(first.version, PROTOCOL_VERSION);
    assert.match(first.date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('sessions have ids of their own and the name of the user', () => {
    assert.notEqual(sessionOf().id, sessionOf().id);
    assert.ok(sessionOf().username.length > 0);
  });
});

suite('serialize and deserialize', () => {
  test('a message arrives as it was sent', () => {
    const client = sessionOf();
    const kernel = sessionOf();
    const header = client.header('comm_msg');
    const sent = {
      identities: [Buffer.from([0, 1, 255])],
      header,
      parentHeader: client.header('comm_open'),
      metadata: { cellId: 'c' },
      content: { comm_id: 'c', data: { text: 'naïve 😀 \u2028' } },
      buffers: [new Uint8Array([1, 2, 3]), Buffer.alloc(0)],
    };
    const received = kernel.deserialize(transmitted(client.serialize(sent)));
    assert.deepEqual(received, {
      ...sent,
      rawHeader: Buffer.from(JSON.stringify(header)),
      buffers: [Buffer.from([1, 2, 3]), Buffer.alloc(0)],
    });
  });

  test('parts that are bytes already pass through uncopied, buffers too', () => {
    const session = sessionOf();
    const header = Buffer.from(JSON.stringify(session.header('stream')));
    const parentHeader = Buffer.from('{ "msg_id" : "1", "msg_type": "x" }');
    const metadata = Buffer.from('{"a":1}');
    const content = new Uint8Array(Buffer.from('{"name":"stdout","text":"x"}'));
    const buffer = new Uint8Array(1000);
    const frames = session.serialize({ header, parentHeader, metadata, content, buffers: [buffer] });
    assert.equal(frames[0]?.toString(), '<IDS|MSG>');
    assert.ok([header, parentHeader, metadata, content, buffer].every((part, index) => frames[index + 2] === part));
    const expected = createHmac('sha256', KEY);
    for (const part of [header, parentHeader, metadata, content]) expected.update(part);
    assert.equal(Buffer.from(frames[1] ?? []).toString(), expected.digest('hex'));
  });

  test('null in place of a parent and of metadata is nothing, as kernels of xeus write it', () => {
    const nothing = Buffer.from('null');
    const header = sessionOf().header('iopub_welcome');
    const content = { subscription: '' };
    const frames = sessionOf().serialize({ header, parentHeader: nothing, metadata: nothing, content });
    const received = sessionOf().deserialize(transmitted(frames));
    assert.deepEqual([received.parentHeader, received.metadata, received.content], [{}, {}, content]);
  });

  test('a reply bears the header of its request byte for byte', () => {
    const client = sessionOf();
    const kernel = sessionOf();
    const header = Buffer.from(
      '{"msg_id":"\\u0061", "msg_type":"x","session":"s","username":"u","date":"d","version":"5.6", "n":1.0}',
    );
    const request = kernel.deserialize(transmitted(client.serialize({ header, content: {} })));
    const reply = kernel.serialize({ header: kernel.header('y'), parentHeader: request.rawHeader, content: {} });
    assert.ok(header.equals(reply[3] ?? new Uint8Array()));
    assert.equal(client.deserialize(transmitted(reply)).parentHeader.msg_id, 'a');
  });

  test('lone surrogates survive as escapes', () => {
    const frames = sessionOf().serialize({ header: sessionOf().header('x'), content: { text: '\uD83D' } });
    assert.deepEqual(sessionOf().deserialize(transmitted(frames)).content, { text: '\uD83D' });
  });

  test('what has no JSON is refused before anything is sent', () => {
    const session = sessionOf();
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    for (const content of [cycle, { big: 1n }, undefined, () => 1]) {
      refuses('ERR_JSON', () => session.serialize({ header: session.header('x'), content }));
    }
  });

  test('deep nesting is parsed, not a reason to fall', () => {
    const session = sessionOf();
    const depth = 100_000;
    const content = Buffer.from(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    const frames = session.serialize({ header: session.header('x'), content });
    assert.ok(Array.isArray(sessionOf().deserialize(transmitted(frames)).content.a));
  });
});

suite('verification', () => {
  const request = (session: Session) =>
    transmitted(session.serialize({ header: session.header('x'), content: { code: '1' } }));

  test('a message of another key, a changed one and an unsigned one are refused', () => {
    const kernel = sessionOf();
    refuses('ERR_SIGNATURE', () => kernel.deserialize(request(sessionOf({ key: 'other' }))));
    refuses('ERR_SIGNATURE', () => kernel.deserialize(request(sessionOf({ key: '' }))));
    const frames = request(sessionOf());
    refuses('ERR_SIGNATURE', () => kernel.deserialize(frames.with(-1, Buffer.from('{"code":"2"}'))));
    kernel.deserialize(frames);
  });

  test('a message that comes again is refused, within the window', () => {
    const client = sessionOf();
    const kernel = sessionOf({ replayWindow: 10 });
    const first = request(client);
    kernel.deserialize(first);
    refuses('ERR_REPLAY', () => kernel.deserialize(first));
    for (let i = 0; i < 10; i++) kernel.deserialize(request(client));
    kernel.deserialize(first);
  });

  test('forgeries do not push real signatures out of the window', () => {
    const client = sessionOf();
    const kernel = sessionOf({ replayWindow: 10 });
    const real = request(client);
    kernel.deserialize(real);
    for (let i = 0; i < 100; i++)
      refuses('ERR_SIGNATURE', () => kernel.deserialize(request(sessionOf({ key: 'forger' }))));
    refuses('ERR_REPLAY', () => kernel.deserialize(real));
  });

  test('with an empty key nothing is signed, verified or remembered', () => {
    const session = sessionOf({ key: '' });
    assert.equal(session.signed, false);
    assert.equal(sessionOf().signed, true);
    const frames = request(session);
    assert.equal(frames[1]?.length, 0);
    session.deserialize(frames);
    session.deserialize(frames);
  });
});

suite('limits', () => {
  const frames = (session: Session, text: string, buffers: Uint8Array[] = []) =>
    transmitted(session.serialize({ header: session.header('x'), content: { text }, buffers }));

  test('sizes are checked before anything is hashed', () => {
    const kernel = sessionOf({ limits: { maxJsonBytes: 1000, maxBufferBytes: 10, maxFrames: 8 } });
    const stranger = sessionOf({ key: 'other' });
    refuses('ERR_TOO_LARGE', () => kernel.deserialize(frames(stranger, 'x'.repeat(1000))));
    refuses('ERR_TOO_LARGE', () => kernel.deserialize(frames(stranger, '', [new Uint8Array(11)])));
    refuses('ERR_TOO_LARGE', () =>
      kernel.deserialize(
        frames(
          stranger,
          '',
          Array.from({ length: 3 }, () => new Uint8Array()),
        ),
      ),
    );
    kernel.deserialize(frames(sessionOf(), 'x', [new Uint8Array(10), new Uint8Array()]));
  });
});

test('10,000 mangled messages are refused with a code, and the next good one is read', () => {
  const client = sessionOf();
  const kernel = sessionOf();
  // A linear congruential generator: the same messages every time.
  let state = 1;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const mangle = (original: Buffer[]): Buffer[] => {
    const copy = original.map((frame) => Buffer.from(frame));
    const index = random(copy.length);
    const frame = copy[index] ?? Buffer.alloc(0);
    const kind = random(4);
    if (kind === 0) copy.splice(index, 1);
    else if (kind === 1) copy.splice(index, 0, Buffer.from([random(256)]));
    else if (kind === 2) copy[index] = frame.subarray(0, random(frame.length));
    else if (frame.length > 0) frame[random(frame.length)] = random(256);
    return copy;
  };
  let refused = 0;
  for (let i = 0; i < 10_000; i++) {
    const original = transmitted(
      client.serialize({ header: client.header('execute_request'), content: { code: `${i}` } }),
    );
    const mangled = mangle(original);
    try {
      const message = kernel.deserialize(mangled);
      // Identities and buffers are not signed, and a byte may be replaced by itself.
      assert.deepEqual(message.content, { code: `${i}` });
    } catch (error) {
      assert.ok(error instanceof ProtocolError, String(error));
      assert.ok(!error.message.includes(KEY));
      refused += 1;
    }
  }
  assert.ok(refused > 5000, `${refused} refused`);
  kernel.deserialize(transmitted(client.serialize({ header: client.header('x'), content: {} })));
});
