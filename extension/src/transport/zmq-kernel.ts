import { LAST_WORDS_MS } from '@elara/protocol/client/options';
import { type ConnectionInfo, readConnectionFile } from '@elara/protocol/connection';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { Emitter } from '../emitter.ts';
import type { KernelEnd, KernelPlace, RunningKernel } from '../kernels/kernel.ts';
import { type Log, messageOf } from '../log.ts';
import { connectOverZmq, type KernelControl } from './connect.ts';
import { connected } from './ready.ts';
import { ZmqLink } from './zmq-link.ts';

/** What is done to a kernel besides messages, by whoever can do it: its keeper, or we ourselves. */
export interface ZmqControl extends KernelControl {
  kill(): Promise<void>;
  missed(requests: readonly string[]): Promise<readonly KernelMessage.IIOPubMessage[]>;
  isShared(): Promise<boolean>;
  /** This window leaves the kernel. */
  leave(): void;
}

export interface ZmqKernelOptions {
  readonly id: string;
  readonly specName: string | undefined;
  /** Default: what the kernel says of itself. */
  readonly displayName?: string | undefined;
  readonly language?: string | undefined;
  readonly connectionFile: string;
  readonly pid?: number | undefined;
  readonly ours: boolean;
  /** Identity of the sockets and id of the session. */
  readonly client: string;
  /** Until it answers. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly log: Log;
}

/** A kernel on this machine, or at the other end of a tunnel: reached over its own ZeroMQ sockets. */
export class ZmqKernel implements RunningKernel {
  readonly id: string;
  readonly specName: string | undefined;
  readonly ours: boolean;
  readonly link: ZmqLink;
  readonly connection: Kernel.IKernelConnection;
  readonly #options: ZmqKernelOptions;
  readonly #control: ZmqControl;
  readonly #didEnd = new Emitter<KernelEnd>();
  readonly #didRestart = new Emitter<void>();
  #pid: number | undefined;
  #info: KernelMessage.IInfoReply | undefined;
  #restarting = false;
  /** True while its keeper starts it anew by itself. */
  #reviving = false;
  /** Ends and new beginnings one after the other, as they came. */
  #fate: Promise<void> = Promise.resolve();

  private constructor(options: ZmqKernelOptions, control: (link: ZmqLink) => ZmqControl) {
    this.#options = options;
    this.id = options.id;
    this.specName = options.specName;
    this.ours = options.ours;
    this.#pid = options.pid;
    const { log, connectionFile } = options;
    const onTooOpen = (error: Error): void => log.warn(error.message);
    let known: ConnectionInfo | undefined;
    const connectionInfo = async (): Promise<ConnectionInfo> => {
      // While a kernel that died is started anew, its file is gone: its address stays the same.
      if (known && this.#reviving) return known;
      known = await readConnectionFile(connectionFile, { onTooOpen });
      return known;
    };
    this.link = new ZmqLink(connectionInfo, options.client, log);
    this.#control = control(this.link);
    const model = { id: options.id, name: options.specName ?? '' };
    this.connection = connectOverZmq(model, options.client, this.link, this.#control);
    this.connection.disposed.connect(() => this.#control.leave());
    this.connection.statusChanged.connect((_, status) => {
      // By our word, or by the kernel's own, which has a new process for the code that it runs.
      if (status === 'autorestarting') void this.#afterRestart();
    });
  }

  /** @throws Error if it does not answer in time; ProtocolError for the connection file; the signal's reason */
  static async open(options: ZmqKernelOptions, control: (link: ZmqLink) => ZmqControl): Promise<ZmqKernel> {
    const kernel = new ZmqKernel(options, control);
    try {
      await connected(kernel.connection, options.timeoutMs, () => kernel.link.failure, options.signal);
      kernel.#info = kernel.link.info;
      return kernel;
    } catch (error) {
      kernel.dispose();
      throw error;
    }
  }

  get info(): KernelMessage.IInfoReply {
    if (this.#info) return this.#info;
    throw new Error('The kernel has not answered yet.');
  }

  get displayName(): string {
    return this.#options.displayName ?? this.specName ?? this.info.implementation;
  }

  get language(): string {
    return this.#options.language ?? this.info.language_info.name;
  }

  get place(): KernelPlace {
    return { kind: 'local', connectionFile: this.#options.connectionFile, pid: this.#pid };
  }

  set pid(pid: number | undefined) {
    this.#pid = pid;
  }

  get onDidEnd(): Emitter<KernelEnd>['event'] {
    return this.#didEnd.event;
  }

  get onDidRestart(): Emitter<void>['event'] {
    return this.#didRestart.event;
  }

  interrupt(): Promise<void> {
    return this.connection.interrupt();
  }

  async restart(): Promise<void> {
    this.#restarting = true;
    try {
      await this.connection.restart();
      this.#info = this.link.info;
    } finally {
      this.#restarting = false;
    }
    this.#didRestart.fire();
  }

  shutdown(): Promise<void> {
    return this.connection.shutdown();
  }

  async kill(): Promise<void> {
    await this.#control.kill();
    this.connection.dispose();
  }

  missed(requests: readonly string[]): Promise<readonly KernelMessage.IIOPubMessage[]> {
    return this.#control.missed(requests);
  }

  isShared(): Promise<boolean> {
    return this.#control.isShared();
  }

  dispose(): void {
    this.connection.dispose();
  }

  /** Called by whoever watches it: it has another process, which was somebody else's doing. */
  replaced(pid: number | undefined): void {
    this.#pid = pid;
    this.#fate = this.#fate.then(() => this.#replaced());
  }

  /** Called by whoever watches it: its process has ended. Its last messages are still taken in. */
  ended(end: KernelEnd): void {
    this.#fate = this.#fate.then(() => this.#ended(end));
  }

  async #replaced(): Promise<void> {
    if (this.#reviving) {
      this.#reviving = false;
      return;
    }
    if (this.#restarting || this.connection.isDisposed) return;
    try {
      if (this.connection.connectionStatus !== 'connected') await this.connection.reconnect();
    } catch (error) {
      this.#options.log.warn(`${this.displayName} after its restart: ${messageOf(error)}`);
      return;
    }
    this.link.inject(restartingStatus());
  }

  async #ended(end: KernelEnd): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS));
    if (this.connection.isDisposed) return;
    this.#reviving = end.restarting === true;
    if (!this.#reviving) this.link.sever(end.reason);
    this.#didEnd.fire(end);
    if (this.#reviving) this.link.inject(restartingStatus());
  }

  async #afterRestart(): Promise<void> {
    // The connection has forgotten by then what was; what is sent from now on waits until it is open.
    await Promise.resolve();
    this.#didRestart.fire();
    try {
      await connected(this.connection, this.#options.timeoutMs, () => this.link.failure);
      this.#info = this.link.info;
    } catch (error) {
      this.#options.log.warn(`${this.displayName} after its restart: ${messageOf(error)}`);
    }
  }
}

/** What a Jupyter server says when it restarts a kernel: the stock connection forgets what was, and begins anew. */
function restartingStatus(): KernelMessage.IMessage {
  return {
    header: { msg_id: '', msg_type: 'status', session: '', username: '', date: '', version: '5.3' },
    parent_header: {},
    metadata: {},
    content: { execution_state: 'restarting' },
    channel: 'iopub',
  } as unknown as KernelMessage.IMessage;
}
