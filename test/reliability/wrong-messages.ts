import type { TestClient } from '@elara/kernel/server/testing/test-client';
import { Session } from '@elara/protocol/session';

export type Random = (below: number) => number;

/** Numbers in [0, below), the same ones in every run (mulberry32). */
export function randomly(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random(256)));
}

/** What a kernel must never do: a request that would, were it not spoilt. */
export interface Spoilt {
  readonly msgType: string;
  readonly content: Readonly<Record<string, string>>;
}

/** Messages of a client that are all wrong in one way or another, made from ones that would be obeyed. */
export function* wrongMessages(client: TestClient, { msgType, content }: Spoilt, random: Random, count: number) {
  const stranger = new Session({ key: 'not the key', signatureScheme: 'hmac-sha256' });
  const otherScheme = new Session({ key: 'not the key', signatureScheme: 'hmac-sha1' });
  for (let index = 0; index < count; index++) {
    const message = { header: client.header(msgType), content };
    const frames = client.session.serialize(message).map((part): Buffer => Buffer.from(part));
    const json = 2 + random(4);
    const frame = frames[json] ?? Buffer.alloc(0);
    const at = random(frame.length);
    switch (random(10)) {
      case 0:
        yield stranger.serialize(message);
        break;
      case 1:
        yield otherScheme.serialize(message);
        break;
      case 2:
        yield frames.slice(0, random(6));
        break;
      case 3:
        yield Array.from({ length: 1 + random(9) }, () => randomBytes(random, random(64)));
        break;
      case 4:
        frame.writeUInt8(frame.readUInt8(at) ^ (1 << random(8)), at);
        yield frames;
        break;
      case 5:
        frames[1] = Buffer.alloc(0);
        yield frames;
        break;
      case 6:
        frames[1] = randomBytes(random, 64);
        yield frames;
        break;
      case 7:
        // The right signature, of other frames.
        [frames[2], frames[5]] = [frames[5] ?? Buffer.alloc(0), frames[2] ?? Buffer.alloc(0)];
        yield frames;
        break;
      case 8:
        // Signed, but no JSON.
        yield client.session.serialize({ ...message, content: randomBytes(random, 1 + random(30)) });
        break;
      default:
        // Signed JSON of another shape.
        yield client.session.serialize({
          ...message,
          content: [[index], { code: [], value: 1 }, 'code', null][random(4)],
        });
    }
  }
}
