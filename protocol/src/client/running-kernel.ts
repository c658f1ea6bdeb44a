import type { KernelSpec } from '../kernelspec.ts';
import type { KernelClient } from './kernel-client.ts';
import type { ProcessEnd } from './kernel-process.ts';

export interface RestartOptions {
  /** As that of `shutdown`. */
  readonly graceMs?: number;
  /** The kernelspec from now on, where its program has moved. Default: the same. */
  readonly spec?: KernelSpec;
}

/** A kernel that this process started and owns. */
export interface RunningKernel extends AsyncDisposable {
  /** Stays the same over restarts. */
  readonly client: KernelClient;
  /** For other clients. It is removed when the kernel ends. */
  readonly connectionFile: string;
  readonly spec: KernelSpec;
  /** Another one after a restart. */
  readonly process: { readonly pid: number; readonly ended: Promise<ProcessEnd> };
  /** The last lines that the process wrote to its standard output and error. */
  readonly lastOutput: string;
  /**
   * Interrupts the code that runs, in the way that the kernelspec asks for: SIGINT or interrupt_request.
   * @throws KernelDiedError, KernelTimeoutError; KernelError ERR_KERNEL_INTERRUPT
   */
  interrupt(): Promise<void>;
  /**
   * Ends the process and starts another one on the same connection file. What is awaited is rejected.
   * @throws KernelStartError, KernelTimeoutError
   */
  restart(options?: RestartOptions): Promise<void>;
  /**
   * Asks the kernel to end; after `graceMs` (default 5,000) it is terminated, and then killed with its children.
   * Never throws because the kernel is dead already.
   */
  shutdown(options?: { readonly graceMs?: number }): Promise<void>;
}
