import { extname } from 'node:path';
import type { Cell, Notebook } from '../nbformat/notebook.ts';
import { NotebookError, parseNotebook, readText } from '../nbformat/read.ts';
import { parseScript } from './script.ts';

/** Something to run: a notebook, or a script whose cells stand between `// %%` lines. */
export interface RunDocument {
  readonly file: string;
  readonly kind: 'notebook' | 'script';
  readonly notebook: Notebook;
  /** For a script: the line of the file, from 1, on which the source of a cell begins. */
  readonly firstLines: ReadonlyMap<Cell, number>;
}

const scriptLanguages: Readonly<Record<string, 'typescript' | 'javascript'>> = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'typescript',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
};

/** Reads what is to be run. Throws NotebookError. */
export async function readDocument(file: string): Promise<RunDocument> {
  const ending = extname(file).toLowerCase();
  const language = scriptLanguages[ending];
  if (ending !== '.ipynb' && language === undefined) {
    throw new NotebookError(
      file,
      `is neither a notebook (.ipynb) nor a script (${Object.keys(scriptLanguages).join(', ')})`,
    );
  }
  const text = await readText(file);
  if (language === undefined)
    return { file, kind: 'notebook', notebook: parseNotebook(text, file), firstLines: new Map() };
  return { file, kind: 'script', ...parseScript(text, language) };
}
