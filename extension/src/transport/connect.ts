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
export function connectOverZmq(model: Kernel.IModel, link: ZmqLink, control: KernelControl): KernelConnection {
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
  return new KernelConnection({
    model,
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
