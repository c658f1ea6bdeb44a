import type { ProtocolError } from '../errors.ts';
import type { HeartbeatOptions } from './heartbeat.ts';
import type { InputHandler } from './input.ts';
import type { OpenTransport } from './transport.ts';

export interface KernelClientOptions {
  /** For the headers. Default: the user that runs this process. */
  readonly username?: string;
  /** Id of the session. Default: a new one. */
  readonly session?: string;
  readonly heartbeat?: Partial<HeartbeatOptions>;
  /** Answers input requests that no execution of this client's caused, such as those of a comm. */
  readonly onInput?: InputHandler;
  /** Told of messages that were dropped because they are malformed or mis-signed, or could not be sent. */
  readonly onDropped?: (error: ProtocolError) => void;
  /**
   * Speaks the dialect of 2011 to the kernel; the API stays that of today. Everything goes over shell, because kernels of
   * that age have no control. `waitForReady` needs kernel_info, which came in 2012.
   */
  readonly dialect2011?: boolean;
  /** What carries the channels. Default: ZeroMQ. */
  readonly open?: OpenTransport;
}

export interface SendOptions {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
  /** JEP 91; on shell only. */
  readonly subshellId?: string;
}

export interface RequestOptions extends SendOptions {
  /** For the reply, in milliseconds. Default: 30,000. `Infinity`: until the kernel dies. */
  readonly timeoutMs?: number;
}

export interface ExecuteOptions {
  readonly silent?: boolean;
  /** Default: true, unless silent. */
  readonly storeHistory?: boolean;
  readonly userExpressions?: Readonly<Record<string, string>>;
  /** Default: true if there is an `onInput`. */
  readonly allowStdin?: boolean;
  /** Default: true. */
  readonly stopOnError?: boolean;
  /** Put into the metadata as `cellId`. */
  readonly cellId?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly subshellId?: string;
  /** Answers `input()` and the like. If it throws, the code sees the end of input and the execution fails with that error. */
  readonly onInput?: InputHandler;
  /** For the whole execution, in milliseconds. Default: as long as it takes. The code is not interrupted by it. */
  readonly timeoutMs?: number;
  /** Of silence between reply and idle, in milliseconds. Default: 10,000. */
  readonly settleMs?: number;
}

export const REQUEST_TIMEOUT_MS = 30_000;
export const READY_TIMEOUT_MS = 60_000;
export const SETTLE_MS = 10_000;

/** How long messages are still taken in after the death of a kernel: its last ones may be in the sockets; in milliseconds. */
export const LAST_WORDS_MS = 150;
