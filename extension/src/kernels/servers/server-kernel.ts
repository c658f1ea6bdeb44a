import { within } from '@elara/protocol/client/bounded';
import { type Kernel, KernelMessage } from '@jupyterlab/services';
import { Emitter } from '../../emitter.ts';
import { connected } from '../../transport/ready.ts';
import type { KernelEnd, KernelPlace, RunningKernel } from '../kernel.ts';

/** How long a kernel may take to answer on shell before it is asked on control, which busy ones answer too; in milliseconds. */
const BUSY_AFTER_MS = 1500;

export interface ServerKernelOptions {
  readonly id: string;
  /** Of the server. */
  readonly url: string;
  /** True if it was started for us. */
  readonly ours: boolean;
  readonly displayName: string;
  readonly language: string | undefined;
  /** Until it answers. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly kill: () => Promise<void>;
  readonly isShared: () => Promise<boolean>;
}

/** A kernel of a Jupyter server: what the stock connection does, in our terms. */
export class ServerKernel implements RunningKernel {
  readonly connection: Kernel.IKernelConnection;
  readonly info: KernelMessage.IInfoReply;
  readonly #options: ServerKernelOptions;
  readonly #didEnd = new Emitter<KernelEnd>();
  readonly #didRestart = new Emitter<void>();

  private constructor(
    connection: Kernel.IKernelConnection,
    info: KernelMessage.IInfoReply,
    options: ServerKernelOptions,
  ) {
    this.connection = connection;
    this.info = info;
    this.#options = options;
    connection.statusChanged.connect((_, status) => {
      if (status === 'dead') this.#didEnd.fire({ reason: 'on its server', lastOutput: '' });
      else if (status === 'autorestarting') void this.#afterRestart();
    });
    connection.connectionStatusChanged.connect((_, status) => {
      if (status !== 'disconnected' || connection.isDisposed) return;
      this.#didEnd.fire({ reason: `or is out of reach: the connection to ${options.url} is lost`, lastOutput: '' });
    });
  }

  /** @throws Error if it does not answer in time; the signal's reason */
  static async open(connection: Kernel.IKernelConnection, options: ServerKernelOptions): Promise<ServerKernel> {
    const { timeoutMs, signal, url } = options;
    try {
      await connected(connection, timeoutMs, () => `The server at ${url} has closed the connection.`, signal);
      const late = () => new Error(`The kernel on ${url} did not answer within ${timeoutMs / 1000} s.`);
      return new ServerKernel(connection, await within(infoOf(connection), timeoutMs, late), options);
    } catch (error) {
      connection.dispose();
      throw error;
    }
  }

  get id(): string {
    return this.#options.id;
  }

  get ours(): boolean {
    return this.#options.ours;
  }

  get specName(): string {
    return this.connection.name;
  }

  get displayName(): string {
    return this.#options.displayName;
  }

  get language(): string {
    return this.#options.language ?? this.info.language_info.name;
  }

  get place(): KernelPlace {
    return { kind: 'server', url: this.#options.url, kernelId: this.connection.id };
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
    await this.connection.restart();
    this.#didRestart.fire();
  }

  shutdown(): Promise<void> {
    return this.connection.shutdown();
  }

  async kill(): Promise<void> {
    await this.#options.kill();
    this.connection.dispose();
  }

  /** The server keeps what comes while nobody is there, and sends it by itself. */
  async missed(): Promise<readonly KernelMessage.IIOPubMessage[]> {
    return [];
  }

  isShared(): Promise<boolean> {
    return this.#options.isShared();
  }

  dispose(): void {
    this.connection.dispose();
  }

  /** Its process died, and the server has started another. */
  async #afterRestart(): Promise<void> {
    this.#didEnd.fire({ reason: 'on its server, which starts it anew', lastOutput: '', restarting: true });
    // The connection has forgotten by then what was; what is sent from now on waits until it is open.
    await Promise.resolve();
    this.#didRestart.fire();
  }
}

async function infoOf(connection: Kernel.IKernelConnection): Promise<KernelMessage.IInfoReply> {
  const { promise, resolve } = Promise.withResolvers<KernelMessage.IInfoReply>();
  const timer = setTimeout(() => {
    const question = KernelMessage.createMessage<KernelMessage.IInfoRequestMsg>({
      msgType: 'kernel_info_request',
      // The types know it on shell only; kernels of today answer it on both.
      channel: 'control' as 'shell',
      session: connection.clientId,
      content: {},
    });
    const future = connection.sendControlMessage(question as unknown as KernelMessage.IControlMessage, true);
    future.onReply = (reply) => resolve(reply.content as unknown as KernelMessage.IInfoReply);
    future.done.catch(() => undefined);
  }, BUSY_AFTER_MS);
  try {
    return await Promise.race([connection.info, promise]);
  } finally {
    clearTimeout(timer);
  }
}
