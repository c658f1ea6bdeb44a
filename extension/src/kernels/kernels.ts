import type { Emitter } from '../emitter.ts';
import type { KernelSource, RunningKernel } from './kernel.ts';

/** Every kernel that this window knows: what can be started, what runs, and what it is connected to. */
export interface Kernels {
  /** The lines of the picker, kept up to date. */
  readonly sources: readonly KernelSource[];
  readonly onDidChangeSources: Emitter<void>['event'];
  /** What this window is connected to. */
  readonly open: readonly RunningKernel[];
  readonly onDidChangeOpen: Emitter<void>['event'];
  /** Connection files that the user has connected to, latest first. */
  readonly recentFiles: readonly string[];
  /**
   * Tries a connection file, and makes it one of the sources.
   * @throws Error that says what is wrong with the file
   */
  addFile(file: string): Promise<KernelSource>;
  /** Addresses of the Jupyter servers that are known, latest first. */
  readonly serverUrls: readonly string[];
  /**
   * Tries a Jupyter server, and makes its kernels sources.
   * @param address Of the server or a page of it; may bear the token.
   * @param token Where the address bears none.
   * @throws Error that says what is wrong
   */
  addServer(address: string, token?: string): Promise<readonly KernelSource[]>;
  forgetServer(url: string): Promise<void>;
  /** Looks again, for those who do not want to wait for the watchers. */
  refresh(): Promise<void>;
  /** The running kernel of this id, if it still runs: for a notebook that was attached before the window was reloaded. */
  reattach(id: string): Promise<RunningKernel | undefined>;
}
