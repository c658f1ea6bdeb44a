import { Emitter } from '../../emitter.ts';
import type { RunningKernel } from '../../kernels/kernel.ts';
import { type Log, messageOf } from '../../log.ts';
import { CellsRun } from '../cells-run.ts';
import { askCellsRun, askUsage } from '../requests.ts';
import type { KernelEntry } from './kernel-entry.ts';
import { memoryOfTree } from './memory.ts';

interface Watched {
  readonly cells: CellsRun;
  /** Whether it was asked for its count of cells, which it need not tell by itself. */
  isCounted: boolean;
  /** False once it has not answered. */
  tellsUsage: boolean;
  readonly stop: () => void;
}

/** What running kernels use and have run. */
export class KernelWatch {
  readonly #log: Log;
  readonly #watched = new Map<RunningKernel, Watched>();
  readonly #memory = new Map<string, number>();
  readonly #changed = new Emitter<void>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** A state, a count or an amount is another one. */
  get onDidChange(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  memory(id: string): number | undefined {
    return this.#memory.get(id);
  }

  /** Cells that the kernel of this id has run. */
  cells(id: string): number | undefined {
    const counts = [...this.#watched].flatMap(([kernel, { cells }]) => (kernel.id === id ? [cells.count ?? 0] : []));
    return counts.length === 0 ? undefined : Math.max(...counts);
  }

  /** Whether the kernel runs a cell: its status says so only until it has answered another request. */
  isBusy(kernel: RunningKernel): boolean {
    return this.#watched.get(kernel)?.cells.isRunning === true;
  }

  /** These are the kernels that this window is connected to. */
  follow(open: readonly RunningKernel[]): void {
    for (const [kernel, { stop }] of this.#watched) {
      if (open.includes(kernel)) continue;
      stop();
      this.#watched.delete(kernel);
    }
    for (const kernel of open) if (!this.#watched.has(kernel)) this.#watched.set(kernel, this.#watch(kernel));
  }

  /** Looks at the kernels once. Called only while somebody sees them. */
  async measure(entries: readonly KernelEntry[]): Promise<void> {
    const ids = new Set(entries.map(({ id }) => id));
    for (const id of this.#memory.keys()) if (!ids.has(id)) this.#memory.delete(id);
    await Promise.all(
      entries.map(async (entry) => {
        const [memory] = await Promise.all([this.#memoryOf(entry), this.#count(entry)]);
        if (memory === undefined) this.#memory.delete(entry.id);
        else this.#memory.set(entry.id, memory);
      }),
    );
    this.#changed.fire();
  }

  dispose(): void {
    this.follow([]);
  }

  #watch(kernel: RunningKernel): Watched {
    const { connection } = kernel;
    const cells = new CellsRun(connection);
    const tell = (): void => this.#changed.fire();
    connection.statusChanged.connect(tell);
    const listening = [
      cells.onDidEnd(tell),
      kernel.onDidRestart(() => {
        cells.reset();
        tell();
      }),
      kernel.onDidEnd(tell),
    ];
    const stop = (): void => {
      connection.statusChanged.disconnect(tell);
      for (const each of listening) each.dispose();
      cells.dispose();
    };
    return { cells, isCounted: false, tellsUsage: true, stop };
  }

  async #memoryOf({ kernel, place }: KernelEntry): Promise<number | undefined> {
    const watched = kernel && this.#watched.get(kernel);
    if (kernel && watched?.tellsUsage && kernel.connection.connectionStatus === 'connected') {
      try {
        return (await askUsage(kernel.connection)).memory;
      } catch (error) {
        watched.tellsUsage = false;
        this.#log.debug(`${kernel.displayName}: ${messageOf(error)}`);
      }
    }
    return place?.kind === 'local' && place.pid !== undefined ? await memoryOfTree(place.pid) : undefined;
  }

  /** Of a kernel that has run cells before this window came. Asked while it does nothing: else it would wait. */
  async #count({ kernel, state }: KernelEntry): Promise<void> {
    const watched = kernel && this.#watched.get(kernel);
    if (kernel === undefined || watched === undefined || watched.isCounted || state !== 'idle') return;
    watched.isCounted = true;
    try {
      watched.cells.count ??= await askCellsRun(kernel.connection);
    } catch (error) {
      this.#log.debug(`${kernel.displayName}: ${messageOf(error)}`);
    }
  }
}
