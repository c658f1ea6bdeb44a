import {
  type Position,
  type ProtocolRequestType,
  type Range,
  SelectionRangeRequest,
} from 'vscode-languageserver-protocol/node';
import type { Log } from '../server/log.ts';
import type { FoundPackage } from '../server/packages.ts';
import { type CompilerSettings, compilerSettings } from './compiler-options.ts';
import { DiskChanges } from './disk-changes.ts';
import { type BoundCell, type DocumentText, documentName } from './documents.ts';
import { Engine } from './engine.ts';
import type { Entry } from './entries.ts';
import { KeptMembers } from './kept-members.ts';
import { type CellEnd, Notebook, type NotebookCell } from './notebook.ts';
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

/** A cell about which the language server can be asked. */
export interface OpenText {
  readonly uri: string;
  readonly code: string;
  /** The line of the document on which it begins, where it is not the first one. */
  readonly line?: number;
}

/** A cell in a document. */
export interface FoundEntry {
  readonly code: string;
  /** `In[count]`. */
  readonly count: number;
  /** What the notebook calls it, if that is known. */
  readonly id?: string;
  readonly line: number;
}

/** From so many documents what is asked about goes on importing though it takes nothing from them any more. */
const MOST_IMPORTS = 64;
const SETTLE_MS = 10_000;

/** The notebook's model and the language server that answers about it. */
export class TypeService implements Disposable {
  readonly notebook: Notebook;
  readonly engine: Engine;
  readonly members: KeptMembers;
  readonly #options: TypeServiceOptions;
  readonly #disk: DiskChanges;
  readonly #modules = new Map<string, string>();
  readonly #turns = new Map<Purpose, Promise<void>>();
  /** From where the document for each use imports. */
  readonly #imports = new Map<Purpose, ReadonlySet<number>>();
  readonly #packages: PackageModules;
  #settings: CompilerSettings;

  constructor(options: TypeServiceOptions) {
    this.#options = options;
    this.notebook = new Notebook({ javascript: options.javascript });
    this.#packages = new PackageModules(options.folder);
    this.#disk = new DiskChanges(options.folder);
    this.#settings = this.#compilerSettings();
    this.engine = new Engine({ ...options, config: () => this.#settings.text });
    this.members = new KeptMembers(() => {
      this.engine.changed(this.#disk.look(''));
      return this.notebook.changes + this.engine.changes;
    });
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
  openDraft(purpose: Purpose, code: string, also?: Iterable<string>): OpenText & { readonly draft: BoundCell } {
    const draft = this.notebook.draft(code, also);
    return { ...this.open(purpose, draft), code, draft };
  }

  /**
   * Lets the language server have a cell in the document for one use. Within `inTurn`. The document goes on importing from
   * where it did: as long as it imports from the same ones, the language server has little to do when it changes.
   */
  open(purpose: Purpose, cell: BoundCell): OpenText {
    const { notebook } = this;
    const before = this.#imports.get(purpose) ?? new Set();
    const kept = before.size > MOST_IMPORTS ? [] : [...before].filter((page) => this.engine.has(this.#name(page)));
    const document = notebook.write(cell, kept);
    this.#imports.set(purpose, document.imports);
    const { code } = cell.facts;
    this.engine.changed(this.#disk.look(code));
    if (this.#disk.leavesEndings && !this.#settings.leavesEndings) this.#configure();
    for (const [specifier, file] of this.#packages.in(code)) this.map(specifier, file);
    this.#openPages([...document.imports, ...notebook.augmenting]);
    return { uri: this.#have(purpose, document), code };
  }

  /** Lets the language server have a cell where others import from it; undefined where none can. */
  openEntry(entry: Entry): OpenText | undefined {
    const place = this.notebook.placeOf(entry);
    if (place === undefined) return undefined;
    this.#openPages([place.document]);
    return { uri: this.engine.uri(this.#name(place.document)), code: entry.facts.code, line: place.line };
  }

  /** The cell at a place of a document; undefined for other files. */
  entryAt(uri: string, { start }: Range): FoundEntry | undefined {
    const [, number] = /\/elara-cell-(\d+)\.m[tj]s$/.exec(uri) ?? [];
    const entry = number === undefined ? undefined : this.notebook.entryAt(Number(number), start.line);
    if (entry === undefined) return undefined;
    const { line } = this.notebook.placeOf(entry) ?? {};
    if (line === undefined) return undefined;
    const { count, id } = entry;
    return { code: entry.facts.code, count, line, ...(id !== undefined && { id }) };
  }

  /** A cell was executed. */
  ran(cell: NotebookCell, end: CellEnd): void {
    this.notebook.add(cell, end);
    const begun = this.notebook.begun(cell);
    // It was read in order to be checked, and so the next one will be.
    if (begun !== undefined) this.#settle(begun);
    this.#closeGone(this.notebook.takeGone());
  }

  /** A cell that had begun is not executed. */
  drop(cell: NotebookCell): void {
    this.notebook.drop(cell);
  }

  /** Forgets all cells. */
  clear(): void {
    this.#closeGone(this.notebook.clear());
    this.#imports.clear();
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
    this.#configure();
  }

  /** Asks about a place of an open text. */
  ask<P extends { readonly textDocument: { readonly uri: string }; readonly position: Position }, R>(
    type: ProtocolRequestType<P, R, unknown, unknown, unknown>,
    { uri, code, line }: OpenText,
    offset: number,
    make: (place: { textDocument: { uri: string }; position: Position }) => P,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<R | undefined> {
    return this.engine.request(
      type,
      make({ textDocument: { uri }, position: documentPosition(code, offset, line) }),
      options,
    );
  }

  [Symbol.dispose](): void {
    this.engine[Symbol.dispose]();
  }

  #configure(): void {
    this.#settings = this.#compilerSettings();
    this.engine.configure();
  }

  #compilerSettings(): CompilerSettings {
    const { folder, declarations } = this.#options;
    const { leavesEndings } = this.#disk;
    return compilerSettings({ folder, declarations, leavesEndings, modules: this.#modules });
  }

  #name(document: number | Purpose | `${Purpose}-jsx`): string {
    return documentName(document, this.#options.javascript);
  }

  /** Opens pages after those that they import from, without recursion: chains are long. */
  #openPages(first: readonly number[]): void {
    const order = new Map<number, DocumentText>();
    const todo = [...first];
    for (let number = todo.pop(); number !== undefined; number = todo.pop()) {
      const page = order.has(number) ? undefined : this.notebook.page(number);
      if (page === undefined || this.engine.has(this.#name(number), page.text)) continue;
      order.set(number, page);
      todo.push(...page.imports);
    }
    for (const [number, page] of [...order].reverse()) this.#have(number, page);
  }

  /**
   * Lets the language server have what a cell has added to its page, and look at it before the next cell is asked about: of
   * one document that has changed it makes less than of two.
   */
  #settle(entry: Entry): void {
    const place = this.notebook.placeOf(entry);
    if (place === undefined || !this.engine.has(this.#name(place.document))) return;
    this.#openPages([place.document]);
    const textDocument = { uri: this.engine.uri(this.#name(place.document)) };
    const positions = [{ line: 0, character: 0 }];
    void this.engine.request(SelectionRangeRequest.type, { textDocument, positions }, { timeoutMs: SETTLE_MS });
  }

  #closeGone(pages: readonly number[]): void {
    for (const number of pages) this.engine.drop(this.#name(number));
  }

  #have(document: number | Purpose, { text, isJsx }: DocumentText): string {
    // What language a document is in is said once.
    const name = this.#name(isJsx && typeof document === 'string' ? `${document}-jsx` : document);
    const language = this.#options.javascript ? 'javascript' : 'typescript';
    this.engine.have(name, text, isJsx ? `${language}react` : language);
    return this.engine.uri(name);
  }
}
