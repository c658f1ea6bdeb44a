/** Bytes that a message carries beside its JSON. */
export type Bytes = ArrayBufferLike | ArrayBufferView;
/** What can be written as a JSON object. */
export type Data = Readonly<Record<string, unknown>>;

/** What a comm has received. */
export interface CommMessage {
  readonly data: Data;
  readonly metadata: Data;
  readonly buffers: readonly Uint8Array[];
}

export interface SendOptions {
  readonly metadata?: Data;
  readonly buffers?: readonly Bytes[];
}

/** May be asynchronous. What it throws is shown as an error of the message that it was called for. */
export type CommListener = (message: CommMessage) => unknown;

/** The comm was closed, by either side: nothing can be sent on it. */
export class CommClosedError extends Error {
  override readonly name = 'CommClosedError';
  readonly code = 'ERR_COMM_CLOSED';
  constructor(target: string, id: string) {
    super(`The comm ${id} of target '${target}' is closed. Open a new one to send more.`);
  }
}

/** The way of a comm's messages to the frontends, and its end. */
export interface CommWire {
  send(msgType: 'comm_msg' | 'comm_close', content: Data, options: SendOptions): void;
  readonly isOpen: boolean;
}

/** A conversation with the frontends about one thing, a widget for instance. Spec: messaging, "Custom messages". */
export class Comm {
  readonly id: string;
  /** Name of what the other side has to answer for. */
  readonly target: string;
  /** Called for each message of a frontend. Those that come while nobody listens are dropped. */
  onMessage: CommListener | null = null;
  /** Called when a frontend closes the comm; not by `close`. */
  onClose: CommListener | null = null;
  readonly #wire: CommWire;

  constructor(id: string, target: string, wire: CommWire) {
    this.id = id;
    this.target = target;
    this.#wire = wire;
  }

  get closed(): boolean {
    return !this.#wire.isOpen;
  }

  /** Sends a message to the frontends. @throws CommClosedError, and TypeError for data that JSON cannot write. */
  send(data: Data = {}, options: SendOptions = {}): void {
    if (this.closed) throw new CommClosedError(this.target, this.id);
    this.#wire.send('comm_msg', { comm_id: this.id, data }, options);
  }

  /** Closes the comm, and tells the frontends with `data`. A comm that is closed stays so. */
  close(data: Data = {}, options: SendOptions = {}): void {
    if (!this.closed) this.#wire.send('comm_close', { comm_id: this.id, data }, options);
  }
}
