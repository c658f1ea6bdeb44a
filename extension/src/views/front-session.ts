import { type Disposable, EventEmitter, type NotebookDocument, window } from 'vscode';
import { frontEditor } from '../front-editor.ts';
import type { Session, Sessions } from '../session.ts';

/** The session of the notebook in front; while none is in front, of the one that was so last, or else of one in sight. */
export class FrontSession implements Disposable {
  readonly #sessions: Sessions;
  readonly #changed = new EventEmitter<Session | undefined>();
  readonly #listening: Disposable[];
  #notebook: NotebookDocument | undefined;
  #current: Session | undefined;
  /** Told with the session that is in front now. */
  readonly onDidChange = this.#changed.event;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#listening = [
      window.onDidChangeActiveNotebookEditor(() => this.#look()),
      sessions.onDidChange(() => this.#look()),
    ];
    this.#look();
  }

  get current(): Session | undefined {
    return this.#current;
  }

  dispose(): void {
    for (const each of this.#listening) each.dispose();
    this.#changed.dispose();
  }

  #look(): void {
    this.#notebook = frontEditor()?.notebook ?? this.#notebook ?? window.visibleNotebookEditors[0]?.notebook;
    const session = this.#notebook && this.#sessions.of(this.#notebook);
    if (session === this.#current) return;
    this.#current = session;
    this.#changed.fire(session);
  }
}
