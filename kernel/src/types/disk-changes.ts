import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FileChangeType, type FileEvent } from 'vscode-languageserver-protocol/node';
import { splitBare } from '../packages/specifier.ts';
import { isFile, sourceFile, sourceFiles } from '../source-file.ts';

/** How many files are looked at. */
const MOST_FILES = 500;
/** How often, in ms. */
const LOOK_MS = 250;
/** A specifier that is the path of a file. */
const PATH = /^\.{0,2}(?:\/|$)/;
const ENDING = /\.(?:[cm]?[jt]sx?|json)$/;
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;

/**
 * The files that the cells import, the files that those import, and the places where packages would be. The language
 * server reads each once, whether or not it is there: what changes afterwards it has to be told.
 */
export class DiskChanges {
  readonly #folder: string;
  /** When each was written; undefined: it is not there. */
  readonly #files = new Map<string, number | undefined>();
  #looked = 0;
  #leavesEndings = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether there is an import of a file that leaves its ending away. */
  get leavesEndings(): boolean {
    return this.#leavesEndings;
  }

  /** Takes note of what `code` imports. Returns what has changed since the last time. */
  look(code: string, now = performance.now()): FileEvent[] {
    const changes: FileEvent[] = [];
    if (now - this.#looked >= LOOK_MS) {
      this.#looked = now;
      for (const [file, before] of [...this.#files]) {
        const after = writtenAt(file);
        if (after === before) continue;
        this.#files.set(file, after);
        changes.push({ uri: pathToFileURL(file).href, type: changeType(before, after) });
        if (after !== undefined) this.#noteIn(file);
      }
    }
    this.#note(code, this.#folder);
    return changes;
  }

  #note(code: string, folder: string): void {
    for (const [, , specifier = ''] of code.matchAll(SPECIFIER)) {
      this.#leavesEndings ||= leavesEnding(specifier, folder);
      for (const file of candidates(specifier, folder)) {
        if (this.#files.has(file) || this.#files.size >= MOST_FILES) continue;
        const written = writtenAt(file);
        this.#files.set(file, written);
        if (written !== undefined) this.#noteIn(file);
      }
    }
  }

  #noteIn(file: string): void {
    if (file.includes('node_modules') || !/\.[cm]?[jt]sx?$/.test(file)) return;
    try {
      this.#note(readFileSync(file, 'utf8'), dirname(file));
    } catch (error) {
      // It is gone again.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }
}

function changeType(before: number | undefined, after: number | undefined): FileChangeType {
  if (before === undefined) return FileChangeType.Created;
  return after === undefined ? FileChangeType.Deleted : FileChangeType.Changed;
}

function writtenAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function leavesEnding(specifier: string, folder: string): boolean {
  if (ENDING.test(specifier)) return false;
  return PATH.test(specifier) ? sourceFile(resolve(folder, specifier)) !== undefined : namesLoosely(specifier, folder);
}

/** Whether a part of a package is named that Node itself does not find for an import: it says of no file where it is. */
function namesLoosely(specifier: string, folder: string): boolean {
  const bare = splitBare(specifier);
  if (bare === null || bare.subpath === '' || isBuiltin(specifier)) return false;
  for (const root of placesOf(bare.name, folder)) {
    const manifest = readManifest(root);
    if (manifest !== undefined) return !('exports' in manifest) && !isFile(join(root, bare.subpath));
  }
  return false;
}

function readManifest(root: string): object | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null ? manifest : undefined;
  } catch {
    // There is none, or it is one for the import to complain of.
    return undefined;
  }
}

/** Where a package may be, for who is in a folder. */
function placesOf(name: string, folder: string): string[] {
  const places: string[] = [];
  for (let at = resolve(folder); ; at = dirname(at)) {
    places.push(join(at, 'node_modules', name));
    if (dirname(at) === at) return places;
  }
}

/** The files that a specifier may name. */
function candidates(specifier: string, folder: string): string[] {
  if (PATH.test(specifier)) {
    const file = resolve(folder, specifier);
    const [, name, kind] = /^(.*)\.([cm]?)js$/.exec(file) ?? [];
    // TypeScript's source of a script, or its declarations, come first.
    if (name !== undefined) return [file, `${name}.${kind}ts`, `${name}.d.${kind}ts`];
    if (ENDING.test(file)) return [file];
    const files = sourceFiles(file);
    const there = files.findIndex(isFile);
    return there < 0 ? files : files.slice(0, there + 1);
  }
  const name = splitBare(specifier)?.name;
  if (name === undefined) return [];
  const places = [...placesOf(name, folder), ...placesOf(`@types/${name}`, folder)];
  return places.map((place) => join(place, 'package.json'));
}
