import { systemCode } from '@elara/protocol/kernelspec/errors';
import { Emitter } from '../emitter.ts';
import { type Log, messageOf } from '../log.ts';
import { type KeeperAddress, keeperFiles, newKeeperFile, readKeeperFile, removeKeeperFiles } from './address.ts';
import { KEEPER_GONE, Keeper, KeeperError } from './keeper.ts';
import { type KeeperProgram, startKeeper } from './start.ts';

export interface KeepersOptions extends Omit<KeeperProgram, 'entry'> {
  /** The keeper's program. */
  entry(): Promise<string>;
  readonly log: Log;
  /** Told when this window has started a keeper, because there was none. */
  onFirst(): void;
}

/**
 * The keepers of this user: one as a rule, more if two windows started theirs at the same moment or an update brought
 * another interface. All of them are looked at, and the oldest starts the kernels.
 */
export class Keepers {
  readonly #options: KeepersOptions;
  readonly #keepers = new Map<string, Promise<Keeper>>();
  readonly #added = new Emitter<Keeper>();
  #starting: Promise<Keeper> | undefined;
  #disposed = false;

  constructor(options: KeepersOptions) {
    this.#options = options;
  }

  /** Each keeper that this window gets to know. */
  get onAdded(): Emitter<Keeper>['event'] {
    return this.#added.event;
  }

  /** The keepers that run, oldest first. */
  async all(): Promise<Keeper[]> {
    if (this.#disposed) return [];
    const found = await Promise.all((await keeperFiles()).map((file) => this.#connect(file)));
    return found
      .filter((keeper) => keeper !== undefined)
      .sort((a, b) => a.address.startedAt.localeCompare(b.address.startedAt));
  }

  /** The keeper to start a kernel with: started itself if there is none. @throws KeeperError */
  async one(): Promise<Keeper> {
    if (this.#disposed) throw new KeeperError('The window is being closed.', KEEPER_GONE);
    const [oldest] = await this.all();
    if (oldest) return oldest;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  dispose(): void {
    this.#disposed = true;
    for (const keeper of this.#keepers.values()) {
      void keeper.then(
        (connected) => connected.dispose(),
        () => undefined,
      );
    }
    this.#keepers.clear();
  }

  /** Undefined for the file of a keeper that does not answer; that of one that is dead is removed. */
  async #connect(file: string): Promise<Keeper | undefined> {
    let connecting = this.#keepers.get(file);
    if (connecting === undefined) {
      connecting = this.#open(file);
      this.#keepers.set(file, connecting);
    }
    try {
      return await connecting;
    } catch (error) {
      this.#keepers.delete(file);
      this.#options.log.debug(`The keeper of ${file} does not answer: ${messageOf(error)}`);
      return undefined;
    }
  }

  async #open(file: string): Promise<Keeper> {
    const keeper = await connectOrRemove(file);
    if (this.#disposed) keeper.dispose();
    keeper.onClosed(() => this.#keepers.delete(file));
    this.#added.fire(keeper);
    return keeper;
  }

  async #start(): Promise<Keeper> {
    const begin = performance.now();
    const file = newKeeperFile();
    const pid = await startKeeper(file, { ...this.#options, entry: await this.#options.entry() });
    const keeper = await this.#connect(file);
    if (keeper === undefined) {
      throw new KeeperError('The process that keeps the kernels was started and does not answer.', 'ERR_KEEPER_START');
    }
    this.#options.log.info(
      `Started the keeper of kernels (process ${pid}) in ${Math.round(performance.now() - begin)} ms`,
    );
    this.#options.onFirst();
    return keeper;
  }
}

/** One that is only slow, on a machine that has much to do, keeps its files. */
async function connectOrRemove(file: string): Promise<Keeper> {
  let address: KeeperAddress | undefined;
  try {
    address = await readKeeperFile(file);
    return await Keeper.connect(address);
  } catch (error) {
    const code = systemCode(error);
    const isDead = code === 'ECONNREFUSED' || code === 'ENOENT';
    if (isDead || address === undefined) removeKeeperFiles(file, address?.socket);
    throw error;
  }
}
