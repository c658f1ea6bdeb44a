import { randomUUID } from 'node:crypto';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { Emitter } from '../emitter.ts';
import { detailsOf, type Log } from '../log.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { outputOf } from './captured-outputs.ts';
import type { Epoch, ToRenderer, WireMessage, WireModel } from './messages.ts';
import { bytesOf, isRecord, ModelStore, placeBuffers, type StoredModel } from './model-store.ts';
import { OutputWidgets } from './output-widgets.ts';
import { type JsonObject, requestModels, TARGET } from './request-models.ts';

/** Messages of widgets' own, kept until a renderer is there to take them. */
const MAX_HELD = 10_000;

/** The widgets of one kernel: their state is known here, whether they are shown anywhere or not. */
export class KernelWidgets {
  readonly #connection: Kernel.IKernelConnection;
  readonly #log: Log;
  readonly #store = new ModelStore();
  readonly #outputs: OutputWidgets;
  readonly #comms = new Map<string, Kernel.IComm>();
  readonly #toRenderers = new Emitter<ToRenderer>();
  readonly #restarted = new Emitter<void>();
  /** Messages that renderers have sent and the kernel has not done: our id of each, and the renderer's. */
  readonly #sent = new Map<string, string>();
  #held: ToRenderer[] | undefined = [];
  #epoch: Epoch = randomUUID();
  #complete = false;

  constructor(connection: Kernel.IKernelConnection, log: Log) {
    this.#connection = connection;
    this.#log = log;
    this.#outputs = new OutputWidgets(connection, (id, outputs) => this.#setOutputs(id, outputs));
    connection.registerCommTarget(TARGET, this.#opened);
    this.#askForModels();
  }

  readonly onMessage = this.#toRenderers.event;
  /** All models are gone; what comes is of the next epoch. */
  readonly onDidReset = this.#restarted.event;

  get epoch(): Epoch {
    return this.#epoch;
  }

  get complete(): boolean {
    return this.#complete;
  }

  get stored(): readonly StoredModel[] {
    return this.#store.all;
  }

  get models(): readonly WireModel[] {
    return this.#store.all.map(wired);
  }

  /** A renderer is there. What was said to models before is said again, if it is the first. */
  connected(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const message of held) this.#toRenderers.fire(message);
  }

  /** The kernel began anew. */
  reset(): void {
    this.#forget();
    this.#epoch = randomUUID();
    this.#complete = true;
    this.#restarted.fire();
  }

  dispose(): void {
    this.#forget();
    if (!this.#connection.isDisposed) this.#connection.removeCommTarget(TARGET, this.#opened);
  }

  #forget(): void {
    this.#outputs.clear();
    this.#store.clear();
    this.#comms.clear();
    this.#sent.clear();
    this.#held = [];
  }

  /** A frontend's own model. */
  open(target: string, message: WireMessage): void {
    const comm = this.#connection.createComm(target, message.id);
    const buffers = message.buffers.map(fromBase64);
    const { state, buffer_paths: paths } = message.data;
    this.#attach(comm, {
      id: message.id,
      state: isRecord(state) ? state : {},
      buffers: placeBuffers(paths, buffers),
    });
    this.#follow(comm.open(message.data as JsonObject, { version: '2.1.0' }, buffers), message.messageId);
  }

  send(message: WireMessage): void {
    const comm = this.#comms.get(message.id);
    if (comm === undefined) return;
    const buffers = message.buffers.map(fromBase64);
    const { method, state, buffer_paths: paths } = message.data;
    if (method === 'update' && isRecord(state)) {
      this.#store.update(message.id, state, placeBuffers(paths, buffers));
      this.#tell({ type: 'changed', epoch: this.#epoch, message });
    }
    this.#follow(comm.send(message.data as JsonObject, {}, buffers), message.messageId);
  }

  close(message: WireMessage): void {
    this.#comms.get(message.id)?.close(message.data as JsonObject, {}, message.buffers.map(fromBase64));
    this.#closed(message.id);
  }

  /** Tells the renderers what the kernel does with a message of theirs. */
  #follow(future: Kernel.IShellFuture, messageId: string): void {
    const epoch = this.#epoch;
    const ours = future.msg.header.msg_id;
    this.#sent.set(ours, messageId);
    future.onIOPub = ({ header, content }) => {
      const output = outputOf(header.msg_type, content as JsonObject);
      if (output !== undefined) this.#tell({ type: 'output', epoch, messageId, output });
    };
    const done = () => {
      this.#sent.delete(ours);
      this.#tell({ type: 'done', epoch, messageId });
    };
    future.done.then(done, done);
  }

  readonly #opened = (comm: Kernel.IComm, { content, buffers }: KernelMessage.ICommOpenMsg): void => {
    const { state, buffer_paths: paths } = content.data;
    this.#attach(comm, {
      id: comm.commId,
      state: isRecord(state) ? state : {},
      buffers: placeBuffers(paths, buffers),
    });
  };

  #attach(comm: Kernel.IComm, model: StoredModel): void {
    comm.onMsg = (message) => this.#received(comm.commId, message);
    comm.onClose = () => this.#closed(comm.commId);
    this.#comms.set(comm.commId, comm);
    this.#store.open(model);
    this.#outputs.look(model);
    this.#tell({ type: 'opened', epoch: this.#epoch, models: [wired(model)], complete: this.#complete });
  }

  #received(id: string, { content, buffers, parent_header: parent }: KernelMessage.ICommMsgMsg): void {
    const { data } = content;
    const asked = 'msg_id' in parent ? parent.msg_id : '';
    const messageId = this.#sent.get(asked) ?? asked;
    const isEcho = data.method === 'echo_update';
    if ((data.method === 'update' || (isEcho && !this.#sent.has(asked))) && isRecord(data.state)) {
      this.#store.update(id, data.state, placeBuffers(data.buffer_paths, buffers));
      const model = this.#store.get(id);
      if (model !== undefined) this.#outputs.look(model);
    }
    const bytes = (buffers ?? []).map((buffer) => toBase64(bytesOf(buffer)));
    const message: ToRenderer = {
      type: 'message',
      epoch: this.#epoch,
      message: { id, messageId, data, buffers: bytes },
    };
    if (this.#held === undefined) this.#tell(message);
    else if (data.method === 'custom' && this.#held.length < MAX_HELD) this.#held.push(message);
  }

  #closed(id: string): void {
    this.#comms.delete(id);
    this.#store.close(id);
    this.#outputs.forget(id);
    this.#tell({ type: 'closed', epoch: this.#epoch, id });
  }

  #setOutputs(id: string, outputs: readonly unknown[]): void {
    const data = { method: 'update', state: { outputs }, buffer_paths: [] };
    this.#store.update(id, data.state, []);
    this.#tell({ type: 'message', epoch: this.#epoch, message: { id, messageId: randomUUID(), data, buffers: [] } });
    this.#comms.get(id)?.send(JSON.parse(JSON.stringify(data)));
  }

  /** Nobody is told what nobody shows: who comes is given the whole state. */
  #tell(message: ToRenderer): void {
    if (this.#held === undefined) this.#toRenderers.fire(message);
  }

  async #askForModels(): Promise<void> {
    const epoch = this.#epoch;
    try {
      await requestModels(this.#connection, (id, state, buffers) => {
        if (epoch !== this.#epoch || this.#comms.has(id)) return;
        this.#attach(this.#connection.createComm(TARGET, id), { id, state, buffers });
      });
    } catch (error) {
      this.#log.warn(`The kernel was asked for its widgets: ${detailsOf(error)}`);
    }
    if (epoch !== this.#epoch) return;
    this.#complete = true;
    this.#tell({ type: 'opened', epoch, models: [], complete: true });
  }
}

function wired({ id, state, buffers }: StoredModel): WireModel {
  return {
    id,
    state,
    bufferPaths: buffers.map(({ path }) => path),
    buffers: buffers.map(({ bytes }) => toBase64(bytes)),
  };
}
