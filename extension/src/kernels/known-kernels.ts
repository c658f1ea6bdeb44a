import { homedir } from 'node:os';
import { sep } from 'node:path';
import { type DiscoveredKernelSpecs, discoverKernelSpecs, type FoundKernelSpec } from '@elara/protocol/kernelspec';
import { Emitter } from '../emitter.ts';
import type { Keeper } from '../keeper/keeper.ts';
import { Keepers } from '../keeper/keepers.ts';
import type { KeptModel } from '../keeper/messages.ts';
import { messageOf } from '../log.ts';
import type { KernelsHost } from './host.ts';
import { KEPT, openKept } from './kept.ts';
import type { KernelSource, OpenOptions, RunningKernel } from './kernel.ts';
import type { Kernels } from './kernels.ts';
import { findNode } from './node.ts';
import { OWN, OWN_LANGUAGES, type OwnLanguage, ownEntry, ownKernelSpec } from './own.ts';
import { Starter } from './starter.ts';

/** The kernels of this window: see `Kernels`. */
export class KnownKernels implements Kernels {
  readonly #host: KernelsHost;
  readonly #keepers: Keepers;
  readonly #starter: Starter;
  readonly #changedSources = new Emitter<void>();
  readonly #changedOpen = new Emitter<void>();
  readonly #open = new Set<RunningKernel>();
  readonly #own: readonly KernelSource[];
  #installed: readonly KernelSource[] = [];
  #running: readonly KernelSource[] = [];

  constructor(host: KernelsHost) {
    this.#host = host;
    this.#keepers = new Keepers({
      entry: host.keeperEntry,
      node: process.execPath,
      version: host.version,
      lingerMs: host.keeperLingerMs,
      log: host.log,
    });
    this.#starter = new Starter(host, this.#keepers);
    this.#own = OWN_LANGUAGES.map((language) => this.#ownSource(language));
    this.#keepers.onAdded((keeper) => keeper.onChanged(() => this.#lookForRunning()));
  }

  get sources(): readonly KernelSource[] {
    return [...this.#own, ...this.#installed, ...this.#running];
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

  async refresh(): Promise<void> {
    const specs = await discoverKernelSpecs({ env: this.#host.env });
    this.#installed = this.#installedSources(specs);
    await this.#lookForRunning();
  }

  async reattach(id: string): Promise<RunningKernel | undefined> {
    if (!id.startsWith(KEPT)) return undefined;
    for (const keeper of await this.#keepers.all()) {
      const kernel = await this.#attach(keeper, id.slice(KEPT.length));
      if (kernel) return kernel;
    }
    return undefined;
  }

  dispose(): void {
    for (const kernel of this.#open) kernel.dispose();
    this.#keepers.dispose();
  }

  #ownSource(language: OwnLanguage): KernelSource {
    const { extensionPath, setting } = this.#host;
    return {
      id: `own:${language}`,
      label: OWN[language],
      description: 'part of the extension',
      detail: '',
      language,
      kind: 'own',
      open: async (options) => {
        const node = await findNode(setting('elara.node'));
        const spec = ownKernelSpec(language, node, ownEntry(extensionPath), setting('elara.typeCheck'));
        return this.#opened(await this.#starter.start({ name: language, spec }, options));
      },
    };
  }

  #installedSources({ found }: DiscoveredKernelSpecs): KernelSource[] {
    return [...found.values()]
      .map(
        ({ name, spec, resourceDir }: FoundKernelSpec): KernelSource => ({
          id: `spec:${name}`,
          label: spec.display_name,
          description: name,
          detail: shortened(resourceDir),
          language: spec.language,
          kind: 'installed',
          open: async (options) => this.#opened(await this.#starter.start({ name, spec, resourceDir }, options)),
        }),
      )
      .sort((a, b) => a.label.localeCompare(b.label));
  }

  async #lookForRunning(): Promise<void> {
    try {
      const keepers = await this.#keepers.all();
      const found = await Promise.all(
        keepers.map(async (keeper) => (await keeper.list()).map((model) => this.#keptSource(keeper, model))),
      );
      this.#running = found.flat();
    } catch (error) {
      this.#host.log.warn(`Looking for running kernels: ${messageOf(error)}`);
    }
    this.#changedSources.fire();
  }

  #keptSource(keeper: Keeper, model: KeptModel): KernelSource {
    return {
      id: KEPT + model.id,
      label: model.displayName,
      description: model.end === undefined ? `running, process ${model.pid}` : `ended ${model.end.reason}`,
      detail: shortened(model.cwd),
      language: model.language,
      kind: 'running',
      open: async (options) => {
        const kernel = await this.#attach(keeper, model.id, options);
        if (kernel) return kernel;
        throw Object.assign(new Error(`${model.displayName} was shut down meanwhile: choose another kernel.`), {
          code: 'ERR_KERNEL_NOT_RUNNING',
        });
      },
    };
  }

  async #attach(keeper: Keeper, id: string, options?: OpenOptions): Promise<RunningKernel | undefined> {
    const attached = await keeper.attach(id, this.#starter.policy);
    if (attached === undefined) return undefined;
    const { timeoutMs } = this.#starter;
    return this.#opened(await openKept(keeper, attached, { timeoutMs, signal: options?.signal, log: this.#host.log }));
  }

  #opened<T extends RunningKernel>(kernel: T): T {
    this.#open.add(kernel);
    kernel.connection.disposed.connect(() => {
      if (this.#open.delete(kernel)) this.#changedOpen.fire();
    });
    this.#changedOpen.fire();
    return kernel;
  }
}

/** A path as a person likes to read it. */
function shortened(path: string): string {
  const home = homedir() + sep;
  return path.startsWith(home) ? `~${sep}${path.slice(home.length)}` : path;
}
