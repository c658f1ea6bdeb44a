/** What code that a gateway runs is given: `export default function (channel, args) { … }`. */
export interface RemoteChannel {
  /** Sends a structured clone. Blocks while the pipe is full: a sender without a reader stops. */
  send(value: unknown): void;
  /** Sends bytes, which arrive as one Uint8Array. The parts are free again when this returns. */
  sendBytes(parts: readonly Uint8Array[]): void;
  /** Called for each value that arrives, in order. Values that came before wait for it. */
  setCallback(callback: (value: unknown) => void): void;
  /**
   * Waits for the next value and blocks the thread meanwhile (main thread only).
   * @throws RangeError when nothing arrived within `timeoutMs`.
   */
  receiveSync(options?: { readonly timeoutMs?: number }): unknown;
  close(error?: unknown): void;
  /** The other side closed the channel, or is gone. */
  onClose(callback: () => void): void;
  /** Runs `action` while no other thread can send: what it sends is not interleaved. Reentrant in one thread. */
  exclusive<T>(action: () => T): T;
  /** As `exclusive`, but gives up at once (returns false) when another thread is sending. */
  tryExclusive(action: () => void): boolean;
  /** Calls back as soon as no thread sends; until `leave` is called, none can, but this one. */
  reserve(action: (leave: () => void) => void): void;
  /** Frees the wire after this thread's code was terminated in the middle of sending. */
  releaseWire(): void;
  /** Memory that all threads of this gateway share, for what remote code on both threads wants to say to each other. */
  readonly shared: SharedArrayBuffer;
}

export type RemoteMain = (channel: RemoteChannel, args: unknown) => unknown;
