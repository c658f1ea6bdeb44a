import { readFileSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cells } from './cells.ts';
import { type Definition, definitionAt, definitionOf } from './definition.ts';
import type { Looker } from './looker.ts';
import { functionName, isClass } from './reflection.ts';
import { Source } from './source.ts';

/** Larger files are not read, in bytes. */
const MAX_FILE = 1024 * 1024;
/** So many cells that mention a name are searched for its declaration. */
const MAX_CELLS = 50;

/** From a place in V8's script of a cell to that in the cell; undefined where the cell is not known any more. */
export type FindPlace = (
  cell: string,
  line: number,
  column: number,
) => { readonly line: number; readonly column: number } | undefined;

/** Finds how the values of the cells were written. */
export class Definitions {
  readonly #looker: Looker;
  readonly #cells: Cells;
  readonly #findPlace: FindPlace;

  constructor(looker: Looker, cells: Cells, findPlace: FindPlace) {
    this.#looker = looker;
    this.#cells = cells;
    this.#findPlace = findPlace;
  }

  /** Of a function or a class that a cell or a file defines. */
  ofFunction(fn: object): Definition | undefined {
    const place = this.#looker.place(fn);
    if (place === undefined) return undefined;
    const { url, line, column } = place;
    const cell = this.#cells.get(url);
    const inSource = cell === undefined ? place : this.#findPlace(url, line, column);
    const source = cell === undefined ? readFile(url) : new Source(url, cell);
    if (source === undefined || inSource === undefined) return undefined;
    return definitionAt(source, source.offsetOf(inSource), functionName(fn), isClass(fn));
  }

  /** Of a name that a cell declares: the latest. */
  ofName(name: string): Definition | undefined {
    let searched = 0;
    for (const [cell, code] of this.#cells.mentioning(name)) {
      const found = definitionOf(new Source(cell, code), name);
      if (found !== undefined) return found;
      searched += 1;
      if (searched === MAX_CELLS) return undefined;
    }
    return undefined;
  }
}

/** The worker's own code is part of the runtime, as Node's is. */
const OWN_FOLDER = new URL('../', import.meta.url).href;

/** A file of the user's or of a package; Node's own are in no file. */
function readFile(url: string): Source | undefined {
  if (url.startsWith(OWN_FOLDER)) return undefined;
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  if (!isAbsolute(path)) return undefined;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || stats.size > MAX_FILE) return undefined;
  return new Source(path, readFileSync(path, 'utf8'));
}
