import type { Kernel, KernelMessage } from '@jupyterlab/services';
import {
  type NotebookCell,
  type NotebookController,
  type NotebookDocument,
  type NotebookDocumentChangeEvent,
  workspace,
} from 'vscode';
import { Emitter } from '../emitter.ts';
import type { KernelEnd, RunningKernel } from '../kernels/kernel.ts';
import { type Log, messageOf } from '../log.ts';
import { Displays } from '../outputs/cell-outputs.ts';
import type { Content } from '../outputs/output.ts';
import type { Session } from '../session.ts';
import { addCell } from './cell-edits.ts';
import type { CellQuestions } from './cell-questions.ts';
import { CellQueue } from './cell-queue.ts';
import { CellRun } from './cell-run.ts';
import { CellTargets } from './cell-target.ts';
import type { EarlierRun, WaitingRun } from './earlier-run.ts';
import { executeCell } from './execute-request.ts';
import { ForeignCells } from './foreign-cells.ts';
import { answerInput, type Question } from './input.ts';
import { describeKernelEnd } from './kernel-end.ts';
import { editorLanguage } from './languages.ts';
import { isInputRequest, requestOf } from './messages.ts';
import { Runs } from './runs.ts';
import type { WholeOutputs } from './whole-outputs.ts';

const RESTARTED = ['KernelRestarted', 'The kernel was restarted: its variables are gone.'] as const;

export type Activity = 'idle' | 'busy' | 'asking' | 'interrupting' | 'restarting' | 'disconnected';

export interface NotebookSessionOptions {
  readonly notebook: NotebookDocument;
  readonly kernel: RunningKernel;
  readonly controller: NotebookController;
  /** True if the kernel ran already when it was chosen. */
  readonly isJoined: boolean;
  readonly whole: WholeOutputs;
  readonly questions: CellQuestions;
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
  readonly #runs = new Runs();
  readonly #queue = new CellQueue(
    (run) => void this.#begin(run),
    () => this.#changed.fire(),
  );
  readonly #foreign: ForeignCells;
  /** Cells that another window had yet to run, and may go on with, by the ids of their requests. */
  readonly #elsewhere = new Map<string, NotebookCell>();
  #lastWaiting: readonly WaitingRun[] | undefined;
  /** Messages that came while those before them were fetched. */
  #held: KernelMessage.IIOPubMessage[] | undefined;
  #isEnded = false;
  /** While another process is started in the place of the kernel's. */
  #restarting: PromiseWithResolvers<void> | undefined;
  #interrupting = false;
  readonly #changed = new Emitter<void>();
  readonly #dead = new Emitter<KernelEnd>();
  readonly #ended = new Emitter<void>();
  readonly #listeners: { dispose(): unknown }[];

  constructor(options: NotebookSessionOptions) {
    this.#options = options;
    this.notebook = options.notebook;
    this.kernel = options.kernel;
    this.controller = options.controller;
    this.#targets = new CellTargets(options.controller, options.log);
    this.#foreign = new ForeignCells(this.notebook, this.kernel, options.log, (id, cell, messages) => {
      if (this.#isEnded) return;
      this.#follow(id, cell);
      for (const message of messages) this.#route(message);
    });
    const { connection } = this.kernel;
    connection.iopubMessage.connect(this.#onIopub);
    connection.anyMessage.connect(this.#onAnyMessage);
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

  /** The kernel died, and no cell could say so. */
  get onDidDie(): Emitter<KernelEnd>['event'] {
    return this.#dead.event;
  }

  /** The kernel is gone, or this window has left it. */
  get onDidEnd(): Emitter<void>['event'] {
    return this.#ended.event;
  }

  /** True if the kernel was started for this notebook. */
  get hasOwnKernel(): boolean {
    return this.kernel.ours && !this.#options.isJoined;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  get pending(): readonly NotebookCell[] {
    return this.#queue.cells;
  }

  /** Runs cells one after the other, behind those that wait already. Resolves when all of them have ended. */
  async execute(cells: readonly NotebookCell[]): Promise<void> {
    // Some may have been deleted while the kernel started.
    const there = cells.filter((cell) => cell.index !== -1 && !this.pending.includes(cell));
    const runs = there.map((cell) => this.#newRun(cell));
    this.#queue.add(runs);
    const waiting = this.#queue.waiting.map(({ id, cell }) => ({ id, cell }));
    if (waiting.length + (this.#lastWaiting?.length ?? 0) > 0) this.#lastWaiting = waiting;
    await Promise.all(runs.map(({ ended }) => ended));
  }

  async run(code: string): Promise<void> {
    const cell = await addCell(this.notebook, code, editorLanguage(this.kernel.language));
    if (cell) await this.execute([cell]);
  }

  /** No cell that waits is run. */
  cancelWaiting(): void {
    this.#queue.cancelWaiting();
  }

  /** Interrupts the running cell; the others are not run. Resolves when the cell has ended. */
  async interrupt(): Promise<void> {
    this.cancelWaiting();
    const { running } = this.#queue;
    if (running !== undefined && this.#restarting !== undefined) {
      // It waits for the kernel, which knows nothing of it yet.
      this.#queue.end(running, 'aborted');
      return;
    }
    this.#interrupting = true;
    this.#changed.fire();
    try {
      const ended = running?.ended;
      await this.kernel.interrupt();
      await ended;
    } finally {
      this.#interrupting = false;
      this.#changed.fire();
    }
  }

  /** Resolves when the new process answers. Cells that are run meanwhile wait for it. */
  async restart(): Promise<void> {
    this.abandon(...RESTARTED);
    this.#restarts();
    try {
      await this.kernel.restart();
    } finally {
      this.#isReady();
    }
  }

  /** What the kernel does, as it is shown. */
  get activity(): Activity {
    if (this.#restarting !== undefined) return 'restarting';
    if (this.#interrupting) return 'interrupting';
    const { status, connectionStatus } = this.kernel.connection;
    if (connectionStatus !== 'connected') return 'disconnected';
    const { running } = this.#queue;
    if (running?.question !== undefined) return 'asking';
    return running !== undefined || status === 'busy' ? 'busy' : 'idle';
  }

  /** Ends what runs, for the reason that is said in its cell. */
  abandon(name: string, message: string): void {
    const { running } = this.#queue;
    this.cancelWaiting();
    if (running === undefined) return;
    running.abandoned(name, message);
    this.#queue.end(running, 'failed');
  }

  /** Takes over what ran when the window was left; what waited then is shown if that window goes on with it. */
  async resume(earlier: readonly EarlierRun[], waiting: readonly WaitingRun[]): Promise<void> {
    for (const { id, cell } of waiting) this.#elsewhere.set(id, cell);
    if (earlier.length === 0) return;
    for (const { id, cell, isEnded } of earlier) {
      const run = this.#newRun(cell, { id, isEnded });
      this.#runs.add(run);
      if (!isEnded) this.#queue.resume(run);
    }
    this.#held = [];
    const left = earlier.filter(({ isEnded }) => !isEnded);
    const missed = await this.#missed(left.map(({ id }) => id));
    const known = new Set(missed.map(requestOf));
    // All that a cell has shown comes again, or nothing of it.
    for (const { id, startTime } of left) this.#runs.get(id)?.start(startTime, known.has(id));
    const seen = new Set(missed.map(({ header }) => header.msg_id));
    const held = this.#held.filter(({ header }) => !seen.has(header.msg_id));
    this.#held = undefined;
    for (const message of [...missed, ...held]) this.#route(message);
    for (const { id, question } of left) {
      const run = this.#runs.get(id);
      if (run === undefined || run.isEnded) continue;
      if (!known.has(id)) void this.#endWhenFree(id);
      if (question !== undefined) void this.#ask(run, question);
    }
  }

  async #missed(requests: readonly string[]): Promise<readonly KernelMessage.IIOPubMessage[]> {
    try {
      return await this.kernel.missed(requests);
    } catch (error) {
      this.#options.log.warn(`What the kernel showed meanwhile cannot be had: ${messageOf(error)}`);
      return [];
    }
  }

  /** Nobody knows what became of a request: when the kernel answers another one, it is done, though nobody heard it. */
  async #endWhenFree(id: string): Promise<void> {
    try {
      await this.kernel.connection.requestKernelInfo();
    } catch (error) {
      this.#options.log.debug(`The kernel was not asked whether it is free: ${messageOf(error)}`);
    }
    if (!this.#isEnded) this.#idle(id);
  }

  /** What `resume` wants to have: the runs that may still show something. */
  get recent(): readonly EarlierRun[] {
    return this.#runs.recent;
  }

  /** And those that had to wait when cells were run last, the same until others have to; undefined: none had yet. */
  get lastWaiting(): readonly WaitingRun[] | undefined {
    return this.#lastWaiting;
  }

  /** The file of the cell's whole output, if it is shown in part. */
  wholeOutputs(cell: NotebookCell): CellRun['whole'] {
    return this.#runs.lastOf(cell)?.whole ?? [];
  }

  /** This window leaves the kernel, which goes on. */
  dispose(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const { connection } = this.kernel;
    connection.iopubMessage.disconnect(this.#onIopub);
    connection.anyMessage.disconnect(this.#onAnyMessage);
    connection.statusChanged.disconnect(this.#onStatus);
    for (const listener of this.#listeners) listener.dispose();
    this.cancelWaiting();
    if (this.#queue.running) this.#queue.end(this.#queue.running, 'aborted');
    this.#restarting?.resolve();
    this.kernel.dispose();
    this.#ended.fire();
  }

  async #begin(run: CellRun): Promise<void> {
    await this.#restarting?.promise;
    if (run.isEnded) return;
    run.start();
    const outcome = await executeCell(this.kernel.connection, run, (future) => {
      this.#runs.add(run, future);
      this.#changed.fire();
    });
    if (outcome !== undefined) this.#queue.end(run, outcome);
  }

  readonly #onIopub = (_: unknown, message: KernelMessage.IIOPubMessage): void => {
    if (this.#held) this.#held.push(message);
    else this.#route(message);
  };

  readonly #onStatus = (): void => this.#changed.fire();

  /** Questions of cells: those of requests that another window has sent come to no future. */
  readonly #onAnyMessage = (_: unknown, { msg, direction }: Kernel.IAnyMessageArgs): void => {
    if (direction !== 'recv' || !isInputRequest(msg)) return;
    const run = this.#runs.get(requestOf(msg) ?? '');
    if (run !== undefined) void this.#ask(run, { header: msg.header, content: msg.content });
  };

  async #ask(run: CellRun, question: Question): Promise<void> {
    run.question = question;
    this.#changed.fire();
    try {
      const { questions } = this.#options;
      await answerInput({ questions, kernel: this.kernel, cell: run.cell, question, ended: run.ended });
    } catch (error) {
      this.#options.log.warn(`An input was not answered: ${messageOf(error)}`);
    }
    if (run.question === question) run.question = undefined;
    this.#changed.fire();
  }

  /** Takes a message of a request whose future is gone, or was another window's. */
  #route(message: KernelMessage.IIOPubMessage): void {
    const id = requestOf(message);
    if (id === undefined || this.#runs.hasFuture(id)) return;
    const run = this.#runs.get(id) ?? this.#followed(id);
    const { msg_type: type } = message.header;
    const content = message.content as object as Content;
    if (run === undefined) {
      this.#foreign.take(id, message);
      return;
    }
    run.take(type, content);
    if (type === 'status' && content.execution_state === 'idle') this.#idle(id);
  }

  /** Shows what comes of a request that this window has not sent. */
  #follow(id: string, cell: NotebookCell): CellRun {
    const run = this.#newRun(cell, { id });
    this.#runs.add(run);
    run.start();
    return run;
  }

  /** The run of a cell that another window goes on with. */
  #followed(id: string): CellRun | undefined {
    const cell = this.#elsewhere.get(id);
    this.#elsewhere.delete(id);
    return cell === undefined || cell.index === -1 ? undefined : this.#follow(id, cell);
  }

  /** The request of this id is done, as far as iopub tells. */
  #idle(id: string): void {
    const run = this.#runs.get(id);
    if (run !== undefined && !run.isEnded) this.#queue.end(run, run.failed ? 'failed' : 'done');
  }

  #notebookChanged({ notebook, cellChanges, contentChanges }: NotebookDocumentChangeEvent): void {
    if (notebook !== this.notebook) return;
    for (const { cell, outputs } of cellChanges) if (outputs?.length === 0) this.#targets.cleared(cell);
    for (const cell of contentChanges.flatMap(({ removedCells }) => removedCells)) {
      // One that was moved is removed from one place and is at another one now.
      if (cell.index !== -1) continue;
      this.#queue.cancel(cell);
      this.#targets.forget(cell);
    }
  }

  #died(end: KernelEnd): void {
    this.#options.log.warn(`${describeKernelEnd(this.kernel.displayName, end)} ${end.lastOutput}`);
    const { running } = this.#queue;
    this.cancelWaiting();
    if (running === undefined) this.#dead.fire(end);
    else {
      running.died(this.kernel.displayName, end);
      this.#queue.end(running, 'failed');
    }
    if (end.restarting === true) this.#restarts();
    else this.dispose();
  }

  #restarts(): void {
    this.#restarting ??= Promise.withResolvers();
    this.#changed.fire();
  }

  #restarted(): void {
    // What waited for it begins now.
    if (this.#restarting === undefined) this.abandon(...RESTARTED);
    this.#displays.clear();
    this.#runs.clear();
    this.#elsewhere.clear();
    this.#isReady();
  }

  #isReady(): void {
    this.#restarting?.resolve();
    this.#restarting = undefined;
    this.#changed.fire();
  }

  #newRun(cell: NotebookCell, { id, isEnded = false }: { id?: string; isEnded?: boolean } = {}): CellRun {
    const target = this.#targets.of(cell);
    const { whole, limit } = this.#options;
    return new CellRun({ id, target, displays: this.#displays, whole, limit: limit(), isEnded });
  }
}
