import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type FileEvent,
  type ProtocolRequestType,
} from 'vscode-languageserver-protocol/node';
import type { Log } from '../server/log.ts';
import { processUsage } from '../server/process-usage.ts';
import { nativeCompiler } from './executable.ts';
import { LanguageServer, type RequestOptions } from './language-server.ts';

/** How often the language server may end by itself before it is given up, and after what time an end is forgotten, in ms. */
const MOST_ENDS = 4;
const FORGET_ENDS_MS = 10 * 60_000;
/** How often its memory is looked at, in ms. */
const WATCH_MS = 5_000;

export interface EngineOptions {
  /** The notebook's folder. */
  readonly folder: string;
  readonly log: Log;
  /** What the language server tries to stay below, and beyond what it is started anew, in MiB. */
  readonly memoryMiB: number;
  readonly mostMemoryMiB: number;
  /** After how long without use it is stopped, in ms. */
  readonly idleMs: number;
  /** How long it may go on with what nobody waits for any more, in ms. */
  readonly stuckMs: number;
  /** Text of the tsconfig.json. */
  readonly config: () => string;
}

interface OpenDocument {
  readonly text: string;
  readonly version: number;
}

/**
 * TypeScript's native language server with what it has open: started when first needed, started anew when it dies or grows
 * too large, stopped when nobody needs it.
 */
export class Engine implements Disposable {
  readonly #options: EngineOptions;
  #server: LanguageServer | undefined;
  #starting: Promise<LanguageServer | undefined> | undefined;
  readonly #open = new Map<string, OpenDocument>();
  #ends: number[] = [];
  #givenUp = false;
  #disposed = false;
  #idle: NodeJS.Timeout | undefined;
  #watched = 0;
  #changes = 0;
  /** Questions that wait for an answer. */
  #asked = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Whether it can answer now, without being started. */
  get running(): boolean {
    return this.#server !== undefined;
  }

  /** Whether it will not be started (again). */
  get givenUp(): boolean {
    return this.#givenUp;
  }

  /** How often it was told that files or settings have changed. */
  get changes(): number {
    return this.#changes;
  }

  get pid(): number | undefined {
    return this.#server?.pid;
  }

  /** Resolves to whether it can answer. */
  async start(): Promise<boolean> {
    if (this.#server !== undefined) return true;
    if (this.#givenUp || this.#disposed) return false;
    this.#starting ??= this.#begin().finally(() => {
      this.#starting = undefined;
    });
    return (await this.#starting) !== undefined;
  }

  /** Lets the language server have a document of the notebook's folder as `text`. What it has already is not sent again. */
  have(name: string, text: string, languageId: string): void {
    const server = this.#server;
    if (server === undefined) return;
    const open = this.#open.get(name);
    if (open?.text === text) return;
    const uri = this.uri(name);
    const version = (open?.version ?? 0) + 1;
    this.#open.set(name, { text, version });
    if (open === undefined) {
      void server.notify(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version, text } });
    } else {
      void server.notify(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    }
  }

  /** Whether the language server has a document, as `text` if that is given. */
  has(name: string, text?: string): boolean {
    const open = this.#open.get(name);
    return open !== undefined && (text === undefined || open.text === text);
  }

  drop(name: string): void {
    if (!this.#open.delete(name)) return;
    void this.#server?.notify(DidCloseTextDocumentNotification.type, { textDocument: { uri: this.uri(name) } });
  }

  /** Files of the disk are no longer what they were. */
  changed(changes: readonly FileEvent[]): void {
    if (changes.length === 0) return;
    this.#changes += 1;
    void this.#server?.notify(DidChangeWatchedFilesNotification.type, { changes: [...changes] });
  }

  /** To be called when what `config` says has changed. */
  configure(): void {
    this.#changes += 1;
    this.have('tsconfig.json', this.#options.config(), 'json');
  }

  /** Asks about what it has. Undefined where there is no answer in time. */
  async request<P, R>(
    type: ProtocolRequestType<P, R, unknown, unknown, unknown>,
    params: P,
    options: RequestOptions,
  ): Promise<R | undefined> {
    const server = this.#server;
    if (server === undefined) return undefined;
    this.#asked += 1;
    try {
      return await server.request(type, params, options);
    } finally {
      this.#asked -= 1;
      this.#used();
    }
  }

  uri(name: string): string {
    return pathToFileURL(join(this.#options.folder, name)).href;
  }

  /** Ends the language server and gives its memory back. It is started again when needed. */
  rest(): void {
    clearTimeout(this.#idle);
    this.#server?.stop();
    this.#server = undefined;
    this.#open.clear();
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.rest();
  }

  async #begin(): Promise<LanguageServer | undefined> {
    const { folder, log, memoryMiB, stuckMs } = this.#options;
    const executable = nativeCompiler();
    if (executable === undefined) {
      this.#giveUp(
        `types are off: the package @typescript/typescript-${process.platform}-${process.arch} is not installed`,
      );
      return undefined;
    }
    try {
      const server: LanguageServer = await LanguageServer.start({
        executable,
        folder,
        memoryMiB,
        stuckMs,
        onEnded: (how) => this.#ended(server, how),
        onStuck: (method) => this.#stuck(server, method),
      });
      if (this.#disposed) {
        server.stop();
        return undefined;
      }
      this.#server = server;
      this.#open.clear();
      this.configure();
      this.#used();
      return server;
    } catch (error) {
      log.warn(`the language server did not start: ${error instanceof Error ? error.message : String(error)}`);
      this.#count();
      return undefined;
    }
  }

  #ended(server: LanguageServer | undefined, how: string): void {
    if (this.#disposed) return;
    this.#options.log.warn(`the language server ${how}`);
    this.#count();
    if (this.#server !== server) return;
    this.rest();
  }

  /** Some broken code makes the compiler go on forever. That is no reason to give it up. */
  #stuck(server: LanguageServer, method: string): void {
    server.stop();
    if (this.#disposed || this.#server !== server) return;
    this.#options.log.warn(`the language server does not come to an end of ${method}: it is started anew`);
    this.rest();
  }

  #count(): void {
    const now = performance.now();
    this.#ends = [...this.#ends.filter((at) => now - at < FORGET_ENDS_MS), now];
    if (this.#ends.length >= MOST_ENDS) this.#giveUp('types are off: the language server ended too often');
  }

  #giveUp(why: string): void {
    this.#givenUp = true;
    this.#options.log.warn(why);
  }

  #used(): void {
    clearTimeout(this.#idle);
    if (this.#server === undefined || this.#asked > 0) return;
    this.#idle = setTimeout(() => {
      if (this.#asked > 0) return;
      this.#options.log.debug('the language server rests');
      this.rest();
    }, this.#options.idleMs);
    this.#idle.unref();
    const now = performance.now();
    if (now - this.#watched < WATCH_MS) return;
    this.#watched = now;
    void this.#watch();
  }

  async #watch(): Promise<void> {
    const { mostMemoryMiB, log } = this.#options;
    const pid = this.pid;
    const usage = pid === undefined ? undefined : await processUsage(pid);
    if (usage === undefined || usage.memory <= mostMemoryMiB * 2 ** 20 || this.pid !== pid) return;
    log.warn(`the language server takes ${Math.round(usage.memory / 2 ** 20)} MiB: it is started anew`);
    this.rest();
  }
}
