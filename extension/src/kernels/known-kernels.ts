import { Emitter } from '../emitter.ts';
import { Keepers } from '../keeper/keepers.ts';
import { messageOf } from '../log.ts';
import { runningFiles } from './connection-files.ts';
import type { KernelsHost } from './host.ts';
import { InstalledKernels } from './installed.ts';
import type { KernelSource, RunningKernel } from './kernel.ts';
import type { Kernels } from './kernels.ts';
import { findNode } from './node.ts';
import { isOwn, ownKernels } from './own.ts';
import type { ProgramSource } from './programs.ts';
import { type LeftBehind, RunningKernels } from './running.ts';
import { JupyterServers } from './servers/jupyter-servers.ts';
import type { Sources } from './sources.ts';
import { Starter } from './starter.ts';

/** The kernels of this window: see `Kernels`. */
export class KnownKernels implements Kernels {
  readonly #host: KernelsHost;
  readonly #keepers: Keepers;
  readonly #running: RunningKernels;
  readonly #servers: JupyterServers;
  readonly #places: readonly Sources[];
  readonly #changedSources = new Emitter<void>();
  readonly #changedOpen = new Emitter<void>();
  readonly #open = new Set<RunningKernel>();
  #sources: readonly KernelSource[] = [];

  constructor(host: KernelsHost) {
    this.#host = host;
    this.#keepers = new Keepers({
      entry: async () => (await host.programs.current()).keeper,
      node: process.execPath,
      version: host.version,
      lingerMs: host.keeperLingerMs,
      log: host.log,
      onFirst: () => void removeUnused(host.programs),
    });
    const starter = new Starter(host, this.#keepers);
    const installed = new InstalledKernels(host, starter);
    this.#running = new RunningKernels(host, this.#keepers, starter, installed);
    this.#servers = new JupyterServers(host);
    this.#places = [ownKernels(host, starter), installed, this.#running, this.#servers];
    for (const place of this.#places) place.onDidChange(() => this.#collect());
    this.#collect();
  }

  get sources(): readonly KernelSource[] {
    return this.#sources;
  }

  get open(): readonly RunningKernel[] {
    return [...this.#open];
  }

  get onDidChangeSources(): Emitter<void>['event'] {
    return this.#changedSources.event;
  }

  get onDidChangeOpen(): Emitter<void>['event'] {
    return this.#changedOpen.event;
  }

  get recentFiles(): readonly string[] {
    return this.#running.recentFiles;
  }

  async addFile(file: string): Promise<KernelSource> {
    return this.#counted(await this.#running.addFile(file));
  }

  get serverUrls(): readonly string[] {
    return this.#servers.urls;
  }

  async addServer(address: string, token?: string): Promise<readonly KernelSource[]> {
    return (await this.#servers.add(address, token)).map((source) => this.#counted(source));
  }

  forgetServer(url: string): Promise<void> {
    return this.#servers.forget(url);
  }

  /** The kernels that went on when VS Code was closed. */
  leftBehind(): Promise<LeftBehind[]> {
    return this.#running.leftBehind();
  }

  /** The settings changed: those that say what becomes of kernels hold for the running ones too. */
  updatePolicy(): Promise<void> {
    return this.#running.updatePolicy(this.open);
  }

  /** Starts what starts kernels, while nobody waits for it. Runs nothing of the workspace. Never rejects. */
  async prepare(): Promise<void> {
    const { trusted, setting, log } = this.#host;
    if (!trusted()) return;
    const node = findNode(setting('elara.node'));
    for (const result of await Promise.allSettled([this.#keepers.one(), node])) {
      // Whoever starts a kernel is told.
      if (result.status === 'rejected') log.debug(`Not ready for kernels yet: ${messageOf(result.reason)}`);
    }
  }

  async refresh(): Promise<void> {
    const servers = this.#servers.refresh();
    // One after the other: running kernels are named by their kernelspecs.
    for (const place of this.#places) if (place !== this.#servers) await place.refresh();
    await servers;
  }

  async reattach(id: string): Promise<RunningKernel | undefined> {
    for (const place of this.#places) {
      const kernel = await place.reattach(id);
      if (kernel) return this.#opened(kernel);
    }
    return undefined;
  }

  /** This window leaves its kernels, which go on. */
  dispose(): void {
    for (const place of this.#places) place.dispose();
    for (const kernel of this.#open) kernel.dispose();
    this.#keepers.dispose();
  }

  #collect(): void {
    this.#sources = this.#places.flatMap(({ sources }) => sources.map((source) => this.#counted(source)));
    this.#changedSources.fire();
  }

  /** The source, whose kernels are among those that this window is connected to. */
  #counted(source: KernelSource): KernelSource {
    return { ...source, open: async (options) => this.#opened(await source.open(options)) };
  }

  #opened(kernel: RunningKernel): RunningKernel {
    this.#open.add(kernel);
    kernel.connection.disposed.connect(() => {
      if (this.#open.delete(kernel)) this.#changedOpen.fire();
    });
    this.#changedOpen.fire();
    return kernel;
  }
}

/** Where no keeper runs, no program does, unless kernels have outlived their keeper too. */
async function removeUnused(programs: ProgramSource): Promise<void> {
  const running = await runningFiles([], new Set());
  if (!running.some(({ kernelName }) => isOwn(kernelName))) await programs.removeOthers();
}
