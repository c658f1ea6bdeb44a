/**
 * Kernels and their keeper outlive the extension that has started them: its folder goes when it is updated or removed, and they
 * load much of what they are only when it is wanted. So they run from a copy, in a folder that is left alone.
 */
import { createHash, randomUUID } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type Log, messageOf } from '../log.ts';

/** What is started of the extension and outlives the window, by its entries. */
export interface Programs {
  readonly kernel: string;
  readonly keeper: string;
}

/** Where the programs are. */
export interface ProgramSource {
  current(): Promise<Programs>;
  /** To be called when none of them runs. */
  removeOthers(): Promise<void>;
}

export interface ProgramCopiesOptions {
  /** The folder of the extension. */
  readonly extensionPath: string;
  readonly version: string;
  /** Where the copies are, each in a folder of its own. */
  readonly folder: string;
  readonly log: Log;
}

/** One that was used so lately may be about to run, or is being made; in milliseconds. */
const RECENT_MS = 3_600_000;

/** The programs in the folder of the extension, or in a copy of it. */
export function programsIn(folder: string): Programs {
  return { kernel: join(folder, 'kernel', 'dist', 'elara.js'), keeper: join(folder, 'dist', 'keeper.cjs') };
}

/**
 * Copies of the programs. One is named by the extension's version and by the paths, sizes and times of all its files: another
 * build of the same version has another copy, and a copy that lacks a file, or has another one, does not bear its name rightly.
 */
export class ProgramCopies implements ProgramSource {
  readonly #options: ProgramCopiesOptions;
  /** Of the copy for this window, whose extension stays what it was when its folder is gone. */
  #name: string | undefined;
  #making: Promise<void> | undefined;

  constructor(options: ProgramCopiesOptions) {
    this.#options = options;
  }

  /** Those of the copy, which is made if there is none; those of the extension if that is impossible. */
  async current(): Promise<Programs> {
    const { extensionPath, folder, log } = this.#options;
    try {
      this.#name ??= await this.#nameFor(extensionPath);
      const copy = join(folder, this.#name);
      if (!(await this.#isWhole(copy))) {
        this.#making ??= this.#make(copy).finally(() => {
          this.#making = undefined;
        });
        await this.#making;
      }
      const now = new Date();
      await utimes(copy, now, now);
      return programsIn(copy);
    } catch (error) {
      log.warn(
        `Kernels are started from ${extensionPath} and will miss it when the extension is updated: it cannot be copied to ${folder} (${messageOf(error)})`,
      );
      return programsIn(extensionPath);
    }
  }

  async removeOthers(): Promise<void> {
    const { folder, log } = this.#options;
    try {
      for (const name of await readdir(folder)) {
        const copy = join(folder, name);
        if (name === this.#name || Date.now() - (await stat(copy)).mtimeMs < RECENT_MS) continue;
        await rm(copy, { recursive: true, force: true });
        log.info(`Removed ${copy}, from which no kernel runs`);
      }
    } catch (error) {
      log.debug(`Copies that nobody needs stay in ${folder}: ${messageOf(error)}`);
    }
  }

  /** What a copy is called that consists of the programs in this folder. */
  async #nameFor(folder: string): Promise<string> {
    const hash = createHash('sha256');
    for (const { path, size, mtime } of await programFiles(folder)) hash.update(`${path} ${size} ${mtime.getTime()}\n`);
    return `${this.#options.version}-${hash.digest('hex').slice(0, 16)}`;
  }

  async #isWhole(copy: string): Promise<boolean> {
    try {
      return (await this.#nameFor(copy)) === basename(copy);
    } catch {
      // There is none, or not all of it.
      return false;
    }
  }

  /** Made beside its place, and then moved there. Another window may do so at the same time. */
  async #make(copy: string): Promise<void> {
    const { extensionPath, folder, log } = this.#options;
    const begin = performance.now();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const made = join(folder, `new-${randomUUID()}`);
    try {
      await copyPrograms(extensionPath, made);
      if ((await this.#nameFor(made)) !== basename(copy)) throw new Error(`${extensionPath} has changed`);
      await this.#put(made, copy);
    } finally {
      await rm(made, { recursive: true, force: true });
    }
    log.info(`Copied what kernels run from to ${copy} in ${Math.round(performance.now() - begin)} ms`);
  }

  async #put(made: string, copy: string): Promise<void> {
    try {
      await rename(made, copy);
    } catch (error) {
      if (!existsSync(copy)) throw error;
      // The other window was first, or what is there is damaged.
      if (await this.#isWhole(copy)) return;
      await rename(copy, join(dirname(copy), `damaged-${randomUUID()}`));
      await rename(made, copy);
    }
  }
}

interface ProgramFile {
  /** From the folder, with `/`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly mtime: Date;
}

/** The files of the programs: the kernel with its packages, and the keeper, which uses one of them. */
async function programFiles(folder: string): Promise<ProgramFile[]> {
  const { keeper } = programsIn(folder);
  const entries = await readdir(join(folder, 'kernel'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  return await Promise.all(
    [keeper, ...files.sort()].map(async (file) => {
      const { size, mtime } = await stat(file);
      return { path: relative(folder, file).replaceAll('\\', '/'), size, mtime };
    }),
  );
}

/**
 * Copies rather than hard links: what a build changes in the extension's folder does not change under a running kernel, and
 * Windows removes none of the names of a file that a process has loaded.
 */
async function copyPrograms(from: string, to: string): Promise<void> {
  const files = await programFiles(from);
  const folders = new Set(files.map(({ path }) => dirname(join(to, path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await Promise.all(
    files.map(async ({ path, mtime }) => {
      const copy = join(to, path);
      // Where the file system can, both share their blocks until one of them is written.
      await copyFile(join(from, path), copy, constants.COPYFILE_FICLONE);
      await utimes(copy, mtime, mtime);
    }),
  );
}
