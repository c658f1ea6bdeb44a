import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Modules } from '../modules.ts';
import { CommandError, fileError } from './command.ts';

/** The working folder of the cells. */
export class WorkingFolder {
  readonly #modules: Modules;
  #before: string | undefined;

  constructor(modules: Modules) {
    this.#modules = modules;
  }

  /** Changes it, and returns it. `-` is the one before. */
  change(folder?: string): string {
    if (folder === undefined || folder === '') return process.cwd();
    const current = process.cwd();
    const target = folder === '-' ? this.#back() : resolve(current, withHome(folder));
    const failed = `cannot change to ${target}`;
    try {
      if (!statSync(target).isDirectory())
        throw new CommandError('ERR_COMMAND_ENOTDIR', `${failed}: it is not a folder`);
      process.chdir(target);
    } catch (error) {
      throw error instanceof CommandError ? error : fileError(failed, error);
    }
    this.#before = current;
    this.#modules.changeFolder(process.cwd());
    return process.cwd();
  }

  #back(): string {
    if (this.#before === undefined) throw new CommandError('ERR_COMMAND_USAGE', 'There is no folder before this one');
    return this.#before;
  }
}

/** A path with the person's own folder in place of `~`. */
export function withHome(path: string): string {
  if (path !== '~' && !/^~[\\/]/.test(path)) return path;
  return join(homedir(), path.slice(1));
}

/** An absolute path; relative ones begin at the working folder. */
export function absolute(path: string): string {
  const home = withHome(path);
  return isAbsolute(home) ? home : resolve(home);
}
