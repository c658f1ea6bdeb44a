import type { Event, NotebookCell, NotebookDocument, TextDocument } from 'vscode';
import type { KernelSource, RunningKernel } from './kernels/kernel.ts';

/** A notebook and the kernel that runs it. */
export interface Session {
  readonly notebook: NotebookDocument;
  readonly kernel: RunningKernel;
  /** The cells that run or wait, the running one first. */
  readonly pending: readonly NotebookCell[];
  /** Runs code that belongs to no cell, such as a line of "Run in Kernel…": it is shown in a new cell at the end. */
  run(code: string): Promise<void>;
}

/** The sessions of this window. */
export interface Sessions {
  readonly all: readonly Session[];
  of(notebook: NotebookDocument): Session | undefined;
  /** Of the notebook whose cell this is; of a plain file, the session that its selections run in. */
  ofDocument(document: TextDocument): Session | undefined;
  /** What a notebook will be run by, whether it runs already or not. */
  chosen(notebook: NotebookDocument): KernelSource | undefined;
  /** Chooses the kernel that is there for a notebook in an editor, or asks for one. */
  choose(notebook: NotebookDocument): Promise<unknown>;
  /** Starts the kernel that is chosen for the notebook, if none runs for it. */
  ensure(notebook: NotebookDocument): Promise<Session>;
  /** Shuts the kernel of a session down. */
  shutDown(session: Session): Promise<void>;
  /** A session began, ended, or its kernel was restarted or changed its state. */
  readonly onDidChange: Event<Session>;
  /** Another kernel was chosen for a notebook, or none. */
  readonly onDidChoose: Event<NotebookDocument>;
}
