import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckMode } from '../link.ts';
import type { Log } from '../server/log.ts';
import type { FoundPackage } from '../server/packages.ts';
import type { CellEnd, NotebookCell } from './notebook.ts';
import type { TypeService } from './service.ts';

export interface TypesSettings {
  /** The notebook's folder. */
  readonly folder: string;
  /** The cells are JavaScript: types are inferred, errors are not looked for. */
  readonly javascript: boolean;
  /** What a cell with type errors does. Default: `warn`, of JavaScript `off`. */
  readonly check?: CheckMode;
  /** After how long without use the language server is stopped and its memory given back, in ms. Default: 5 minutes. */
  readonly idleMs?: number;
  /** How long the language server may go on with what nobody waits for any more before it is started anew, in ms. Default: 20 s. */
  readonly stuckMs?: number;
}

export interface TypesOptions extends TypesSettings {
  readonly log: Log;
}

/** What the language server tries to stay below, and beyond what it is started anew, in MiB. */
const MEMORY_MIB = 256;
const MOST_MEMORY_MIB = 768;
const IDLE_MS = 5 * 60_000;
const STUCK_MS = 20_000;
/** So much is only kept until somebody asks; then they are read, and what is no longer needed is forgotten. */
const MOST_UNREAD = 2_000;

/** The types of the notebook. Costs nothing until somebody asks: what answers is loaded then. */
export class Types implements Disposable {
  readonly #options: TypesOptions;
  /** What has happened to cells before anybody asked. */
  #waiting: ((service: TypeService) => void)[] = [];
  readonly #found = new Map<string, FoundPackage>();
  #service: TypeService | undefined;
  #loading: Promise<TypeService> | undefined;
  #ended = false;
  #mode: CheckMode;

  constructor(options: TypesOptions) {
    this.#options = options;
    this.#mode = options.check ?? (options.javascript ? 'off' : 'warn');
  }

  get log(): Log {
    return this.#options.log;
  }

  /** What a cell with type errors does, unless it says otherwise. JavaScript has none. */
  get mode(): CheckMode {
    return this.#mode;
  }

  set mode(mode: CheckMode) {
    if (!this.#options.javascript) this.#mode = mode;
  }

  /** What answers, if it was needed before. */
  get loaded(): TypeService | undefined {
    return this.#service;
  }

  /** What answers. It may not be able to start the language server: see `TypeService.ready`. */
  service(): Promise<TypeService> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** A cell that is to be checked is about to be executed. */
  begin(cell: NotebookCell): void {
    this.#tell((service) => void service.notebook.begin(cell));
  }

  /** A cell was executed. */
  ran(cell: NotebookCell, end: CellEnd): void {
    this.#tell((service) => service.ran(cell, end));
  }

  /** A cell that had begun is not executed. */
  drop(cell: NotebookCell): void {
    this.#tell((service) => service.drop(cell));
  }

  /** The cells have imported a package, or installed one. */
  found(found: FoundPackage): void {
    this.#found.set(found.specifier, found);
    this.#service?.found(found);
  }

  /** The worker has forgotten all that the cells have declared. */
  clear(): void {
    this.#waiting = [];
    this.#service?.clear();
  }

  [Symbol.dispose](): void {
    this.#ended = true;
    this.#service?.[Symbol.dispose]();
  }

  #tell(tell: (service: TypeService) => void): void {
    if (this.#service !== undefined) {
      tell(this.#service);
      return;
    }
    this.#waiting.push(tell);
    if (this.#waiting.length > MOST_UNREAD) void this.service();
  }

  async #load(): Promise<TypeService> {
    const { TypeService } = await import('./service.ts');
    const service = new TypeService({
      ...this.#options,
      declarations: declarations(),
      memoryMiB: MEMORY_MIB,
      mostMemoryMiB: MOST_MEMORY_MIB,
      idleMs: this.#options.idleMs ?? IDLE_MS,
      stuckMs: this.#options.stuckMs ?? STUCK_MS,
    });
    for (const found of this.#found.values()) service.found(found);
    for (const tell of this.#waiting) tell(service);
    this.#waiting = [];
    this.#service = service;
    if (this.#ended) service[Symbol.dispose]();
    return service;
  }
}

/** Files that declare what the kernel gives to the cells: beside the bundle, or among the sources. */
function declarations(): string[] {
  const folder = [join(import.meta.dirname, 'types'), join(import.meta.dirname, '../../types')].find((candidate) =>
    existsSync(join(candidate, 'globals.d.ts')),
  );
  if (folder === undefined) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}
