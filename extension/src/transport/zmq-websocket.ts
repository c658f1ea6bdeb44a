import type { KernelMessage, ServerConnection } from '@jupyterlab/services';
import type { ZmqLink } from './zmq-link.ts';

/** Close code of an orderly end: with any other, @jupyterlab/services would try to connect again. */
const GOING_AWAY = 1001;

type CloseListener = (event: { readonly code: number; readonly reason: string }) => void;

/**
 * A WebSocket as @jupyterlab/services' KernelConnection uses it, whose messages go over a kernel's ZeroMQ sockets. They are
 * handed over as objects: the settings' serializer leaves them as they are.
 */
export function webSocketOver(link: ZmqLink): ServerConnection.ISettings['WebSocket'] {
  class ZmqWebSocket {
    /** The old protocol: the serializer sees no other. */
    readonly protocol = '';
    binaryType = 'arraybuffer';
    onopen: (event: object) => void = ignore;
    onmessage: (event: { readonly data: KernelMessage.IMessage }) => void = ignore;
    onclose: CloseListener = ignore;
    onerror: CloseListener = ignore;
    readonly #closing = new AbortController();
    /** What came before `onopen`. */
    #early: KernelMessage.IMessage[] | undefined = [];

    constructor() {
      void this.#open();
    }

    send(message: KernelMessage.IMessage): void {
      link.send(message);
    }

    close(): void {
      if (this.#closing.signal.aborted) return;
      this.#closing.abort();
      link.close();
    }

    async #open(): Promise<void> {
      const { signal } = this.#closing;
      try {
        await link.open(
          { onMessage: (message) => this.#receive(message), onBroken: (error) => this.#fail(error) },
          signal,
        );
      } catch (error) {
        this.#fail(error);
        return;
      }
      if (signal.aborted) return;
      this.onopen({});
      const early = this.#early ?? [];
      this.#early = undefined;
      for (const message of early) this.onmessage({ data: message });
    }

    #receive(message: KernelMessage.IMessage): void {
      if (this.#closing.signal.aborted) return;
      if (this.#early === undefined) this.onmessage({ data: message });
      else this.#early.push(message);
    }

    #fail(error: unknown): void {
      if (this.#closing.signal.aborted) return;
      this.close();
      this.onclose({ code: GOING_AWAY, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  // Of the interface of WebSocket, KernelConnection uses what is above.
  return ZmqWebSocket as unknown as ServerConnection.ISettings['WebSocket'];
}

function ignore(): void {}
