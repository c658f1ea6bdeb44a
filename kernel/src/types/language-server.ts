import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  type CancellationToken,
  CancellationTokenSource,
  createMessageConnection,
  InitializedNotification,
  InitializeRequest,
  type MessageConnection,
  type ProtocolNotificationType,
  type ProtocolRequestType,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { within } from '../server/bounded.ts';
import { CLIENT_CAPABILITIES, CONFIGURATION } from './capabilities.ts';

/** How long the language server may take to be initialised, in ms. */
const START_MS = 10_000;

export interface LanguageServerOptions {
  readonly executable: string;
  /** The notebook's folder. */
  readonly folder: string;
  /** What Go's runtime tries to stay below, in MiB. */
  readonly memoryMiB: number;
  /** How long it may go on with what nobody waits for any more, in ms. */
  readonly stuckMs: number;
  /** It ended without having been stopped. */
  readonly onEnded: (how: string) => void;
  /** It has not answered for so long. */
  readonly onStuck: (method: string) => void;
}

export interface RequestOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A process of TypeScript's language server. It reads its end in the end of its standard input, so that none is left over. */
export class LanguageServer {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #connection: MessageConnection;
  readonly #options: LanguageServerOptions;
  #stopped = false;

  private constructor(options: LanguageServerOptions) {
    this.#options = options;
    this.#child = spawn(options.executable, ['--lsp', '--stdio'], {
      cwd: options.folder,
      env: { ...process.env, GOMEMLIMIT: `${options.memoryMiB}MiB` },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let lastWords = '';
    this.#child.stderr.on('data', (bytes: Buffer) => {
      lastWords = (lastWords + bytes.toString()).slice(-500);
    });
    const ended = (how: string): void => {
      if (this.#stopped) return;
      this.stop();
      options.onEnded(lastWords === '' ? how : `${how}: ${lastWords.trim()}`);
    };
    this.#child.on('error', (error) => ended(error.message));
    this.#child.on('exit', (code, signal) => ended(`ended with ${signal ?? `exit code ${code}`}`));
    // Its end is told by its exit; a write that comes too late is no error of its own.
    this.#child.stdin.on('error', () => undefined);
    const reader = new StreamMessageReader(this.#child.stdout);
    // It would wait for the rest of a message also of a server that has ended.
    reader.partialMessageTimeout = 0;
    this.#connection = createMessageConnection(reader, new StreamMessageWriter(this.#child.stdin));
    this.#connection.onError(([error]) => ended(error.message));
    // Its output ends before its end is told: it answers nothing more.
    this.#connection.onClose(() => this.#child.kill('SIGKILL'));
    this.#connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly unknown[] }) =>
      items.map(() => CONFIGURATION),
    );
    this.#connection.onRequest('client/registerCapability', () => null);
    this.#connection.listen();
  }

  /** @throws Error where it does not start in time. */
  static async start(options: LanguageServerOptions): Promise<LanguageServer> {
    const server = new LanguageServer(options);
    const uri = pathToFileURL(options.folder).href;
    const initialized = server.request(
      InitializeRequest.type,
      {
        processId: process.pid,
        rootUri: uri,
        workspaceFolders: [{ uri, name: 'notebook' }],
        capabilities: CLIENT_CAPABILITIES,
      },
      { timeoutMs: START_MS },
    );
    if ((await initialized) === undefined) {
      server.stop();
      throw new Error(`TypeScript's language server did not start within ${START_MS} ms`);
    }
    await server.notify(InitializedNotification.type, {});
    return server;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The answer; undefined where there is none in time, or where the server has ended. */
  async request<P, R>(
    type: ProtocolRequestType<P, R, unknown, unknown, unknown>,
    params: P,
    { timeoutMs, signal }: RequestOptions,
  ): Promise<R | undefined> {
    if (this.#stopped || signal?.aborted) return undefined;
    const source = new CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    const aborted = new Promise<undefined>((resolve) => source.token.onCancellationRequested(() => resolve(undefined)));
    try {
      const answer = this.#send<R>(type.method, params, source.token);
      const answered = await within(Promise.race([answer, aborted]), timeoutMs);
      if (answered === undefined) {
        cancel();
        void this.#watch(type.method, answer);
      }
      return answered;
    } finally {
      signal?.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  /** Undefined where there is nothing to say: errors of the server (a position that is no more, its own faults), or its end. */
  async #send<R>(method: string, params: unknown, token: CancellationToken): Promise<R | undefined> {
    try {
      return await this.#connection.sendRequest<R>(method, params, token);
    } catch {
      return undefined;
    }
  }

  /** What is cancelled is answered soon after, if only by an error. */
  async #watch(method: string, answer: Promise<unknown>): Promise<void> {
    const { stuckMs, onStuck } = this.#options;
    const ended = answer.then(() => true);
    if ((await within(ended, stuckMs)) === undefined && !this.#stopped) onStuck(method);
  }

  async notify<P>(type: ProtocolNotificationType<P, unknown>, params: P): Promise<void> {
    if (this.#stopped) return;
    try {
      await this.#connection.sendNotification(type.method, params);
    } catch {
      // Its end is told by its exit.
    }
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#connection.dispose();
    this.#child.stdin.end();
    this.#child.kill('SIGKILL');
  }
}
