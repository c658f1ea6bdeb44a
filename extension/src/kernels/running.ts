import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { runtimeDir } from '@elara/protocol/paths';
import { Emitter } from '../emitter.ts';
import type { Keeper } from '../keeper/keeper.ts';
import type { Keepers } from '../keeper/keepers.ts';
import type { KeptModel } from '../keeper/messages.ts';
import { type Log, messageOf } from '../log.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { ZmqKernel } from '../transport/zmq-kernel.ts';
import { controlByMessages } from './by-messages.ts';
import { isWithin, type RunningFile, runningFiles, tryConnectionFile } from './connection-files.ts';
import { FolderWatcher } from './folder-watcher.ts';
import { KernelsError, type KernelsHost } from './host.ts';
import type { InstalledKernels } from './installed.ts';
import { KEPT, openKept } from './kept.ts';
import type { KernelSource, OpenOptions, RunningKernel } from './kernel.ts';
import { type Sources, shortened } from './sources.ts';
import { RELOAD_MS, type Starter } from './starter.ts';

/** How the ids of kernels begin that are known by their connection file only. */
const FILE = 'file:';

/** Files that the user has chosen, latest first. */
const RECENT = 'elara.connectionFiles';
const MOST_RECENT = 10;

/** Connection files younger than this are looked at later, in milliseconds. */
const YOUNG_MS = 2000;

/** For what is only nice to know of a kernel, in milliseconds. */
const USAGE_MS = 3000;

/** A kernel that went on when VS Code was closed. */
export interface LeftBehind {
  readonly displayName: string;
  shutdown(): Promise<void>;
}

/** Kernels on this machine that run already: those that keepers keep, and those whose connection files are found. */
export class RunningKernels implements Sources {
  readonly #host: KernelsHost;
  readonly #keepers: Keepers;
  readonly #starter: Starter;
  readonly #installed: InstalledKernels;
  readonly #changed = new Emitter<void>();
  readonly #watcher: FolderWatcher;
  #sources: readonly KernelSource[] = [];
  #disposed = false;

  constructor(host: KernelsHost, keepers: Keepers, starter: Starter, installed: InstalledKernels) {
    this.#host = host;
    this.#keepers = keepers;
    this.#starter = starter;
    this.#installed = installed;
    this.#watcher = new FolderWatcher({ log: host.log, deep: false, onChange: () => void this.refresh() });
    keepers.onAdded((keeper) => {
      keeper.onChanged(() => void this.refresh());
      keeper.onClosed(() => void this.refresh());
    });
  }

  get sources(): readonly KernelSource[] {
    return this.#sources;
  }

  get onDidChange(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  /** Connection files that the user has chosen before, latest first. */
  get recentFiles(): readonly string[] {
    return this.#host.memory.get<readonly string[]>(RECENT) ?? [];
  }

  readonly refresh = oneAtATime(() => this.#look());

  /**
   * Tries a connection file that the user has chosen, and remembers it.
   * @throws ProtocolError, KernelNotRunningError, KernelsError: each says what is wrong with the file.
   */
  async addFile(file: string): Promise<KernelSource> {
    this.#checkTrust(file);
    await tryConnectionFile(file);
    await this.#remember([file, ...this.recentFiles.filter((other) => other !== file)]);
    await this.refresh();
    const found = this.#sources.find(({ place }) => place?.kind === 'local' && place.connectionFile === file);
    if (found !== undefined) return found;
    // It has answered, but its heart did not in time.
    const source = this.#fileSource({ file, kernelName: undefined, writtenAt: 0 });
    this.#sources = [...this.#sources, source];
    this.#changed.fire();
    return source;
  }

  async reattach(id: string): Promise<RunningKernel | undefined> {
    if (id.startsWith(FILE)) {
      const file = id.slice(FILE.length);
      const [running] = (await runningFiles([file], new Set())).filter((one) => one.file === file);
      return running && this.#openFile(running);
    }
    if (!id.startsWith(KEPT)) return undefined;
    for (const keeper of await this.#keepers.all()) {
      const kernel = await this.#attach(keeper, id.slice(KEPT.length));
      if (kernel) return kernel;
    }
    return undefined;
  }

  /** The kernels that went on when their last window was closed: the window of a reload is back sooner. */
  async leftBehind(): Promise<LeftBehind[]> {
    const kept = await this.#kept();
    return kept
      .filter(({ model }) => model.unattendedSince !== undefined && Date.now() - model.unattendedSince > RELOAD_MS)
      .map(({ keeper, model }) => ({ displayName: model.displayName, shutdown: () => keeper.shutdown(model.id) }));
  }

  /** Tells keepers what the settings say now. */
  async updatePolicy(kernels: readonly RunningKernel[]): Promise<void> {
    const ids = new Set(kernels.map(({ id }) => id));
    const kept = (await this.#kept()).filter(({ model }) => ids.has(KEPT + model.id));
    await Promise.all(kept.map(({ keeper, model }) => keeper.setPolicy(model.id, this.#starter.policy)));
  }

  dispose(): void {
    this.#disposed = true;
    this.#watcher[Symbol.dispose]();
  }

  async #look(): Promise<void> {
    if (this.#disposed) return;
    this.#watcher.folders = [runtimeDir()];
    try {
      const kept = await this.#kept();
      const known = new Set(kept.map(({ model }) => model.connectionFile));
      const alive = kept.filter(({ model }) => model.end === undefined);
      const chosen = this.recentFiles;
      const found = await runningFiles(chosen, known);
      // Of one that nobody has chosen, a keeper may be about to tell that it is its own.
      const files = found.filter(({ file, writtenAt }) => chosen.includes(file) || Date.now() - writtenAt >= YOUNG_MS);
      if (files.length < found.length) setTimeout(() => void this.refresh(), YOUNG_MS).unref();
      this.#sources = [
        ...alive.map(({ keeper, model }) => this.#keptSource(keeper, model)),
        ...files.map((file) => this.#fileSource(file)),
      ];
    } catch (error) {
      if (!this.#disposed) this.#host.log.warn(`Looking for running kernels: ${messageOf(error)}`);
    }
    this.#changed.fire();
  }

  async #kept(): Promise<{ keeper: Keeper; model: KeptModel }[]> {
    const lists = await Promise.all(
      (await this.#keepers.all()).map(async (keeper) => (await keeper.list()).map((model) => ({ keeper, model }))),
    );
    return lists.flat();
  }

  #keptSource(keeper: Keeper, model: KeptModel): KernelSource {
    return {
      id: KEPT + model.id,
      label: model.displayName,
      description: `running, process ${model.pid}`,
      detail: `in ${shortened(model.cwd)}, since ${new Date(model.startedAt).toLocaleString()}`,
      language: model.language,
      kind: 'running',
      place: { kind: 'local', connectionFile: model.connectionFile, pid: model.pid },
      open: async (options) => {
        const kernel = await this.#attach(keeper, model.id, options);
        if (kernel) return kernel;
        throw new KernelsError('ERR_NO_KERNEL', `${model.displayName} was shut down meanwhile: choose another kernel.`);
      },
    };
  }

  #fileSource(running: RunningFile): KernelSource {
    const spec = running.kernelName === undefined ? undefined : this.#installed.specOf(running.kernelName)?.spec;
    return {
      id: FILE + running.file,
      label: spec?.display_name ?? running.kernelName ?? basename(running.file, '.json'),
      description: 'running, started elsewhere',
      detail: shortened(running.file),
      language: spec?.language ?? '',
      kind: 'running',
      place: { kind: 'local', connectionFile: running.file, pid: undefined },
      open: (options) => this.#openFile(running, options),
    };
  }

  async #attach(keeper: Keeper, id: string, options?: OpenOptions): Promise<RunningKernel | undefined> {
    const attached = await keeper.attach(id, this.#starter.policy);
    if (attached === undefined) return undefined;
    const { displayName, end } = attached.model;
    if (end !== undefined) {
      await keeper.shutdown(id, 0);
      const output = end.lastOutput === '' ? '' : `\n${end.lastOutput}`;
      throw new KernelsError(
        'ERR_NO_KERNEL',
        `${displayName} ended ${end.reason} while no window was there, and its variables are gone. Run a cell to start another.${output}`,
      );
    }
    const { timeoutMs, node } = this.#starter;
    return openKept(keeper, attached, { timeoutMs, signal: options?.signal, log: this.#host.log, node });
  }

  async #openFile({ file, kernelName }: RunningFile, options?: OpenOptions): Promise<RunningKernel> {
    this.#checkTrust(file);
    const spec = kernelName === undefined ? undefined : this.#installed.specOf(kernelName)?.spec;
    let pid: number | undefined;
    const kernel = await ZmqKernel.open(
      {
        id: FILE + file,
        specName: kernelName,
        displayName: spec?.display_name ?? kernelName,
        language: spec?.language,
        connectionFile: file,
        ours: false,
        client: randomUUID(),
        timeoutMs: this.#starter.timeoutMs,
        signal: options?.signal,
        log: this.#host.log,
      },
      (link) => controlByMessages(link, () => pid),
    );
    pid = await processOf(kernel, this.#host.log);
    kernel.pid = pid;
    watchAlone(kernel);
    return kernel;
  }

  #checkTrust(file: string): void {
    if (this.#host.trusted() || !isWithin(file, this.#host.workspaceFolders())) return;
    throw new KernelsError(
      'ERR_UNTRUSTED',
      `${file} is a connection file of the workspace, which is not trusted: it may lead anywhere. Trust the workspace with the command "Workspaces: Manage Workspace Trust" first.`,
    );
  }

  async #remember(files: readonly string[]): Promise<void> {
    await this.#host.memory.update(RECENT, files.slice(0, MOST_RECENT));
  }
}

/** The kernel's process, if it tells it and runs on this machine. */
async function processOf(kernel: ZmqKernel, log: Log): Promise<number | undefined> {
  try {
    const { content } = await kernel.link.request('control', 'usage_request', {}, USAGE_MS);
    return content.hostname === hostname() && typeof content.pid === 'number' ? content.pid : undefined;
  } catch (error) {
    // Most kernels know nothing of it.
    log.debug(`${kernel.displayName} does not tell its process: ${messageOf(error)}`);
    return undefined;
  }
}

/** Nobody sees the kernel's process: its end shows by its heart, or by its farewell to a client that has asked for it. */
function watchAlone(kernel: ZmqKernel): void {
  let ended = false;
  kernel.link.onHeart((beats) => {
    if (beats && ended) {
      ended = false;
      kernel.replaced(undefined);
    } else if (!beats && !ended) {
      ended = true;
      kernel.ended({ reason: 'or is stuck: its heart has stopped', lastOutput: '' });
    }
  });
}
