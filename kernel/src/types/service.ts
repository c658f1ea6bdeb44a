import type { Position, ProtocolRequestType } from 'vscode-languageserver-protocol/node';
import type { Log } from '../server/log.ts';
import type { FoundPackage } from '../server/packages.ts';
import { type CompilerSettings, compilerSettings } from './compiler-options.ts';
import { DiskChanges } from './disk-changes.ts';
import { documentName } from './documents.ts';
import { Engine } from './engine.ts';
import { type Draft, type Entry, Notebook, type NotebookCell } from './notebook.ts';
import { PackageModules } from './package-modules.ts';
import { documentPosition } from './text-positions.ts';

export interface TypeServiceOptions {
  /** The notebook's folder. */
  readonly folder: string;
  readonly javascript: boolean;
  readonly log: Log;
  /** Files that declare what the kernel gives to the cells. */
  readonly declarations: readonly string[];
  readonly memoryMiB: number;
  readonly mostMemoryMiB: number;
  readonly idleMs: number;
  readonly stuckMs: number;
}

/** What a draft is for. Each use has a document of its own, so that one does not change what another asks about. */
export type Purpose = 'complete' | 'inspect' | 'signature' | 'problems' | 'check';

/** A text about which the language server can be asked. */
export interface OpenText {
  readonly uri: string;
  readonly code: string;
}

/** The notebook's model and the language server that answers about it. */
export class TypeService implements Disposable {
  readonly notebook: Notebook;
  readonly engine: Engine;
  readonly #options: TypeServiceOptions;
  readonly #disk: DiskChanges;
  readonly #modules = new Map<string, string>();
  readonly #turns = new Map<Purpose, Promise<void>>();
  readonly #packages: PackageModules;
  #settings: CompilerSettings;

  constructor(options: TypeServiceOptions) {
    this.#options = options;
    this.notebook = new Notebook({ javascript: options.javascript });
    this.#packages = new PackageModules(options.folder);
    this.#disk = new DiskChanges(options.folder);
    this.#settings = this.#compilerSettings();
    this.engine = new Engine({ ...options, config: () => this.#settings.text });
  }

  get folder(): string {
    return this.#options.folder;
  }

  get reportsImplicitAny(): boolean {
    return this.#settings.reportsImplicitAny;
  }

  /** Starts the language server if it does not run. Resolves to whether it does. */
  ready(): Promise<boolean> {
    return this.engine.start();
  }

  /**
   * Runs what asks about a document when what has asked before about the same has its answers: the language server may
   * read a question after the text has changed again.
   */
  async inTurn<T>(purpose: Purpose, run: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(purpose);
    const turn = Promise.withResolvers<void>();
    this.#turns.set(purpose, turn.promise);
    await before;
    try {
      return await run();
    } finally {
      turn.resolve();
    }
  }

  /** Lets the language server have code that is being written. Within `inTurn`. */
  openDraft(purpose: Purpose, code: string, also?: Iterable<string>): OpenText & { readonly draft: Draft } {
    const draft = this.notebook.draft(code, also);
    this.#openAround(code, draft.imports);
    const uri = this.#have(purpose, draft.text, draft.facts.isJsx);
    return { uri, code, draft };
  }

  /**
   * Lets the language server have a cell in order to check it. It gets a document of its own only when another cell takes
   * something from it.
   */
  openCheck({ text, imports, facts }: Entry): OpenText {
    this.#openAround(facts.code, imports);
    return { uri: this.#have('check', text, facts.isJsx), code: facts.code };
  }

  /** Lets the language server have a cell, with all that it imports from. */
  openEntry({ number, facts }: Entry): OpenText {
    this.#openEntry(number);
    return { uri: this.engine.uri(this.#name(number)), code: facts.code };
  }

  /** The cell whose document this is; undefined for other files. */
  entryAt(uri: string): Entry | undefined {
    const [, number] = /\/elara-cell-(\d+)\.m[tj]s$/.exec(uri) ?? [];
    return number === undefined ? undefined : this.notebook.entry(Number(number));
  }

  /** A cell that had begun is not executed. */
  drop(cell: NotebookCell): void {
    const entry = this.notebook.drop(cell);
    if (entry !== undefined) this.engine.drop(this.#name(entry.number));
  }

  /** Closes the documents that no name leads to any more. */
  prune(): void {
    for (const number of this.notebook.prune()) this.engine.drop(this.#name(number));
  }

  /** Forgets all cells. */
  clear(): void {
    for (const number of this.notebook.clear()) this.engine.drop(this.#name(number));
  }

  /** The cells have imported a package that is elsewhere than its name says. */
  found(found: FoundPackage): void {
    const file = this.#packages.found(found);
    if (file !== undefined) this.map(found.specifier, file);
  }

  /** Says which file declares a module that is elsewhere than its name says. */
  map(specifier: string, file: string): void {
    if (this.#modules.get(specifier) === file) return;
    this.#modules.set(specifier, file);
    this.#settings = this.#compilerSettings();
    this.engine.configure();
  }

  /** Asks about a place of an open text. */
  ask<P extends { readonly textDocument: { readonly uri: string }; readonly position: Position }, R>(
    type: ProtocolRequestType<P, R, unknown, unknown, unknown>,
    { uri, code }: OpenText,
    offset: number,
    make: (place: { textDocument: { uri: string }; position: Position }) => P,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<R | undefined> {
    return this.engine.request(
      type,
      make({ textDocument: { uri }, position: documentPosition(code, offset) }),
      options,
    );
  }

  [Symbol.dispose](): void {
    this.engine[Symbol.dispose]();
  }

  #compilerSettings(): CompilerSettings {
    const { folder, declarations } = this.#options;
    return compilerSettings({ folder, declarations, modules: this.#modules });
  }

  #name(document: number | Purpose | `${Purpose}-jsx`): string {
    return documentName(document, this.#options.javascript);
  }

  /** What the code takes from packages and from other cells, and what adds to types everywhere. */
  #openAround(code: string, imports: ReadonlySet<number>): void {
    this.engine.changed(this.#disk.look(code));
    for (const [specifier, file] of this.#packages.in(code)) this.map(specifier, file);
    for (const number of [...imports, ...this.notebook.augmenting]) this.#openEntry(number);
  }

  /** Opens a cell after those that it imports from, without recursion: chains of cells are long. */
  #openEntry(first: number): void {
    const order: number[] = [];
    const seen = new Set<number>();
    const todo = [first];
    for (let number = todo.pop(); number !== undefined; number = todo.pop()) {
      if (seen.has(number) || this.engine.has(this.#name(number))) continue;
      seen.add(number);
      order.push(number);
      todo.push(...(this.notebook.entry(number)?.imports ?? []));
    }
    for (const number of order.reverse()) {
      const entry = this.notebook.entry(number);
      if (entry !== undefined) this.#have(number, entry.text, entry.facts.isJsx);
    }
  }

  #have(document: number | Purpose, text: string, isJsx: boolean): string {
    // What language a document is in is said once.
    const name = this.#name(isJsx && typeof document === 'string' ? `${document}-jsx` : document);
    const language = this.#options.javascript ? 'javascript' : 'typescript';
    this.engine.have(name, text, isJsx ? `${language}react` : language);
    return this.engine.uri(name);
  }
}
