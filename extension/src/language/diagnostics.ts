import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  type NotebookDocument,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { Context } from '../context.ts';
import { messageOf } from '../log.ts';
import type { Session } from '../session.ts';
import { isOurKind } from './asking.ts';
import { cellsBeside } from './cells.ts';
import { type Checked, currentProblems } from './current-problems.ts';
import { rangeOf } from './text-range.ts';
import type { Problem, TypesComms } from './types-comm.ts';

/** Languages whose cells are checked, and of these the ones with types. */
const CHECKED = /^(type|java)script/;
const TYPED = /^typescript/;

/** How long somebody has to pause in typing before a cell is checked, in milliseconds. */
const PAUSE_MS = 300;

/**
 * The syntax and type errors of cells while they are written, on top of what has run. VS Code's own TypeScript service is kept
 * quiet in these cells, so nothing is reported twice.
 */
export class CellDiagnostics implements Disposable {
  readonly #context: Context;
  readonly #comms: TypesComms;
  readonly #collection = languages.createDiagnosticCollection('elara');
  /** Cells that are to be checked, those that were changed last at the end. */
  readonly #wanted = new Set<TextDocument>();
  readonly #listening: Disposable[];
  /** The sessions that are followed, and whether something has run or their kernel was restarted since their cells were checked. */
  readonly #stale = new WeakMap<Session, boolean>();
  #timer: NodeJS.Timeout | undefined;
  #isChecking = false;

  constructor(context: Context, comms: TypesComms) {
    this.#context = context;
    this.#comms = comms;
    this.#listening = [
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#sessionOf(document)) this.#want([document]);
      }),
      workspace.onDidChangeNotebookDocument(({ contentChanges }) => {
        for (const { removedCells } of contentChanges)
          for (const { document } of removedCells) this.#forget(document.uri);
      }),
      workspace.onDidCloseNotebookDocument((notebook) => this.#clear(notebook)),
      window.onDidChangeNotebookEditorVisibleRanges(({ notebookEditor }) => this.#wantVisible(notebookEditor.notebook)),
      context.sessions.onDidChange((session) => this.#follow(session)),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listening of this.#listening) listening.dispose();
    this.#collection.dispose();
  }

  /** What has run may have changed what the cells mean. */
  #follow(session: Session): void {
    if (this.#context.sessions.of(session.notebook) !== session) {
      this.#clear(session.notebook);
      return;
    }
    if (!this.#stale.has(session)) {
      this.#stale.set(session, true);
      session.kernel.onDidRestart(() => {
        this.#stale.set(session, true);
        this.#follow(session);
      });
    }
    if (session.pending.length > 0) this.#stale.set(session, true);
    else if (this.#stale.get(session)) {
      this.#stale.set(session, false);
      this.#wantVisible(session.notebook);
    }
  }

  #wantVisible(notebook: NotebookDocument): void {
    const session = this.#context.sessions.of(notebook);
    if (session === undefined || !isOurKind(session.kernel)) return;
    const ranges = window.visibleNotebookEditors
      .filter((editor) => editor.notebook === notebook)
      .flatMap(({ visibleRanges }) => visibleRanges);
    this.#want(ranges.flatMap((range) => notebook.getCells(range)).map(({ document }) => document));
  }

  #want(documents: readonly TextDocument[]): void {
    for (const document of documents) {
      this.#wanted.delete(document);
      this.#wanted.add(document);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), PAUSE_MS);
  }

  async #work(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      for (let document = this.#next(); document !== undefined; document = this.#next()) await this.#check(document);
    } finally {
      this.#isChecking = false;
    }
  }

  /** The cell that was changed last: that is where the person looks. */
  #next(): TextDocument | undefined {
    const document = [...this.#wanted].at(-1);
    if (document) this.#wanted.delete(document);
    return document;
  }

  async #check(document: TextDocument): Promise<void> {
    try {
      const problems = await currentProblems(
        () => this.#checked(document),
        ({ session }) => {
          const comm = this.#comms.of(session.kernel.connection);
          const others = cellsBeside(document, session.notebook).map((other) => other.document.getText());
          return comm.problems(document.getText(), { typed: TYPED.test(document.languageId), others });
        },
      );
      if (problems?.length === 0) this.#forget(document.uri);
      else if (problems !== undefined) this.#collection.set(document.uri, problems.map(diagnostic));
    } catch (error) {
      this.#context.log.debug(`A cell was not checked: ${messageOf(error)}`);
    }
  }

  #checked(document: TextDocument): Checked<Session> | undefined {
    const session = this.#sessionOf(document);
    if (session === undefined || document.isClosed || !CHECKED.test(document.languageId)) return undefined;
    const isThere = session.notebook.getCells().some((cell) => cell.document === document);
    return isThere ? { session, version: document.version } : undefined;
  }

  /** The session whose kernel checks a cell. */
  #sessionOf(document: TextDocument): Session | undefined {
    if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
    const session = this.#context.sessions.ofDocument(document);
    if (session === undefined || !isOurKind(session.kernel)) return undefined;
    return this.#context.setting('elara.diagnostics', session.notebook.uri) ? session : undefined;
  }

  #clear(notebook: NotebookDocument): void {
    for (const { document } of notebook.getCells()) {
      this.#wanted.delete(document);
      this.#forget(document.uri);
    }
  }

  #forget(uri: Uri): void {
    this.#collection.delete(uri);
  }
}

function diagnostic(problem: Problem): Diagnostic {
  const found = new Diagnostic(rangeOf(problem), problem.message, DiagnosticSeverity.Error);
  found.source = 'elara';
  if (problem.code !== undefined) found.code = problem.code;
  return found;
}
