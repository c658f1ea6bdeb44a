import type { RemoteChannel } from '@elara/gateway';
import type { Event, Publication } from '../link.ts';
import { encodeAnswer, encodePublication } from '../link-codec.ts';
import type { Outbox, StreamName } from './outbox.ts';
import type { Publisher } from './publisher.ts';
import { currentCell } from './running-cell.ts';

/** Everything that cells show goes through here, in order, credited to the cell that caused it. */
export class Output implements Publisher {
  readonly #channel: RemoteChannel;
  readonly #outbox: Outbox;
  /** Publishes what still waits to be published before what comes now. */
  before: (() => void) | undefined;

  constructor(channel: RemoteChannel, outbox: Outbox) {
    this.#channel = channel;
    this.#outbox = outbox;
  }

  write(name: StreamName, text: string): void {
    const cell = currentCell();
    if (text === '' || cell?.sink?.('stream', { name, text })) return;
    this.#outbox.append(cell?.command.parent ?? null, name, text);
  }

  publish(
    msgType: string,
    content: Record<string, unknown>,
    metadata?: Record<string, unknown>,
    buffers?: readonly Uint8Array[],
  ): void {
    const cell = currentCell();
    if (cell?.sink?.(msgType, content)) return;
    this.send({
      op: 'publish',
      msgType,
      parent: cell?.command.parent ?? null,
      content: encode(content),
      ...(metadata !== undefined && { metadata: encode(metadata) }),
      ...(buffers !== undefined && buffers.length > 0 && { buffers }),
    } satisfies Publication);
  }

  /** Does what `action` sends in one go. */
  together(action: () => void): void {
    this.#channel.exclusive(action);
  }

  /** Sends an event to the server after all text before it. */
  send(event: Event): void {
    this.before?.();
    this.#channel.exclusive(() => {
      this.#outbox.flush();
      if (event.op === 'publish') this.#channel.sendBytes(encodePublication(event));
      else this.#channel.send(event.op === 'answer' ? encodeAnswer(event) : event);
    });
  }
}

function encode(value: Record<string, unknown>): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
