import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { Emitter } from '../emitter.ts';

type Event<T> = Emitter<T>['event'];

/** How the process of a kernel ended when nobody had asked for it. */
export interface KernelEnd {
  /** What follows "ended", for a person: `by SIGKILL`, `with exit code 1`, `because it had run nothing for 10 minutes`. */
  readonly reason: string;
  /** The last lines that it wrote to its standard output and error; empty if unknown. */
  readonly lastOutput: string;
  /** True if another process is started in its place without being asked for: `onDidRestart` follows. */
  readonly restarting?: boolean;
}

/** Where a kernel runs. */
export type KernelPlace =
  | { readonly kind: 'local'; readonly connectionFile: string; readonly pid: number | undefined }
  | { readonly kind: 'server'; readonly url: string; readonly kernelId: string };

/** A kernel that runs, here or on a server, and this window's connection to it. */
export interface RunningKernel {
  /** The same for one kernel in every window and after a reload. */
  readonly id: string;
  /** Of its kernelspec, if it is known. */
  readonly specName: string | undefined;
  readonly displayName: string;
  /** Jupyter's name of it: `typescript`, `python`. */
  readonly language: string;
  readonly place: KernelPlace;
  /** True if we may end it: kernels that somebody else started are only left. */
  readonly ours: boolean;
  /** The stock class of @jupyterlab/services: requests, comms, status, iopub messages. */
  readonly connection: Kernel.IKernelConnection;
  readonly info: KernelMessage.IInfoReply;
  /** It ended, though nobody asked for it. */
  readonly onDidEnd: Event<KernelEnd>;
  /** A new process takes its place: variables and comms are gone. Requests from then on wait until it answers. */
  readonly onDidRestart: Event<void>;
  interrupt(): Promise<void>;
  /** Resolves when the new process answers. */
  restart(): Promise<void>;
  shutdown(): Promise<void>;
  /** Ends it at once, for one that answers nothing. */
  kill(): Promise<void>;
  /**
   * The messages on iopub that belong to requests not yet done when this window came, or of those done while no window
   * was there: oldest first. A request that is not done has all of its messages there, so its outputs begin anew with them;
   * those that this connection has received meanwhile may be among them, with the same `msg_id`. What comes later is in
   * `connection.iopubMessage`, and questions (`input_request`) are in `connection.anyMessage`: they reach this window, which
   * is for the kernel the client that left.
   * @param requests Ids of requests whose ends another window has heard of, and may not have shown: they are among them too.
   */
  missed(requests: readonly string[]): Promise<readonly KernelMessage.IIOPubMessage[]>;
  /** Whether another notebook, window or client is connected to it, or may be. */
  isShared(): Promise<boolean>;
  /** Closes this window's sockets; the kernel goes on. */
  dispose(): void;
}

/** What a notebook can be run with: a line of the picker. */
export interface KernelSource {
  /** Stable from window to window. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Jupyter's name of the language; empty if unknown. */
  readonly language: string;
  /** Ours before others for notebooks of their language. */
  readonly kind: 'own' | 'installed' | 'running' | 'server';
  /** Of a kernel that runs already: where. */
  readonly place?: KernelPlace;
  /** Starts a kernel, or connects to the running one. */
  open(options: OpenOptions): Promise<RunningKernel>;
}

export interface OpenOptions {
  /** The kernel's working directory. */
  readonly cwd: string;
  /** Told what it waits for, for a progress message. */
  readonly onProgress: (what: string) => void;
  readonly signal: AbortSignal;
}
