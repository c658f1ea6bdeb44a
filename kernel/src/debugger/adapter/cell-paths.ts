import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { HASH_SEED, murmur2 } from './murmur2.ts';

/** How many cells that were dumped are kept. */
const MOST = 2000;

/**
 * The paths by which frontends know cells: of the code, not of the cell. There are no such files; their code is to be had by
 * the request `source`. Spec: messaging, "debugInfo", "dumpCell".
 */
export class CellPaths {
  readonly prefix = join(tmpdir(), `elara_${process.pid}`) + sep;
  readonly suffix = '.ts';
  readonly #codes = new Map<string, string>();

  /** The path of a cell, whose code is remembered. */
  add(code: string): string {
    const path = `${this.prefix}${murmur2(code, HASH_SEED)}${this.suffix}`;
    this.#codes.delete(path);
    this.#codes.set(path, code);
    for (const oldest of this.#codes.keys()) {
      if (this.#codes.size <= MOST) break;
      this.#codes.delete(oldest);
    }
    return path;
  }

  isCell(path: string): boolean {
    return path.startsWith(this.prefix);
  }

  /** The code of a cell that was dumped or run. */
  codeOf(path: string): string | undefined {
    return this.#codes.get(path);
  }
}
