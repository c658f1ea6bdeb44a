import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file as it was when it was loaded. */
interface Version {
  readonly number: number;
  /** As Node knows the module. */
  readonly url: string;
  readonly file: string;
  /** When the file was written, and how long it was. */
  readonly state: string;
  /** The import of a cell that loaded it. */
  readonly pass: number;
  readonly imports: Set<Version>;
  /** Its import failed, perhaps by something outside of it. */
  failed: boolean;
}

/**
 * The files that cells import, and those that these import. Node loads a module once; here a file that has changed, and
 * whatever imports it, is another module: the same one with a number in its URL. What has not changed stays the module it is,
 * with its state.
 */
export class ModuleGraph {
  readonly #latest = new Map<string, Version>();
  readonly #byUrl = new Map<string, Version>();
  /** Of this pass: what the files look like. A pass sees each as it is at one moment. */
  readonly #states = new Map<string, string>();
  readonly #forget: (file: string) => void;
  #pass = 0;

  /** @param forget Told of each file that is about to be loaded anew */
  constructor(forget: (file: string) => void) {
    this.#forget = forget;
  }

  /** A cell imports something. Returns the number of the pass. */
  begin(): number {
    this.#pass += 1;
    this.#states.clear();
    return this.#pass;
  }

  /** An import failed: what it loaded is loaded anew by the next one. */
  failed(pass: number): void {
    for (const version of this.#byUrl.values()) if (version.pass >= pass) version.failed = true;
  }

  has(url: string): boolean {
    return this.#byUrl.has(url);
  }

  /** The file of a module of this graph. */
  fileOf(url: string): string | undefined {
    return this.#byUrl.get(url)?.file;
  }

  /**
   * The URL by which to load a file now.
   * @param url As Node resolved it
   * @param importer URL of the module of this graph that imports it; undefined: a cell
   */
  urlFor(url: string, importer: string | undefined): string {
    let version = this.#latest.get(url);
    if (version === undefined || this.#isStale(version)) {
      version = this.#load(url, (version?.number ?? 0) + 1);
      this.#latest.set(url, version);
      this.#byUrl.set(version.url, version);
    }
    if (importer !== undefined) this.#byUrl.get(importer)?.imports.add(version);
    return version.url;
  }

  #load(url: string, number: number): Version {
    const file = fileURLToPath(url);
    const versioned = number === 1 ? url : `${url}${url.includes('?') ? '&' : '?'}version=${number}`;
    if (number > 1) this.#forget(file);
    const state = this.#stateOf(file);
    return { number, url: versioned, file, state, pass: this.#pass, imports: new Set(), failed: false };
  }

  /** Whether it, or something that it imports, is not as it was. */
  #isStale(version: Version): boolean {
    const reached = new Set([version]);
    for (const one of reached) {
      if (one.pass === this.#pass) continue;
      if (one.failed || this.#stateOf(one.file) !== one.state) return true;
      for (const imported of one.imports) reached.add(imported);
    }
    return false;
  }

  #stateOf(file: string): string {
    let state = this.#states.get(file);
    if (state === undefined) {
      const stat = statSync(file, { throwIfNoEntry: false });
      state = stat === undefined ? 'gone' : `${stat.mtimeMs} ${stat.size}`;
      this.#states.set(file, state);
    }
    return state;
  }
}
