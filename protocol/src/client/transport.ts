import type { FrameSocket } from '../channel.ts';
import type { ConnectionInfo } from '../connection.ts';

/** A client's end of the five channels of a kernel, whatever carries them. */
export interface KernelTransport {
  readonly shell: FrameSocket;
  readonly control: FrameSocket;
  /** Has the same identity as `shell`: a kernel asks for input by the identity that the request came from. */
  readonly stdin: FrameSocket;
  /** Everything that the kernel publishes. Sending on it is refused. */
  readonly iopub: FrameSocket;
  /** One frame out, the same frame back. */
  readonly heartbeat: FrameSocket;
  /** Closes all five. What is not sent yet may still go out for a moment. */
  close(): void;
}

/** Opens the channels of a kernel. Returns at once also if nothing is there: that shows by silence. */
export type OpenTransport = (info: ConnectionInfo) => Promise<KernelTransport>;
