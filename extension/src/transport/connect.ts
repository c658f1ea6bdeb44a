import { type Kernel, KernelConnection, type KernelMessage, ServerConnection } from '@jupyterlab/services';
import type { ZmqLink } from './zmq-link.ts';
import { webSocketOver } from './zmq-websocket.ts';

/** What a kernel can be told besides messages: a Jupyter server does it by HTTP, we do it by hand. */
export interface KernelControl {
  interrupt(): Promise<void>;
  /** Resolves when the new process was started: the connection is opened anew then. */
  restart(): Promise<void>;
  shutdown(): Promise<void>;
}

/** A kernel connection of @jupyterlab/services over ZeroMQ: the stock class, with our socket and our control. */
export function connectOverZmq(
  model: Kernel.IModel,
  clientId: string,
  link: ZmqLink,
  control: KernelControl,
): KernelConnection {
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: 'http://localhost/',
    wsUrl: 'ws://localhost/',
    token: '',
    WebSocket: webSocketOver(link),
    serializer: {
      // Messages pass as they are: the link signs and parses.
      serialize: (message) => message as unknown as ArrayBuffer,
      deserialize: (data) => data as unknown as KernelMessage.IMessage,
    },
  });
  return new ZmqConnection({
    model,
    clientId,
    serverSettings,
    kernelAPIClient: {
      serverSettings,
      listRunning: async () => [model],
      getModel: async () => model,
      startNew: () => Promise.reject(new Error('A connection starts no other kernels.')),
      interrupt: () => control.interrupt(),
      restart: () => control.restart(),
      shutdown: () => control.shutdown(),
    },
  });
}

type CommOpened = (comm: Kernel.IComm, message: KernelMessage.ICommOpenMsg) => void | PromiseLike<void>;

/** The stock connection, but for rejections that nobody could handle. */
class ZmqConnection extends KernelConnection {
  readonly #opened = new WeakMap<CommOpened, CommOpened>();

  /** Asked for at every opening of the connection; a restart or an end in between cancels it. */
  override async requestKernelInfo(): Promise<KernelMessage.IInfoReplyMsg | undefined> {
    try {
      return await super.requestKernelInfo();
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('Canceled future')) return undefined;
      throw error;
    }
  }

  override createComm(targetName: string, commId?: string): Kernel.IComm {
    return withoutSubshellRejection(super.createComm(targetName, commId));
  }

  override registerCommTarget(targetName: string, callback: CommOpened): void {
    const opened = this.#opened.get(callback) ?? ((comm, message) => callback(withoutSubshellRejection(comm), message));
    this.#opened.set(callback, opened);
    super.registerCommTarget(targetName, opened);
  }

  override removeCommTarget(targetName: string, callback: CommOpened): void {
    super.removeCommTarget(targetName, this.#opened.get(callback) ?? callback);
  }
}

/** The stock comm begins a subshell for its messages: a restart or an end cancels that, and leaves nothing to be done. */
function withoutSubshellRejection(comm: Kernel.IComm): Kernel.IComm {
  if ('subshellStarted' in comm && comm.subshellStarted instanceof Promise) comm.subshellStarted.catch(() => undefined);
  return comm;
}
