import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { within } from '@elara/protocol/client/bounded';
import { systemCode } from '@elara/protocol/kernelspec/errors';
import { Emitter } from '../emitter.ts';
import { type Log, messageOf } from '../log.ts';
import {
  type KeeperAddress,
  keeperFiles,
  keeperLog,
  newKeeperFile,
  readKeeperFile,
  removeKeeperFiles,
} from './address.ts';
import { Keeper, KeeperError } from './keeper.ts';

/** For a keeper to be ready, in milliseconds. */
const START_MS = 20_000;

export interface KeepersOptions {
  /** The keeper's program. */
  readonly entry: string;
  /** The Node that runs it. */
  readonly node: string;
  /** Of the extension. */
  readonly version: string;
  /** How long a keeper without kernels and windows stays, in milliseconds. */
  readonly lingerMs: number;
  readonly log: Log;
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
    if (this.#disposed) throw new KeeperError('The window is being closed.', 'ERR_KEEPER_GONE');
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
    const { entry, node, version, lingerMs, log } = this.#options;
    const file = newKeeperFile();
    const logFile = keeperLog(file);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const output = openSync(logFile, 'a', 0o600);
    const begin = performance.now();
    const child = spawn(node, [entry, file, version, String(lingerMs)], {
      // A folder that nobody wants to remove.
      cwd: dirname(node),
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', output],
      detached: true,
      windowsHide: true,
    });
    closeSync(output);
    const failed = (what: string): KeeperError =>
      new KeeperError(
        `The process that keeps the kernels did not start: ${what}\n${tail(logFile)}`,
        'ERR_KEEPER_START',
      );
    const ended = once(child, 'exit').then(
      ([code, signal]) => Promise.reject(failed(`it ended ${signal ? `by ${signal}` : `with exit code ${code}`}.`)),
      (error: unknown) => Promise.reject(failed(messageOf(error))),
    );
    try {
      const late = () => failed(`it was not ready within ${START_MS / 1000} s.`);
      const ready = child.stdout ? once(child.stdout, 'data') : ended;
      await within(Promise.race([ready, ended]), START_MS, late);
    } catch (error) {
      child.kill();
      rmSync(logFile, { force: true });
      throw error;
    } finally {
      child.stdout?.destroy();
      ended.catch(() => undefined);
    }
    child.unref();
    const keeper = await this.#connect(file);
    if (keeper === undefined) throw failed('it does not answer.');
    log.info(`Started the keeper of kernels (process ${child.pid}) in ${Math.round(performance.now() - begin)} ms`);
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

function tail(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n');
  } catch {
    return '';
  }
}
