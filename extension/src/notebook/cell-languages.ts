import { languages, type NotebookCell, NotebookCellKind, type NotebookDocument } from 'vscode';
import { type Log, messageOf } from '../log.ts';
import { editorLanguage, isToTranslate } from './languages.ts';
import { notebookKernel } from './metadata.ts';

/** Gives the cells of notebooks the languages of their kernels. */
export class CellLanguages {
  readonly #log: Log;
  /** Of the kernels that were chosen last. */
  readonly #chosen = new WeakMap<NotebookDocument, string>();
  /** One after the other: until a change has come back from VS Code, a cell does not say which language it gets. */
  readonly #changes = new WeakMap<NotebookDocument, Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** A kernel of this language was chosen. */
  chosen(notebook: NotebookDocument, language: string): void {
    const before = this.#chosen.get(notebook);
    this.#chosen.set(notebook, language);
    this.#change(notebook, language, () => cellsToTranslate(notebook, language, before));
  }

  /** Cells were added. */
  added(notebook: NotebookDocument): void {
    const language = this.#chosen.get(notebook);
    if (language) this.#change(notebook, language, () => cellsWithoutLanguage(notebook));
  }

  #change(notebook: NotebookDocument, language: string, cells: () => readonly NotebookCell[]): void {
    const before = this.#changes.get(notebook) ?? Promise.resolve();
    this.#changes.set(
      notebook,
      before.then(async () => {
        await Promise.all(cells().map((cell) => this.#set(cell, editorLanguage(language))));
      }),
    );
  }

  async #set({ document }: NotebookCell, language: string): Promise<void> {
    try {
      await languages.setTextDocumentLanguage(document, language);
    } catch (error) {
      this.#log.debug(`The language of a cell: ${messageOf(error)}`);
    }
  }
}

/**
 * The cells that a kernel is to run and cannot as they are: those in the language that the notebook had up to now. Cells
 * that were given another one, by a person or by what they are (raw ones), keep it.
 * @param chosen Language of the kernel that was chosen before, of which the notebook itself says nothing until it has run
 */
function cellsToTranslate(
  notebook: NotebookDocument,
  kernelLanguage: string,
  chosen: string | undefined,
): NotebookCell[] {
  const cells = codeCells(notebook);
  const { language } = notebookKernel(notebook.metadata);
  const known = [language, chosen].flatMap((each) => (each ? [editorLanguage(each)] : []));
  const [first] = cells;
  const before = known.length === 0 && first !== undefined ? [first.document.languageId] : known;
  return cells.filter(({ document: { languageId } }) => isToTranslate(languageId, before, kernelLanguage));
}

/** The cells of a notebook that was empty: VS Code knows no language for the first one. */
function cellsWithoutLanguage(notebook: NotebookDocument): NotebookCell[] {
  const cells = codeCells(notebook);
  return cells.every(({ document }) => document.languageId === 'plaintext') ? cells : [];
}

/** Raw cells are none. */
export function codeCells(notebook: NotebookDocument): NotebookCell[] {
  return notebook.getCells().filter(({ kind, document }) => {
    return kind === NotebookCellKind.Code && document.languageId !== 'raw';
  });
}
