import type { Answer, CommCommand } from '../../link.ts';
import { InterruptError } from '../errors.ts';
import { runForMessage } from '../running-cell.ts';
import type { Comms, Delivery } from './comms.ts';

/** How long an asynchronous handler may hold up the queue behind its message, in ms. It may await the next message. */
export const HOLD_MS = 100;

export interface DeliveriesParts {
  readonly comms: Comms;
  /** Sends an answer to the server. */
  readonly send: (answer: Answer) => void;
  /** Shows an error where it was caused. */
  readonly report: (error: unknown) => void;
}

/**
 * Runs the handlers of comms for the messages of frontends, one message after the other. What a handler shows is credited
 * to its message, also later; the message is answered when the handler has ended, or after HOLD_MS.
 */
export class Deliveries {
  readonly #parts: DeliveriesParts;
  readonly #pending = new Map<number, CommCommand>();

  constructor(parts: DeliveriesParts) {
    this.#parts = parts;
  }

  get comms(): Comms {
    return this.#parts.comms;
  }

  handle(command: CommCommand): void {
    this.#pending.set(command.id, command);
    runForMessage(command.parent, () => this.#deliver(command));
  }

  /** Ends what is pending. A handler that was in the middle of something has been stopped by V8 already. */
  interrupt(): void {
    for (const command of this.#pending.values()) {
      runForMessage(command.parent, () => {
        this.#parts.report(new InterruptError());
        this.#answer(command, true);
      });
    }
  }

  #deliver(command: CommCommand): void {
    let delivery: Delivery;
    try {
      delivery = this.#parts.comms.deliver(command);
    } catch (error) {
      this.#parts.report(error);
      this.#answer(command, true);
      return;
    }
    const { handled, ended } = delivery;
    if (ended === undefined) {
      this.#answer(command, handled);
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      this.#answer(command, handled);
    };
    const timer = setTimeout(done, HOLD_MS);
    ended.then(done, (error: unknown) => {
      this.#parts.report(error);
      done();
    });
  }

  #answer({ id }: CommCommand, handled: boolean): void {
    if (this.#pending.delete(id)) this.#parts.send({ op: 'answer', to: 'comm', id, outcome: { handled } });
  }
}
