/** Notebook files, as Jupyter has them. */

/** A code cell's text, or a markdown cell. */
export type CellSource = string | { readonly markdown: string };

export interface NotebookFile {
  readonly cells: readonly object[];
  readonly metadata: object;
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

function notebook(metadata: object, sources: readonly CellSource[]): NotebookFile {
  const cells = sources.map((source, index) => {
    const common = { id: `cell-${index}`, metadata: {} };
    if (typeof source === 'string') {
      return { cell_type: 'code', ...common, execution_count: null, outputs: [], source: lines(source) };
    }
    return { cell_type: 'markdown', ...common, source: lines(source.markdown) };
  });
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}

/** As Jupyter writes texts: each line with its end. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

export function typescriptNotebook(...sources: CellSource[]): NotebookFile {
  const kernelspec = { display_name: 'TypeScript', language: 'typescript', name: 'typescript' };
  return notebook({ kernelspec, language_info: { name: 'typescript', file_extension: '.ts' } }, sources);
}

export function pythonNotebook(...sources: CellSource[]): NotebookFile {
  const kernelspec = { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' };
  return notebook({ kernelspec, language_info: { name: 'python', file_extension: '.py' } }, sources);
}

export function bashNotebook(...sources: CellSource[]): NotebookFile {
  const kernelspec = { display_name: 'Bash', language: 'bash', name: 'bash' };
  return notebook({ kernelspec, language_info: { name: 'bash', file_extension: '.sh' } }, sources);
}

/** Code of a TypeScript cell that goes on when a file is there. */
export function awaiting(file: string): string {
  const isThere = `(await import('node:fs')).existsSync(${JSON.stringify(file)})`;
  return `while (!${isThere}) await new Promise((resolve) => setTimeout(resolve, 50));`;
}

/** The same in Python. */
export function awaitingInPython(file: string): string {
  return `import os, time\nwhile not os.path.exists(${JSON.stringify(file)}):\n    time.sleep(0.01)`;
}

/** One that says nothing about its language or kernel. */
export function plainNotebook(...sources: CellSource[]): NotebookFile {
  return notebook({}, sources);
}
