import type { KernelMessage } from '@jupyterlab/services';
import {
  type NotebookCell,
  NotebookCellData,
  NotebookCellKind,
  type NotebookController,
  type NotebookDocument,
  type NotebookDocumentChangeEvent,
  NotebookEdit,
  Range,
  type TextDocument,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { Emitter } from '../emitter.ts';
import type { KernelEnd, RunningKernel } from '../kernels/kernel.ts';
import { type Log, messageOf } from '../log.ts';
import { Displays } from '../outputs/cell-outputs.ts';
import { type Content, isRecord } from '../outputs/output.ts';
import type { Session } from '../session.ts';
import { CellRun, type Outcome } from './cell-run.ts';
import { CellTargets } from './cell-target.ts';
import { answerInput } from './input.ts';
import { editorLanguage } from './languages.ts';
import type { WholeOutputs } from './whole-outputs.ts';

/** Runs whose late outputs still find their cells. */
const MOST_RUNS = 500;

export interface NotebookSessionOptions {
  readonly notebook: NotebookDocument;
  readonly kernel: RunningKernel;
  readonly controller: NotebookController;
  readonly whole: WholeOutputs;
  /** Characters of a text that are shown whole. */
  readonly limit: () => number;
  readonly log: Log;
}

/** A notebook and its kernel: the cells that wait, the one that runs, and where each message of the kernel belongs. */
export class NotebookSession implements Session {
  readonly notebook: NotebookDocument;
  readonly kernel: RunningKernel;
  readonly controller: NotebookController;
  readonly #options: NotebookSessionOptions;
  readonly #displays = new Displays();
  readonly #targets: CellTargets;
  readonly #runs = new Map<string, CellRun>();
  /** Runs whose messages come by the future of their request. */
  readonly #ours = new Set<string>();
  /** Messages of other clients' requests whose cells are being made. */
  readonly #foreign = new Map<string, KernelMessage.IIOPubMessage[]>();
  /** Messages that came while those before them were fetched. */
  #held: KernelMessage.IIOPubMessage[] | undefined;
  #queue: CellRun[] = [];
  #running: CellRun | undefined;
  #isEnded = false;
  readonly #changed = new Emitter<void>();
  readonly #ended = new Emitter<void>();
  readonly #listeners: { dispose(): unknown }[];

  constructor(options: NotebookSessionOptions) {
    this.#options = options;
    this.notebook = options.notebook;
    this.kernel = options.kernel;
    this.controller = options.controller;
    this.#targets = new CellTargets(options.controller, options.log);
    const { connection } = this.kernel;
    connection.iopubMessage.connect(this.#onIopub);
    connection.statusChanged.connect(this.#onStatus);
    this.#listeners = [
      this.kernel.onDidEnd((end) => this.#died(end)),
      this.kernel.onDidRestart(() => this.#restarted()),
      workspace.onDidChangeNotebookDocument((change) => this.#notebookChanged(change)),
    ];
  }

  /** The state of the kernel changed, or what waits for it. */
  get onDidChange(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  /** The kernel is gone, or this window has left it. */
  get onDidEnd(): Emitter<void>['event'] {
    return this.#ended.event;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  get pending(): readonly NotebookCell[] {
    return [...(this.#running ? [this.#running] : []), ...this.#queue].map(({ cell }) => cell);
  }

  /** Runs cells one after the other, behind those that wait already. Resolves when all of them have ended. */
  async execute(cells: readonly NotebookCell[]): Promise<void> {
    const runs = cells.filter((cell) => !this.pending.includes(cell)).map((cell) => this.#newRun(cell));
    this.#queue.push(...runs);
    this.#changed.fire();
    void this.#work();
    await Promise.all(runs.map(({ ended }) => ended));
  }

  async run(code: string): Promise<void> {
    const cell = await this.#addCell(code);
    if (cell) await this.execute([cell]);
  }

  /** No cell that waits is run. */
  cancelWaiting(): void {
    for (const run of this.#queue.splice(0)) run.end('aborted');
    this.#changed.fire();
  }

  /** Resolves when no cell runs or waits. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running.ended;
  }

  /** Ends what runs, for the reason that is said in its cell. */
  abandon(name: string, message: string): void {
    const run = this.#running;
    this.cancelWaiting();
    if (run === undefined) return;
    run.explain(name, message);
    this.#endRun(run, 'failed');
  }

  /**
   * Takes over what ran when the window was left.
   * @param runs The cells whose requests were not answered then, by message id.
   */
  async resume(runs: ReadonlyMap<string, NotebookCell>): Promise<void> {
    if (runs.size === 0) return;
    this.#held = [];
    for (const [id, cell] of runs) {
      const run = this.#newRun(cell);
      run.messageId = id;
      this.#runs.set(id, run);
      run.start();
      this.#running = run;
    }
    this.#changed.fire();
    try {
      const missed = await this.kernel.missed();
      const seen = new Set(missed.map(({ header }) => header.msg_id));
      for (const message of missed) this.#route(message);
      for (const message of this.#held) if (!seen.has(message.header.msg_id)) this.#route(message);
    } catch (error) {
      this.#options.log.warn(`What the kernel showed meanwhile cannot be had: ${messageOf(error)}`);
    } finally {
      this.#held = undefined;
    }
    // A kernel that does nothing any more has answered, though nobody heard it.
    if (this.kernel.connection.status === 'idle') for (const id of runs.keys()) this.#idle(id);
  }

  /** By message id, the cells whose requests are not answered: what `resume` wants to have. */
  get unanswered(): ReadonlyMap<string, NotebookCell> {
    return new Map([...this.#runs].filter(([, run]) => !run.isEnded).map(([id, { cell }]) => [id, cell]));
  }

  /** The file of the cell's whole output, if it is shown in part. */
  wholeOutputs(cell: NotebookCell): CellRun['whole'] {
    return [...this.#runs.values()].findLast((run) => run.cell === cell)?.whole ?? [];
  }

  /** This window leaves the kernel, which goes on. */
  dispose(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const { connection } = this.kernel;
    connection.iopubMessage.disconnect(this.#onIopub);
    connection.statusChanged.disconnect(this.#onStatus);
    for (const listener of this.#listeners) listener.dispose();
    this.cancelWaiting();
    if (this.#running) this.#endRun(this.#running, 'aborted');
    this.kernel.dispose();
    this.#ended.fire();
  }

  /** Runs what waits, until nothing does. */
  async #work(): Promise<void> {
    while (this.#running === undefined) {
      const run = this.#queue.shift();
      if (run === undefined) return;
      this.#running = run;
      const outcome = await this.#request(run);
      if (outcome === 'failed') this.cancelWaiting();
    }
  }

  async #request(run: CellRun): Promise<Outcome> {
    const { cell } = run;
    run.start();
    const code = cell.document.getText();
    if (code.trim() === '') {
      this.#endRun(run, 'done');
      return 'done';
    }
    const { connection } = this.kernel;
    const cellId = cell.metadata.id;
    let future: ReturnType<typeof connection.requestExecute>;
    try {
      future = connection.requestExecute(
        { code, silent: false, store_history: true, allow_stdin: true, stop_on_error: true },
        false,
        { ...(typeof cellId === 'string' && { cellId }) },
      );
    } catch (error) {
      run.explain('NotSent', messageOf(error));
      this.#endRun(run, 'failed');
      return 'failed';
    }
    const id = future.msg.header.msg_id;
    run.messageId = id;
    this.#remember(id, run);
    this.#ours.add(id);
    this.#changed.fire();
    future.onIOPub = (message) => run.take(message.header.msg_type, message.content as object as Content);
    future.onStdin = (message) => {
      if (message.header.msg_type !== 'input_request') return;
      answerInput(this.kernel, message as KernelMessage.IInputRequestMsg).catch((error: unknown) =>
        this.#options.log.warn(`An input was not answered: ${messageOf(error)}`),
      );
    };
    // A future that is cancelled was so by a restart or an end, which say themselves what becomes of the cell.
    const reply = await Promise.race([future.done.catch(() => undefined), run.ended]);
    if (typeof reply === 'string') return reply;
    if (reply !== undefined) this.#answered(run, reply.content);
    return await run.ended;
  }

  #answered(run: CellRun, content: KernelMessage.IExecuteReplyMsg['content']): void {
    run.count(content.execution_count);
    if (content.status === 'error' && !run.failed) {
      run.explain(content.ename, content.evalue, content.traceback);
    }
    if (content.status === 'ok') {
      for (const payload of content.payload ?? []) this.#payload(run, payload);
    }
    const aborted = content.status === 'aborted' || String(content.status) === 'abort';
    this.#endRun(run, aborted ? 'aborted' : run.failed ? 'failed' : 'done');
  }

  #endRun(run: CellRun, outcome: Outcome): void {
    if (this.#running === run) this.#running = undefined;
    run.end(outcome);
    this.#changed.fire();
  }

  #payload(run: CellRun, payload: Readonly<Record<string, unknown>>): void {
    if (payload.source === 'page' && isRecord(payload.data)) {
      const { data } = payload;
      run.take('display_data', { data, metadata: {} });
    } else if (payload.source === 'set_next_input' && typeof payload.text === 'string') {
      void this.#setNextInput(run.cell, payload.text, payload.replace === true);
    }
  }

  async #setNextInput(cell: NotebookCell, text: string, replace: boolean): Promise<void> {
    const data = new NotebookCellData(NotebookCellKind.Code, text, cell.document.languageId);
    const edit = new WorkspaceEdit();
    if (replace) edit.replace(cell.document.uri, wholeRange(cell.document), text);
    else edit.set(this.notebook.uri, [NotebookEdit.insertCells(cell.index + 1, [data])]);
    await workspace.applyEdit(edit);
  }

  readonly #onIopub = (_: unknown, message: KernelMessage.IIOPubMessage): void => {
    if (this.#held) this.#held.push(message);
    else this.#route(message);
  };

  readonly #onStatus = (): void => this.#changed.fire();

  /** Takes a message of a request whose future is gone, or was another window's. */
  #route(message: KernelMessage.IIOPubMessage): void {
    const parent = message.parent_header;
    const id = 'msg_id' in parent ? parent.msg_id : undefined;
    if (id === undefined || this.#ours.has(id)) return;
    const run = this.#runs.get(id);
    const { msg_type: type } = message.header;
    const content = message.content as object as Content;
    if (run === undefined) {
      this.#routeForeign(id, message);
      return;
    }
    run.take(type, content);
    if (type === 'status' && content.execution_state === 'idle') this.#idle(id);
  }

  /** Of a kernel that somebody else started: what its other clients run is shown too, in cells at the end. */
  #routeForeign(id: string, message: KernelMessage.IIOPubMessage): void {
    if (this.kernel.ours) return;
    const waiting = this.#foreign.get(id);
    if (waiting !== undefined) {
      waiting.push(message);
      return;
    }
    if (message.header.msg_type !== 'execute_input') return;
    const { code } = message.content as KernelMessage.IExecuteInputMsg['content'];
    const messages = [message];
    this.#foreign.set(id, messages);
    void this.#addCell(code).then((cell) => {
      this.#foreign.delete(id);
      if (cell === undefined || this.#isEnded) return;
      const run = this.#newRun(cell);
      run.messageId = id;
      this.#remember(id, run);
      run.start();
      for (const each of messages) this.#route(each);
    });
  }

  /** The request of this id is done, as far as iopub tells. */
  #idle(id: string): void {
    const run = this.#runs.get(id);
    if (run === undefined || run.isEnded) return;
    if (run.failed) this.cancelWaiting();
    this.#endRun(run, run.failed ? 'failed' : 'done');
    void this.#work();
  }

  #notebookChanged({ notebook, cellChanges, contentChanges }: NotebookDocumentChangeEvent): void {
    if (notebook !== this.notebook) return;
    for (const { cell, outputs } of cellChanges) if (outputs?.length === 0) this.#targets.cleared(cell);
    for (const { removedCells } of contentChanges) for (const cell of removedCells) this.#targets.forget(cell);
  }

  #died(end: KernelEnd): void {
    this.#options.log.warn(`${this.kernel.displayName} ended ${end.reason}. ${end.lastOutput}`);
    this.#running?.died(this.kernel.displayName, end);
    if (this.#running) this.#endRun(this.#running, 'failed');
    if (end.restarting) this.cancelWaiting();
    else this.dispose();
  }

  #restarted(): void {
    if (this.#running) this.abandon('KernelRestarted', 'The kernel was restarted: its variables are gone.');
    this.#displays.clear();
    this.#runs.clear();
    this.#ours.clear();
    this.#changed.fire();
  }

  #newRun(cell: NotebookCell): CellRun {
    const target = this.#targets.of(cell);
    const { whole, limit } = this.#options;
    return new CellRun({ target, displays: this.#displays, whole, limit: limit() });
  }

  #remember(id: string, run: CellRun): void {
    this.#runs.set(id, run);
    if (this.#runs.size <= MOST_RUNS) return;
    const [oldest] = this.#runs.keys();
    if (oldest === undefined) return;
    this.#runs.delete(oldest);
    this.#ours.delete(oldest);
  }

  async #addCell(code: string): Promise<NotebookCell | undefined> {
    const { notebook } = this;
    const language = editorLanguage(this.kernel.language);
    const edit = new WorkspaceEdit();
    const at = notebook.cellCount;
    edit.set(notebook.uri, [
      NotebookEdit.insertCells(at, [new NotebookCellData(NotebookCellKind.Code, code, language)]),
    ]);
    return (await workspace.applyEdit(edit)) ? notebook.cellAt(at) : undefined;
  }
}

function wholeRange(document: TextDocument): Range {
  return new Range(document.positionAt(0), document.lineAt(document.lineCount - 1).range.end);
}
