import type { DebugProtocol } from '@vscode/debugprotocol';
import { type DebugAdapter, type DebugProtocolMessage, EventEmitter, type NotebookDocument, workspace } from 'vscode';
import type { Context } from '../context.ts';
import { detailsOf, type Log } from '../log.ts';
import type { Session } from '../session.ts';
import { CellAdapter } from './cell-adapter.ts';
import { debuggerOf, followDebugger } from './kernel-debugger.ts';
import { NotebookCells } from './notebook-cells.ts';

/** How long a cell's text stays as it is before its breakpoints are set anew, in ms. */
const AFTER_CHANGE_MS = 200;

/** A session of the debugger in a notebook, from its begin to its end. */
export class DebuggedNotebook implements DebugAdapter {
  readonly notebook: NotebookDocument;
  readonly #adapter: CellAdapter;
  readonly #messages = new EventEmitter<DebugProtocolMessage>();
  readonly #changed = new Map<string, NodeJS.Timeout>();
  readonly #owned: { dispose(): void }[];
  readonly #ended = Promise.withResolvers<void>();
  readonly #log: Log;
  /** The cells that are run for it and are not done. */
  #running = 0;

  constructor({ notebook, kernel }: Session, { sessions, log }: Context) {
    this.notebook = notebook;
    this.#log = log;
    this.#adapter = new CellAdapter(debuggerOf(kernel), new NotebookCells(notebook));
    const onGone = (): void => this.#adapter.kernelGone();
    this.#owned = [
      this.#messages,
      this.#adapter.onMessage((message) => this.#messages.fire(message)),
      followDebugger(kernel, { onEvent: (event) => this.#adapter.handleEvent(event), onGone }),
      sessions.onDidChange(() => {
        if (sessions.of(notebook)?.kernel !== kernel) onGone();
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        if (!notebook.getCells().some((cell) => cell.document === document)) return;
        const uri = document.uri.toString();
        this.#adapter.edited(uri, contentChanges);
        this.#textChanged(uri);
      }),
    ];
  }

  readonly onDidSendMessage = this.#messages.event;

  /** Resolves when it has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  handleMessage(message: DebugProtocolMessage): void {
    this.#adapter.handle(message as DebugProtocol.ProtocolMessage);
  }

  /** Runs something when the breakpoints are set; the session ends when the last of them is done. */
  async during(run: () => Promise<void>): Promise<void> {
    this.#running += 1;
    try {
      await this.#adapter.configured;
      await this.#setChanged();
      await run();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#adapter.end();
    }
  }

  dispose(): void {
    this.#adapter.end();
    for (const timer of this.#changed.values()) clearTimeout(timer);
    for (const each of this.#owned) each.dispose();
    this.#ended.resolve();
  }

  #textChanged(uri: string): void {
    clearTimeout(this.#changed.get(uri));
    this.#changed.set(
      uri,
      setTimeout(() => void this.#setAnew(uri), AFTER_CHANGE_MS),
    );
  }

  async #setChanged(): Promise<void> {
    for (const uri of [...this.#changed.keys()]) await this.#setAnew(uri);
  }

  async #setAnew(uri: string): Promise<void> {
    clearTimeout(this.#changed.get(uri));
    this.#changed.delete(uri);
    try {
      await this.#adapter.refresh(uri);
    } catch (error) {
      this.#log.warn(`The breakpoints of a cell that was changed could not be set: ${detailsOf(error)}`);
    }
  }
}
