import type { ICallbacks, IClassicComm } from '@jupyter-widgets/base';
import type { Epoch, ShownOutput, State, WireMessage } from '../../src/widgets/messages.ts';
import { fromBase64, toBase64 } from '../output-item.ts';
import type { Wire } from './wire.ts';

type Buffers = readonly (ArrayBuffer | ArrayBufferView)[];

/** What a comm hears. */
interface CommMessage {
  readonly content: { readonly data: State };
  readonly parent_header: { readonly msg_id: string };
  readonly buffers: readonly DataView[];
}

/** A widget has asked for something, and this is told what the kernel does with it. */
export interface Callbacks extends ICallbacks {
  /** What the kernel shows meanwhile. */
  readonly shown?: (output: ShownOutput) => void;
}

/** The comms of one life of a kernel, as seen from here. */
export class Comms {
  readonly #wire: Wire;
  readonly #epoch: Epoch;
  readonly #comms = new Map<string, WiredComm>();
  readonly #asked = new Map<string, Callbacks>();
  /** Messages of other renderers, which show the same models. */
  readonly #ofOthers = new Set<string>();
  readonly #modules = new Map<string, PromiseWithResolvers<string | undefined>>();

  constructor(wire: Wire, epoch: Epoch) {
    this.#wire = wire;
    this.#epoch = epoch;
  }

  create(target: string, id: string): WiredComm {
    const comm = new WiredComm(target, id, (type, data, callbacks, buffers) => {
      const messageId = crypto.randomUUID();
      this.#asked.set(messageId, callbacks);
      const message = { id, messageId, data: data as State, buffers: buffers.map(toBase64) };
      if (type === 'open') this.#wire.send({ type, epoch: this.#epoch, target, message });
      else this.#wire.send({ type, epoch: this.#epoch, message });
      return messageId;
    });
    this.#comms.set(id, comm);
    return comm;
  }

  receive(message: WireMessage): void {
    // What another renderer has changed is here before the kernel's echo of it.
    if (message.data.method === 'echo_update' && this.#ofOthers.has(message.messageId)) return;
    this.#hand(message);
  }

  /** A renderer has changed a model: one's own changes come back too. */
  changed(message: WireMessage): void {
    if (this.#asked.has(message.messageId)) return;
    this.#ofOthers.add(message.messageId);
    this.#hand(message);
  }

  #hand({ id, messageId, data, buffers }: WireMessage): void {
    this.#comms.get(id)?.receive({
      content: { data },
      parent_header: { msg_id: messageId },
      buffers: buffers.map((buffer) => new DataView(fromBase64(buffer).buffer)),
    });
  }

  closed(id: string): void {
    this.#comms.get(id)?.closed();
    this.#comms.delete(id);
  }

  done(messageId: string): void {
    this.#ofOthers.delete(messageId);
    const callbacks = this.#asked.get(messageId);
    this.#asked.delete(messageId);
    // A model waits for this before it sends its next change.
    callbacks?.iopub?.status?.({ content: { execution_state: 'idle' } } as never);
  }

  /** Asks the extension for the file of a module. */
  module(name: string): Promise<string | undefined> {
    const asked = this.#modules.get(name) ?? Promise.withResolvers<string | undefined>();
    if (!this.#modules.has(name)) this.#wire.send({ type: 'module', epoch: this.#epoch, name });
    this.#modules.set(name, asked);
    return asked.promise;
  }

  moduleCame(name: string, source: string | undefined): void {
    this.#modules.get(name)?.resolve(source);
  }

  output(messageId: string, output: ShownOutput): void {
    this.#asked.get(messageId)?.shown?.(output);
  }
}

type Send = (type: 'open' | 'send' | 'close', data: unknown, callbacks: Callbacks, buffers: Buffers) => string;

class WiredComm implements IClassicComm {
  readonly comm_id: string;
  readonly target_name: string;
  readonly #send: Send;
  /** What came before there was a model to hear it: its class may have to be loaded first. */
  #early: (() => void)[] | undefined = [];
  #onMessage: (message: CommMessage) => void = () => undefined;
  #onClose: (message: CommMessage) => void = () => undefined;

  constructor(target: string, id: string, send: Send) {
    this.target_name = target;
    this.comm_id = id;
    this.#send = send;
  }

  open(data: unknown, callbacks: Callbacks = {}, _metadata?: unknown, buffers: Buffers = []): string {
    return this.#send('open', data, callbacks, buffers);
  }

  send(data: unknown, callbacks: Callbacks = {}, _metadata?: unknown, buffers: Buffers = []): string {
    return this.#send('send', data, callbacks, buffers);
  }

  close(data: unknown = {}, callbacks: Callbacks = {}, _metadata?: unknown, buffers: Buffers = []): string {
    return this.#send('close', data, callbacks, buffers);
  }

  on_msg(callback: (message: CommMessage) => void): void {
    this.#onMessage = callback;
    // A model begins to listen in the middle of its construction.
    queueMicrotask(() => this.begin());
  }

  /** Hands over what came meanwhile: to nobody, where no model could be made. */
  begin(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const hear of early) hear();
  }

  on_close(callback: (message: CommMessage) => void): void {
    this.#onClose = callback;
  }

  receive(message: CommMessage): void {
    this.#hear(() => this.#onMessage(message));
  }

  closed(): void {
    this.#hear(() => this.#onClose({ content: { data: {} }, parent_header: { msg_id: '' }, buffers: [] }));
  }

  #hear(heard: () => void): void {
    if (this.#early === undefined) heard();
    else this.#early.push(heard);
  }
}
