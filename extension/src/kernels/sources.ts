import { homedir } from 'node:os';
import { sep } from 'node:path';
import type { Emitter } from '../emitter.ts';
import type { KernelSource, RunningKernel } from './kernel.ts';

/** One place that kernels come from. */
export interface Sources {
  readonly sources: readonly KernelSource[];
  readonly onDidChange: Emitter<void>['event'];
  /** Looks again. Never throws: what goes wrong is in the log. */
  refresh(): Promise<void>;
  /** The running kernel of this id, if it is one of this place and still runs. */
  reattach(id: string): Promise<RunningKernel | undefined>;
  dispose(): void;
}

/** A path as a person likes to read it. */
export function shortened(path: string): string {
  const home = homedir() + sep;
  return path.startsWith(home) ? `~${sep}${path.slice(home.length)}` : path;
}
