import type { SettingValue } from '../context.ts';
import type { SettingId } from '../contributions.ts';
import type { Log } from '../log.ts';
import type { ProgramSource } from './programs.ts';

/** What the kernels need to know of the window that they are in; tests bring their own. */
export interface KernelsHost {
  /** Of the extension. */
  readonly version: string;
  readonly programs: ProgramSource;
  /** How long a keeper without kernels and windows stays, in milliseconds. */
  readonly keeperLingerMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  setting<Id extends SettingId>(id: Id): SettingValue<Id>;
  /** Shows a warning, if it was not shown before, in another window neither. */
  tellOnce(message: string): void;
  /** True once the user trusts the workspace. */
  trusted(): boolean;
  /** The folders of the workspace that are on this machine. */
  workspaceFolders(): readonly string[];
  /** What is remembered from window to window. */
  readonly memory: Memory;
  /** What is remembered and nobody may read. */
  readonly secrets: Secrets;
}

/** As VS Code's Memento. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** As VS Code's SecretStorage. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** An error that a person can do something about. */
export class KernelsError extends Error {
  override readonly name = 'KernelsError';
  readonly code: 'ERR_UNTRUSTED' | 'ERR_NO_PROGRAM' | 'ERR_NO_KERNEL' | 'ERR_SERVER';

  constructor(code: KernelsError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
