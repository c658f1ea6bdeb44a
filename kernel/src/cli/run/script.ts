import type { Cell, Notebook } from '../nbformat/notebook.ts';

/** `// %% Title [markdown] tags=["parameters"]`, the percent format that editors and jupytext know. */
const marker = /^\s*\/\/\s?%%+(.*)$/;

/**
 * A script as a notebook: one cell for each part that a `// %%` line begins, one cell where there is none.
 * @returns the notebook, and for each cell the line of the script, from 1, on which its source begins.
 */
export function parseScript(
  text: string,
  language: 'typescript' | 'javascript',
): { notebook: Notebook; firstLines: Map<Cell, number> } {
  const firstLines = new Map<Cell, number>();
  const cells: Cell[] = [];
  const add = (heading: string, lines: readonly string[], line: number): void => {
    const start = lines.findIndex((one) => one.trim() !== '');
    if (start < 0) return;
    const source = lines.slice(start).join('\n').trimEnd();
    const id = `cell-${cells.length + 1}`;
    const metadata = metadataOf(heading);
    const cell: Cell = /\[(?:markdown|md)\]/.test(heading)
      ? { cell_type: 'markdown', id, metadata, source: uncommented(source) }
      : { cell_type: 'code', id, metadata, source, execution_count: null, outputs: [] };
    firstLines.set(cell, line + start);
    cells.push(cell);
  };

  let heading = '';
  let lines: string[] = [];
  let line = 1;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((one, index) => {
      const found = marker.exec(one);
      if (found === null) {
        // A shebang is for the shell.
        lines.push(index === 0 && one.startsWith('#!') ? '' : one);
        return;
      }
      add(heading, lines, line);
      heading = found[1] ?? '';
      lines = [];
      line = index + 2;
    });
  add(heading, lines, line);
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: language, display_name: language, language }, language_info: { name: language } },
    cells,
  };
  return { notebook, firstLines };
}

function metadataOf(heading: string): Record<string, unknown> {
  const list = /\btags\s*[=:]\s*\[([^\]]*)\]/.exec(heading)?.[1];
  const tags = list
    ?.split(',')
    .map((tag) => tag.trim().replace(/^["']|["']$/g, ''))
    .filter((tag) => tag !== '');
  const title = heading.replace(/\[[^\]]*\]|\b\w+\s*[=:].*$/g, '').trim();
  return { ...(tags && { tags }), ...(title !== '' && { title }) };
}

function uncommented(source: string): string {
  const block = /^\/\*\*?\s*\n?([\s\S]*?)\s*\*\/$/.exec(source);
  if (block?.[1] !== undefined) return block[1].replace(/^ ?\* ?/gm, '');
  return source.replace(/^\s*\/\/ ?/gm, '');
}
