import { connect, type Socket } from 'node:net';
import { within } from '@elara/protocol/client/bounded';
import { CancellationTokenSource, ErrorCodes, type MessageConnection, ResponseError } from 'vscode-jsonrpc/node';
import { Emitter } from '../emitter.ts';
import type { KernelEnd } from '../kernels/kernel.ts';
import type { Node } from '../kernels/node.ts';
import type { KeeperAddress } from './address.ts';
import { jsonRpcOver } from './json-rpc.ts';
import {
  Attach,
  type Attached,
  Changed,
  Detach,
  Ended,
  Gone,
  Hello,
  Interrupt,
  type KeepPolicy,
  type KeptMessage,
  type KeptModel,
  List,
  Missed,
  Restart,
  Restarted,
  SetPolicy,
  Shutdown,
  Start,
  type StartParams,
} from './messages.ts';

/** For a keeper to take a connection, in milliseconds. */
const CONNECT_MS = 5000;

/** Code of the error when there is no keeper any more. */
export const KEEPER_GONE = 'ERR_KEEPER_GONE';

/** A keeper's error, with the code that it had there. */
export class KeeperError extends Error {
  override readonly name = 'KeeperError';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** This window's connection to a keeper. */
export class Keeper {
  readonly address: KeeperAddress;
  readonly #connection: MessageConnection;
  readonly #socket: Socket;
  readonly #ended = new Emitter<{ readonly id: string; readonly end: KernelEnd }>();
  readonly #restarted = new Emitter<KeptModel>();
  readonly #gone = new Emitter<{ readonly id: string; readonly reason: string }>();
  readonly #changed = new Emitter<void>();
  readonly #closed = new Emitter<void>();
  #alive = true;

  private constructor(address: KeeperAddress, socket: Socket) {
    this.address = address;
    this.#socket = socket;
    this.#connection = jsonRpcOver(socket);
    this.#connection.onNotification(Ended, (ended) => this.#ended.fire(ended));
    this.#connection.onNotification(Restarted, (model) => this.#restarted.fire(model));
    this.#connection.onNotification(Gone, (gone) => this.#gone.fire(gone));
    this.#connection.onNotification(Changed, () => this.#changed.fire());
    this.#connection.onClose(() => this.#onClosed());
    this.#connection.listen();
  }

  /** @throws Error if nothing answers there. */
  static async connect(address: KeeperAddress): Promise<Keeper> {
    const socket = connect(address.socket);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.once('connect', resolve);
    socket.once('error', reject);
    try {
      const late = () => new KeeperError(`Nothing answers at ${address.socket}.`, KEEPER_GONE);
      await within(promise, CONNECT_MS, late);
      // What goes wrong from now on shows by the end of the connection.
      socket.on('error', () => undefined);
      const keeper = new Keeper(address, socket);
      await within(keeper.#connection.sendRequest(Hello, { token: address.token }), CONNECT_MS, late);
      return keeper;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  /** False when it is gone, or this connection to it. */
  get alive(): boolean {
    return this.#alive;
  }

  get onEnded(): Emitter<{ readonly id: string; readonly end: KernelEnd }>['event'] {
    return this.#ended.event;
  }

  get onRestarted(): Emitter<KeptModel>['event'] {
    return this.#restarted.event;
  }

  get onGone(): Emitter<{ readonly id: string; readonly reason: string }>['event'] {
    return this.#gone.event;
  }

  get onChanged(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  /** The keeper has ended. */
  get onClosed(): Emitter<void>['event'] {
    return this.#closed.event;
  }

  /** Starts a kernel and attaches this window to it. @throws KeeperError */
  async start(params: StartParams, signal: AbortSignal): Promise<Attached> {
    const source = new CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#ask(() => this.#connection.sendRequest(Start, params, source.token));
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  list(): Promise<readonly KeptModel[]> {
    return this.#ask(() => this.#connection.sendRequest(List, {}));
  }

  /** Undefined if there is no such kernel any more. */
  async attach(id: string, policy: KeepPolicy): Promise<Attached | undefined> {
    return (await this.#ask(() => this.#connection.sendRequest(Attach, { id, policy }))) ?? undefined;
  }

  async detach(id: string, client: string): Promise<void> {
    await this.#ask(() => this.#connection.sendRequest(Detach, { id, client }));
  }

  async setPolicy(id: string, policy: KeepPolicy): Promise<void> {
    await this.#ask(() => this.#connection.sendRequest(SetPolicy, { id, policy }));
  }

  missed(id: string, requests: readonly string[]): Promise<readonly KeptMessage[]> {
    return this.#ask(() => this.#connection.sendRequest(Missed, { id, requests }));
  }

  async interrupt(id: string): Promise<void> {
    await this.#ask(() => this.#connection.sendRequest(Interrupt, { id }));
  }

  restart(id: string, node?: Node): Promise<KeptModel> {
    return this.#ask(() => this.#connection.sendRequest(Restart, { id, node }));
  }

  async shutdown(id: string, graceMs?: number): Promise<void> {
    const params = graceMs === undefined ? { id } : { id, graceMs };
    await this.#ask(() => this.#connection.sendRequest(Shutdown, params));
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Ends this connection; the keeper goes on. */
  dispose(): void {
    this.#alive = false;
    this.#socket.destroy();
    this.#connection.dispose();
  }

  #onClosed(): void {
    if (!this.#alive) return;
    this.dispose();
    this.#closed.fire();
  }

  async #ask<T>(send: () => Promise<T>): Promise<T> {
    if (!this.#alive) throw goneError();
    try {
      return await send();
    } catch (error) {
      // It can be written to no more before its end is told.
      if (error instanceof ResponseError && error.code === ErrorCodes.MessageWriteError) this.#onClosed();
      if (!this.#alive) throw goneError();
      if (error instanceof ResponseError) {
        const { code }: { code?: string } = error.data ?? {};
        throw new KeeperError(error.message, code ?? 'ERR_KEEPER');
      }
      throw error;
    }
  }
}

function goneError(): KeeperError {
  return new KeeperError(
    'The process that keeps the kernels has ended. Kernels that run go on: connect to them by their connection files.',
    KEEPER_GONE,
  );
}
