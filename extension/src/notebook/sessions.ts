import { posix } from 'node:path';
import {
  EventEmitter,
  type NotebookController,
  type NotebookDocument,
  NotebookEdit,
  ProgressLocation,
  type TextDocument,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { interactiveNotebookOf } from '../files/interactive/association.ts';
import type { KernelEnd, KernelSource, RunningKernel } from '../kernels/kernel.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { detailsOf, messageOf } from '../log.ts';
import type { Base } from '../make-context.ts';
import { selectKernel } from '../select-kernel.ts';
import type { Session, Sessions } from '../session.ts';
import { CellQuestions } from './cell-questions.ts';
import { kernelOf } from './fitting.ts';
import { describeKernelEnd } from './kernel-end.ts';
import { askForKernel } from './kernel-list.ts';
import { withKernel } from './metadata.ts';
import { NotebookSession } from './notebook-session.ts';
import type { RememberedSessions } from './remembered.ts';
import { WholeOutputs } from './whole-outputs.ts';
import { workingFolder } from './working-folder.ts';

/** What a person chose to run a notebook with. */
export interface Choice {
  readonly source: KernelSource;
  readonly controller: NotebookController;
}

const START = 'Start Another';

/** How long the closing of a notebook may take, in milliseconds. */
const CLOSING_MS = 1000;

/** The start of a kernel was given up, because a person wanted so. */
export class StartCancelledError extends Error {
  override readonly name = 'StartCancelledError';
  readonly code = 'ERR_START_CANCELLED';
  constructor() {
    super('The start of the kernel was cancelled.');
  }
}

interface Start {
  readonly session: Promise<NotebookSession>;
  readonly abort: AbortController;
}

/** The sessions of this window: started when a cell is first run, taken up again when the window was reloaded. */
export class NotebookSessions implements Sessions {
  readonly #base: Base;
  readonly #kernels: Kernels;
  readonly #whole: WholeOutputs;
  readonly #questions: CellQuestions;
  readonly #remembered: RememberedSessions;
  readonly #choices = new Map<NotebookDocument, Choice>();
  readonly #sessions = new Map<NotebookDocument, NotebookSession>();
  /** Notebooks for which a person is being asked. */
  readonly #asked = new Map<NotebookDocument, Promise<Choice | undefined>>();
  readonly #starting = new Map<NotebookDocument, Start>();
  /** Notebooks whose kernels of before a reload are looked for. */
  readonly #takingUp = new Map<NotebookDocument, Promise<void>>();
  readonly #didChange = new EventEmitter<Session>();
  readonly #didChoose = new EventEmitter<NotebookDocument>();
  readonly #didChangeStarting = new EventEmitter<void>();

  readonly onDidChange = this.#didChange.event;
  readonly onDidChoose = this.#didChoose.event;
  /** A kernel is being started, or is not any more. */
  readonly onDidChangeStarting = this.#didChangeStarting.event;

  constructor(base: Base, kernels: Kernels, remembered: RememberedSessions) {
    this.#base = base;
    this.#kernels = kernels;
    const { extension, log } = base;
    this.#questions = new CellQuestions(base);
    this.#whole = new WholeOutputs(`${extension.globalStorageUri.fsPath}/outputs`, log);
    this.#whole.removeOld().catch((error: unknown) => log.warn(`Old outputs are not removed: ${messageOf(error)}`));
    this.#remembered = remembered;
    extension.subscriptions.push(this.#didChange, this.#didChoose, this.#didChangeStarting);
  }

  get all(): readonly NotebookSession[] {
    return [...this.#sessions.values()];
  }

  of(notebook: NotebookDocument): NotebookSession | undefined {
    return this.#sessions.get(notebook);
  }

  ofDocument(document: TextDocument): NotebookSession | undefined {
    const interactive = interactiveNotebookOf(document);
    if (interactive !== undefined) return this.of(interactive);
    if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
    return this.all.find(({ notebook }) => notebook.getCells().some((cell) => cell.document === document));
  }

  /** The notebooks for which a kernel is chosen. */
  get notebooks(): readonly NotebookDocument[] {
    return [...this.#choices.keys()];
  }

  choice(notebook: NotebookDocument): Choice | undefined {
    return this.#choices.get(notebook);
  }

  chosen(notebook: NotebookDocument): KernelSource | undefined {
    return this.choice(notebook)?.source;
  }

  async choose(notebook: NotebookDocument): Promise<Choice | undefined> {
    const choice = this.#choices.get(notebook);
    if (choice !== undefined) return choice;
    // Who runs two cells is asked once.
    const asked = this.#asked.get(notebook) ?? this.#askForKernel(notebook).finally(() => this.#asked.delete(notebook));
    this.#asked.set(notebook, asked);
    return await asked;
  }

  async ensure(notebook: NotebookDocument): Promise<NotebookSession> {
    await this.#takingUp.get(notebook);
    const session = this.of(notebook) ?? this.#starting.get(notebook)?.session;
    if (session !== undefined) return await session;
    const choice = await this.choose(notebook);
    if (choice === undefined) throw new Error('Choose a kernel for the notebook first.');
    return await (this.of(notebook) ?? this.#start(notebook, choice));
  }

  /** Gives up the start of a kernel. False: none is starting. */
  cancelStart(notebook: NotebookDocument): boolean {
    const start = this.#starting.get(notebook);
    start?.abort.abort(new StartCancelledError());
    return start !== undefined;
  }

  /** Whether a kernel is being started for the notebook, or joined. */
  isStarting(notebook: NotebookDocument): boolean {
    return this.#starting.has(notebook);
  }

  isUsed(controller: NotebookController): boolean {
    return this.all.some((session) => session.controller === controller);
  }

  /** A person, or VS Code as it was before a reload, chose a kernel for a notebook. */
  selected(notebook: NotebookDocument, source: KernelSource, controller: NotebookController): void {
    // VS Code may tell of this before or after what was chosen up to now.
    this.#leave(notebook, (other) => other !== controller);
    const choice = { source, controller };
    this.#choices.set(notebook, choice);
    this.#didChoose.fire(notebook);
    if (this.of(notebook) || this.#starting.has(notebook)) return;
    const takenUp = this.#takeUp(notebook, choice).finally(() => this.#takingUp.delete(notebook));
    this.#takingUp.set(notebook, takenUp);
  }

  /** VS Code has kept the document of a notebook that was closed, and does not tell again what was chosen for it. */
  reopened(notebook: NotebookDocument): void {
    const choice = this.#choices.get(notebook);
    if (choice !== undefined && !this.#takingUp.has(notebook))
      this.selected(notebook, choice.source, choice.controller);
  }

  /** Ends the session of a notebook, or its start: its kernel goes on. Returns the session that it had. */
  part(notebook: NotebookDocument): NotebookSession | undefined {
    this.cancelStart(notebook);
    const session = this.of(notebook);
    session?.dispose();
    return session;
  }

  /** What was chosen for a document that is gone. */
  forgetChoice(notebook: NotebookDocument): void {
    this.#choices.delete(notebook);
    this.#didChoose.fire(notebook);
  }

  deselected(notebook: NotebookDocument, controller: NotebookController): void {
    const before = this.#choices.get(notebook);
    // VS Code says so too of one that gets another name, before it closes it: its kernel is to be that of the renamed one.
    setTimeout(() => {
      const choice = this.#choices.get(notebook);
      // It was chosen again meanwhile.
      if (choice !== before && choice?.controller === controller) return;
      this.#leave(notebook, (other) => other === controller);
    }, CLOSING_MS);
  }

  /** The notebook is not run by what was chosen for it any more. */
  #leave(notebook: NotebookDocument, isLeft: (controller: NotebookController) => boolean): void {
    if (notebook.isClosed) return;
    const choice = this.#choices.get(notebook);
    if (choice !== undefined && isLeft(choice.controller)) {
      this.forgetChoice(notebook);
      this.cancelStart(notebook);
    }
    const session = this.of(notebook);
    if (session === undefined || !isLeft(session.controller)) return;
    this.#sessions.delete(notebook);
    this.#remembered.forget(notebook.uri);
    void this.#release(session);
  }

  /** A kernel that was started for a notebook is nobody's when that has another one. */
  async #release(session: NotebookSession): Promise<void> {
    const { kernel } = session;
    try {
      if (!session.hasOwnKernel || (await kernel.isShared())) return;
      session.abandon('KernelShutDown', 'Another kernel was chosen: this one was shut down.');
      await kernel.shutdown();
    } catch (error) {
      this.#base.log.warn(`${kernel.displayName}: ${messageOf(error)}`);
    } finally {
      session.dispose();
    }
  }

  /** Shuts the kernel of a notebook down. */
  async shutDown(session: NotebookSession): Promise<void> {
    session.abandon('KernelShutDown', 'The kernel was shut down.');
    this.#remembered.forget(session.notebook.uri);
    try {
      await session.kernel.shutdown();
    } finally {
      session.dispose();
    }
  }

  /** The kernel that the notebook had before the window was reloaded, or the running one that was chosen. */
  async #takeUp(notebook: NotebookDocument, choice: Choice): Promise<void> {
    const remembered = this.#remembered.kernelOf(notebook.uri);
    const { log } = this.#base;
    try {
      if (remembered !== undefined) {
        const left = this.#remembered.runsOf(notebook);
        const waiting = this.#remembered.waitingOf(notebook);
        const kernel = await this.#kernels.reattach(remembered);
        if (kernel === undefined) {
          log.info(`The kernel that ${notebook.uri.path} had before runs no more.`);
          this.#remembered.forget(notebook.uri);
        } else if (this.#choices.get(notebook)?.controller !== choice.controller || this.of(notebook)) {
          kernel.dispose();
          return;
        } else {
          const session = this.#begin(notebook, kernel, choice);
          this.#takingUp.delete(notebook);
          await session.resume(left, waiting);
          return;
        }
      }
      if (runsAlready(choice.source) && this.#choices.get(notebook) === choice) {
        await this.#start(notebook, choice);
      }
    } catch (error) {
      log.error(`${choice.source.label}: ${detailsOf(error)}`);
      void this.#base.showError(messageOf(error));
    }
  }

  #start(notebook: NotebookDocument, choice: Choice): Promise<NotebookSession> {
    const abort = new AbortController();
    const { label } = choice.source;
    const title = runsAlready(choice.source) ? `Connecting to ${label}…` : `Starting ${label}…`;
    const session = (async () => {
      try {
        const kernel = await window.withProgress({ location: ProgressLocation.Window, title }, (progress) =>
          choice.source.open({
            cwd: workingFolder(notebook),
            onProgress: (message) => progress.report({ message }),
            signal: abort.signal,
          }),
        );
        return this.#begin(notebook, kernel, choice);
      } finally {
        this.#starting.delete(notebook);
        this.#didChangeStarting.fire();
      }
    })();
    this.#starting.set(notebook, { session, abort });
    this.#didChangeStarting.fire();
    return session;
  }

  #begin(notebook: NotebookDocument, kernel: RunningKernel, { source, controller }: Choice): NotebookSession {
    const { log, setting } = this.#base;
    const session = new NotebookSession({
      notebook,
      kernel,
      controller,
      isJoined: runsAlready(source),
      whole: this.#whole,
      questions: this.#questions,
      limit: () => setting('elara.outputLimit') * 1e6,
      log,
    });
    this.#sessions.set(notebook, session);
    session.onDidChange(() => {
      if (!session.isEnded && this.of(notebook) === session) this.#remembered.set(session);
      this.#didChange.fire(session);
    });
    session.onDidDie((end) => void this.#sayDied(session, end));
    session.onDidEnd(() => {
      if (this.#sessions.get(notebook) === session) this.#sessions.delete(notebook);
      this.#didChange.fire(session);
    });
    this.#remembered.set(session);
    this.#didChange.fire(session);
    void this.#describe(session);
    return session;
  }

  async #sayDied({ notebook, kernel }: NotebookSession, end: KernelEnd): Promise<void> {
    const said = describeKernelEnd(`${kernel.displayName} of ${posix.basename(notebook.uri.path)}`, end);
    const pressed = await this.#base.showError(said, ...(end.restarting === true ? [] : [START]));
    if (pressed !== START || notebook.isClosed) return;
    try {
      await this.ensure(notebook);
    } catch (error) {
      if (!(error instanceof StartCancelledError)) void this.#base.showError(messageOf(error));
    }
  }

  /** Writes into the notebook what runs it, where it says something else. */
  async #describe({ notebook, kernel }: NotebookSession): Promise<void> {
    const edit = new WorkspaceEdit();
    const metadata = withKernel(notebook.metadata, kernel);
    if (metadata === undefined) return;
    edit.set(notebook.uri, [NotebookEdit.updateNotebookMetadata(metadata)]);
    await workspace.applyEdit(edit);
  }

  /** Selects the kernel that a notebook means, or asks for one. Undefined: none was chosen. */
  async #askForKernel(notebook: NotebookDocument): Promise<Choice | undefined> {
    const meant = kernelOf(this.#kernels.sources, notebook.metadata);
    if (meant !== undefined) await selectKernel(this.#base, notebook, meant.id);
    else await askForKernel(this.#base, notebook, this.#kernels, this);
    return this.#choices.get(notebook);
  }
}

function runsAlready({ place }: KernelSource): boolean {
  return place !== undefined;
}
