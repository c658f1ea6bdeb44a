/** Signed requests, made before the clock starts. Wire format: "The wire protocol" of jupyter_client's messaging.rst. */
import { createHmac, randomUUID } from 'node:crypto';

export type Channel = 'shell' | 'control';

/** A request, signed and ready to be sent. */
export interface Request {
  readonly channel: Channel;
  readonly frames: readonly Buffer[];
}

const delimiter = Buffer.from('<IDS|MSG>');
const empty = Buffer.from('{}');

/** Signs with the connection's key; every request of one flight bears the same tag in its `msg_id`. */
export class Signer {
  readonly #key: string;
  readonly #session = randomUUID();

  constructor(key: string) {
    this.#key = key;
  }

  request(channel: Channel, msgType: string, content: unknown, tag: string): Request {
    const header = Buffer.from(
      JSON.stringify({
        msg_id: `${tag}-${randomUUID()}`,
        session: this.#session,
        username: 'bench',
        date: new Date().toISOString(),
        msg_type: msgType,
        version: '5.3',
      }),
    );
    const body = Buffer.from(JSON.stringify(content));
    const signature = createHmac('sha256', this.#key);
    for (const frame of [header, empty, empty, body]) signature.update(frame);
    return { channel, frames: [delimiter, Buffer.from(signature.digest('hex')), header, empty, empty, body] };
  }
}

/** Index of the header among the frames of a received message: its identities or topic, the delimiter and the signature come before. */
export function headerIndex(frames: readonly Buffer[]): number {
  let index = 0;
  while (index < frames.length && !(frames[index] as Buffer).equals(delimiter)) index++;
  return index + 2;
}
