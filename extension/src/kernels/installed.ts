import {
  type BrokenKernelSpec,
  discoverKernelSpecs,
  type FoundKernelSpec,
  kernelDirs,
} from '@elara/protocol/kernelspec';
import { Emitter } from '../emitter.ts';
import { messageOf } from '../log.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { FolderWatcher } from './folder-watcher.ts';
import type { KernelsHost } from './host.ts';
import type { KernelSource } from './kernel.ts';
import { type Sources, shortened } from './sources.ts';
import type { Starter } from './starter.ts';

/** The kernelspecs where Jupyter looks for them, watched. */
export class InstalledKernels implements Sources {
  readonly #host: KernelsHost;
  readonly #starter: Starter;
  readonly #changed = new Emitter<void>();
  readonly #watcher: FolderWatcher;
  #found: readonly FoundKernelSpec[] = [];
  #sources: readonly KernelSource[] = [];

  constructor(host: KernelsHost, starter: Starter) {
    this.#host = host;
    this.#starter = starter;
    this.#watcher = new FolderWatcher({ log: host.log, deep: true, onChange: () => void this.refresh() });
  }

  get sources(): readonly KernelSource[] {
    return this.#sources;
  }

  get onDidChange(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  /** The kernelspec of this name: running kernels are known by it. */
  specOf(name: string): FoundKernelSpec | undefined {
    return this.#found.find((found) => found.name === name.toLowerCase());
  }

  readonly refresh = oneAtATime(() => this.#look());

  async #look(): Promise<void> {
    const jupyter = { env: this.#host.env };
    try {
      // First, so that what changes while it looks is seen.
      this.#watcher.folders = kernelDirs(jupyter);
      const { found, broken } = await discoverKernelSpecs(jupyter);
      for (const one of broken) this.#tell(one);
      this.#found = [...found.values()];
    } catch (error) {
      this.#host.log.error(`Looking for kernelspecs: ${messageOf(error)}`);
      return;
    }
    this.#sources = this.#found
      .map((found) => this.#sourceOf(found))
      .sort((a, b) => a.label.localeCompare(b.label) || a.id.localeCompare(b.id));
    this.#changed.fire();
  }

  async reattach(): Promise<undefined> {
    return undefined;
  }

  dispose(): void {
    this.#watcher[Symbol.dispose]();
  }

  #sourceOf({ name, spec, resourceDir }: FoundKernelSpec): KernelSource {
    return {
      id: `spec:${name}`,
      label: spec.display_name,
      description: name,
      detail: shortened(resourceDir),
      language: spec.language,
      kind: 'installed',
      open: (options) => this.#starter.start({ name, spec, resourceDir }, options),
    };
  }

  #tell({ error }: BrokenKernelSpec): void {
    this.#host.tellOnce(`A kernelspec cannot be used, so its kernel is not listed. ${error.message}`);
  }
}
