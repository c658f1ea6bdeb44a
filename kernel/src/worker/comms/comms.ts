import { randomUUID } from 'node:crypto';
import type { Publisher } from '../publisher.ts';
import { type Bytes, Comm, type CommMessage, type Data, type SendOptions } from './comm.ts';

export interface OpenOptions extends SendOptions {
  readonly data?: Data;
  /** Default: a new one. A frontend that reconnects to a comm that it knows gives its id. */
  readonly id?: string;
}

/** Called when a frontend opens a comm of the target, with the message that opened it. */
export type TargetHandler = (comm: Comm, message: CommMessage) => unknown;

/** The global `Jupyter.comms`. */
export interface JupyterComms {
  /** Answers frontends that open comms of this target. Registered again, a target is answered by the new handler. */
  registerTarget(name: string, handler: TargetHandler): void;
  unregisterTarget(name: string): void;
  /** Opens a comm: the frontend is to have a handler for the target. */
  open(target: string, options?: OpenOptions): Comm;
  /** The comms that are open, by id. */
  readonly all: ReadonlyMap<string, Comm>;
}

/** A message of a frontend about a comm. */
export interface Incoming {
  readonly msgType: 'comm_open' | 'comm_msg' | 'comm_close';
  readonly content: Data;
  readonly metadata: Data;
  readonly buffers: readonly Uint8Array[];
}

/** What a message sets off: `handled` is whether anybody knows its comm or target. */
export interface Delivery {
  readonly handled: boolean;
  /** The end of what the user's code does about it, where that is asynchronous. */
  readonly ended?: Promise<unknown>;
}

/** The comms of one worker. */
export class Comms implements JupyterComms {
  readonly #publisher: Publisher;
  readonly #targets = new Map<string, TargetHandler>();
  readonly #open = new Map<string, Comm>();

  constructor(publisher: Publisher) {
    this.#publisher = publisher;
  }

  get all(): ReadonlyMap<string, Comm> {
    return new Map(this.#open);
  }

  registerTarget(name: string, handler: TargetHandler): void {
    if (typeof handler !== 'function') throw new TypeError(`The handler of the target '${name}' is not a function.`);
    this.#targets.set(name, handler);
  }

  unregisterTarget(name: string): void {
    this.#targets.delete(name);
  }

  open(target: string, { data = {}, id = randomUUID(), ...options }: OpenOptions = {}): Comm {
    this.#send('comm_open', { comm_id: id, target_name: target, data }, options);
    return this.#add(id, target);
  }

  /**
   * Gives a message to the user's code, which may throw. A target that nobody has registered is answered by comm_close,
   * as is one whose handler throws.
   */
  deliver({ msgType, content, metadata, buffers }: Incoming): Delivery {
    const id = String(content.comm_id);
    const message: CommMessage = { data: record(content.data), metadata, buffers };
    if (msgType === 'comm_open') return this.#opened(id, String(content.target_name), message);
    const comm = this.#open.get(id);
    if (comm === undefined) return { handled: false };
    if (msgType === 'comm_close') this.#open.delete(id);
    const listener = msgType === 'comm_close' ? comm.onClose : comm.onMessage;
    return { handled: true, ...ended(listener?.call(comm, message)) };
  }

  #opened(id: string, target: string, message: CommMessage): Delivery {
    const handler = this.#targets.get(target);
    if (handler === undefined) {
      this.#send('comm_close', { comm_id: id, data: {} }, {});
      return { handled: false };
    }
    const comm = this.#add(id, target);
    try {
      const result = handler(comm, message);
      if (!(result instanceof Promise)) return { handled: true };
      const whole = result.catch((error: unknown) => {
        comm.close();
        throw error;
      });
      return { handled: true, ended: whole };
    } catch (error) {
      comm.close();
      throw error;
    }
  }

  #add(id: string, target: string): Comm {
    const isOpen = (): boolean => this.#open.get(id) === comm;
    const comm: Comm = new Comm(id, target, {
      get isOpen() {
        return isOpen();
      },
      send: (msgType, content, options) => {
        this.#send(msgType, content, options);
        if (msgType === 'comm_close') this.#open.delete(id);
      },
    });
    this.#open.set(id, comm);
    return comm;
  }

  #send(msgType: string, content: Data, { metadata = {}, buffers = [] }: SendOptions): void {
    const { data } = content;
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      throw new TypeError(`The data of a ${msgType} is an object: { key: value }.`);
    }
    this.#publisher.publish(msgType, content, metadata, buffers.map(toBytes));
  }
}

function ended(result: unknown): Pick<Delivery, 'ended'> {
  return result instanceof Promise ? { ended: result } : {};
}

function record(value: unknown): Data {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function toBytes(bytes: Bytes): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes;
  return ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}
