import { randomUUID } from 'node:crypto';
import { PROTOCOL_VERSION } from '@elara/protocol/message';

/**
 * Makes the headers of what this kernel sends, as the bytes that are signed and sent. Every message has one, so they are
 * put together from parts that do not change.
 */
export class Headers {
  readonly #username: string;
  #session = '';
  #start = '';
  #end = '';
  #count = 0;
  /** The time of the last header, in ms, and its text: several are made in one. */
  #time = 0;
  #date = '';

  /** @param session Id of the first session. */
  constructor(username: string, session: string) {
    this.#username = username;
    this.#begin(session);
  }

  /** Identifies the kernel's process to clients: when it changes, the namespace was lost. */
  get session(): string {
    return this.#session;
  }

  /** The worker was replaced: clients that see the new id know that the namespace is a fresh one. */
  renew(): void {
    this.#begin(randomUUID());
  }

  /** The next header. */
  make(msgType: string): Buffer {
    this.#count += 1;
    const now = Date.now();
    if (now !== this.#time) {
      this.#time = now;
      this.#date = new Date(now).toISOString();
    }
    return Buffer.from(`${this.#start}${this.#count}","msg_type":"${msgType}","date":"${this.#date}${this.#end}`);
  }

  /** Message id of the header made last. */
  get lastId(): string {
    return `${this.#session}_${this.#count}`;
  }

  #begin(session: string): void {
    const id = JSON.stringify(session).slice(1, -1);
    this.#session = session;
    this.#start = `{"msg_id":"${id}_`;
    this.#end = `","session":"${id}","username":${JSON.stringify(this.#username)},"version":"${PROTOCOL_VERSION}"}`;
  }
}
