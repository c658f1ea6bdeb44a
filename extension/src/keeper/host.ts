import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { type CancellationToken, type MessageConnection, ResponseError } from 'vscode-jsonrpc/node';
import type { KernelEnd } from '../kernels/kernel.ts';
import { type Log, messageOf } from '../log.ts';
import { jsonRpcOver } from './json-rpc.ts';
import { KeptKernel } from './kept-kernel.ts';
import { toJson } from './message-json.ts';
import {
  Attach,
  Changed,
  Detach,
  Ended,
  type ErrorData,
  Gone,
  Hello,
  Interrupt,
  List,
  Missed,
  Restart,
  Restarted,
  SetPolicy,
  Shutdown,
  Start,
} from './messages.ts';

/** Code of an error in JSON-RPC: of the application's own. */
const FAILED = -32_000;

/** A window has to say hello within this time, in milliseconds. */
const HELLO_MS = 10_000;

/** For the first window to come, in milliseconds. */
const FIRST_MS = 30_000;

/** Between looks at what is idle, at most, in milliseconds. */
const TICK_MS = 5000;

export interface HostOptions {
  readonly token: string;
  readonly version: string;
  /** How long it stays when no kernel and no window is there, in milliseconds. */
  readonly lingerMs: number;
  readonly log: Log;
  /** Told when it has nothing to do any more. */
  readonly onIdle: () => void;
}

/** The kernels of a keeper, and the windows that are connected to it. */
export class KeeperHost {
  readonly #options: HostOptions;
  readonly #kernels = new Map<string, KeptKernel>();
  readonly #windows = new Set<MessageConnection>();
  readonly #timer: NodeJS.Timeout;
  readonly server: Server;
  /** Kernels that are being started. */
  #starting = 0;
  /** The window that has started it gets its time to come. */
  #idleSince: number | undefined = performance.now() + FIRST_MS;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), Math.min(TICK_MS, options.lingerMs));
    this.server = createServer((socket) => this.#accept(socket));
  }

  /** Ends all kernels. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.server.close();
    await Promise.all(
      [...this.#kernels.values()].map((kernel) => kernel.shutdown('because its keeper was asked to end')),
    );
    for (const window of this.#windows) window.end();
  }

  #accept(socket: Socket): void {
    const window = jsonRpcOver(socket);
    const late = setTimeout(() => socket.destroy(), HELLO_MS);
    socket.on('error', (error) => this.#options.log.debug(`A window's socket: ${error.message}`));
    window.onRequest(Hello, ({ token }) => {
      clearTimeout(late);
      if (!same(token, this.#options.token)) {
        setImmediate(() => socket.destroy());
        return new ResponseError(FAILED, 'This is not the token of the keeper.');
      }
      this.#windows.add(window);
      this.#serve(window);
      return { version: this.#options.version };
    });
    window.onClose(() => {
      clearTimeout(late);
      this.#windows.delete(window);
      let attached = false;
      for (const kernel of this.#kernels.values()) attached = kernel.forget(window) || attached;
      if (attached) this.#changed();
      window.dispose();
    });
    window.listen();
  }

  #serve(window: MessageConnection): void {
    window.onRequest(Start, (params, cancelled) =>
      answer(async () => {
        const kernel = await this.#start(params, cancelled);
        // Nobody would know of it, nor end it.
        if (!this.#windows.has(window)) await kernel.shutdown('because its window had left');
        return kernel.attach(window);
      }),
    );
    window.onRequest(List, () => [...this.#kernels.values()].map(({ model }) => model));
    window.onRequest(Attach, ({ id, policy }) => {
      const kernel = this.#kernels.get(id);
      if (kernel === undefined) return null;
      const attached = kernel.attach(window);
      kernel.policy = policy;
      this.#changed();
      return attached;
    });
    window.onRequest(Detach, ({ id, client }) => {
      this.#kernels.get(id)?.detach(window, client);
      this.#changed();
      return null;
    });
    window.onRequest(SetPolicy, ({ id, policy }) => {
      const kernel = this.#kernels.get(id);
      if (kernel) kernel.policy = policy;
      return null;
    });
    window.onRequest(Missed, ({ id, requests }) => (this.#kernels.get(id)?.missed(requests) ?? []).map(toJson));
    window.onRequest(Interrupt, ({ id }) =>
      answer(async () => {
        await this.#kernel(id).interrupt();
        return null;
      }),
    );
    window.onRequest(Restart, ({ id, node }) =>
      answer(async () => {
        const kernel = this.#kernel(id);
        await kernel.restart(node);
        return kernel.model;
      }),
    );
    window.onRequest(Shutdown, ({ id, graceMs }) =>
      answer(async () => {
        await this.#kernel(id).shutdown('because it was shut down', graceMs);
        return null;
      }),
    );
  }

  async #start(params: Parameters<typeof KeptKernel.start>[0], cancelled: CancellationToken): Promise<KeptKernel> {
    const abort = new AbortController();
    const listening = cancelled.onCancellationRequested(() => abort.abort(new Error('The start was cancelled.')));
    this.#starting += 1;
    try {
      const kernel = await KeptKernel.start(params, this.#events, abort.signal);
      this.#kernels.set(kernel.id, kernel);
      this.#options.log.info(`Started ${params.name} (process ${kernel.model.pid}) in ${params.cwd}`);
      this.#changed();
      return kernel;
    } finally {
      this.#starting -= 1;
      listening.dispose();
    }
  }

  readonly #events = {
    onEnded: (kernel: KeptKernel, end: KernelEnd): void => {
      this.#options.log.warn(`${kernel.model.specName} ended ${end.reason}`);
      this.#tell((window) => window.sendNotification(Ended, { id: kernel.id, end }));
      this.#changed();
    },
    onRestarted: (kernel: KeptKernel): void => {
      const { model } = kernel;
      this.#tell((window) => window.sendNotification(Restarted, model));
      this.#changed();
    },
    onGone: (kernel: KeptKernel, reason: string): void => {
      this.#options.log.info(`${kernel.model.specName} is gone: it ended ${reason}`);
      this.#kernels.delete(kernel.id);
      this.#tell((window) => window.sendNotification(Gone, { id: kernel.id, reason }));
      this.#changed();
    },
  };

  #kernel(id: string): KeptKernel {
    const kernel = this.#kernels.get(id);
    if (kernel) return kernel;
    throw Object.assign(new Error('The kernel was shut down.'), { code: 'ERR_KERNEL_NOT_RUNNING' });
  }

  #changed(): void {
    this.#tell((window) => window.sendNotification(Changed, {}));
  }

  #tell(send: (window: MessageConnection) => Promise<void>): void {
    for (const window of this.#windows) {
      send(window).catch((error: unknown) => this.#options.log.debug(`A window was not told: ${messageOf(error)}`));
    }
  }

  #tick(): void {
    for (const kernel of this.#kernels.values()) {
      kernel.tick().catch((error: unknown) => this.#options.log.error(`${kernel.model.specName}: ${messageOf(error)}`));
    }
    const idle = this.#kernels.size === 0 && this.#windows.size === 0 && this.#starting === 0;
    this.#idleSince = idle ? (this.#idleSince ?? performance.now()) : undefined;
    if (this.#idleSince !== undefined && performance.now() - this.#idleSince >= this.#options.lingerMs) {
      this.#options.onIdle();
    }
  }
}

/** What a handler resolves to; an error keeps its code. */
async function answer<T>(handler: () => Promise<T>): Promise<T | ResponseError<ErrorData>> {
  try {
    return await handler();
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    return new ResponseError(FAILED, messageOf(error), code === undefined ? {} : { code });
  }
}

function same(given: unknown, token: string): boolean {
  const bytes = Buffer.from(typeof given === 'string' ? given : '');
  const wanted = Buffer.from(token);
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
}
