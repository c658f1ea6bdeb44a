import { stripVTControlCharacters } from 'node:util';

/** An error of a cell, for a person. */
export interface CellFailure {
  /** Place in the notebook, from 1, text cells counted. */
  readonly cell: number;
  /** `In[n]`, as far as the kernel counted it. */
  readonly count: number | undefined;
  /** Line in the cell, from 1, as far as the traceback tells. */
  readonly line: number | undefined;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/**
 * The line of cell `count` that a traceback names, from 1: of frames `In[3]:2:7` (ours), `Cell In[3], line 2` (ipykernel),
 * `----> 2 ` (its arrow), `<anonymous>:2:7` (Deno) the first that is there.
 */
export function lineOfTraceback(traceback: readonly string[], count: number | undefined): number | undefined {
  const text = stripVTControlCharacters(traceback.join('\n'));
  const number = count === undefined ? '\\d+' : String(count);
  const patterns = [
    new RegExp(`\\bIn ?\\[${number}\\](?:, line |:)(\\d+)`),
    /^-+> ?(\d+)\b/m,
    /<anonymous>:(\d+)(?::\d+)?/,
  ];
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return Number(found);
  }
  return undefined;
}

/**
 * `notebook.ipynb: cell 4 (In[3]), line 2: TypeError: …` and the traceback below it.
 * @param firstLine For a script: the line of the file on which the cell begins.
 */
export function describeFailure(file: string, failure: CellFailure, firstLine?: number): string {
  const { cell, count, line, ename, evalue, traceback } = failure;
  const counted = count === undefined ? '' : ` (In[${count}])`;
  const inCell = line === undefined ? '' : `, line ${line}`;
  // Editors and terminals open `file:line`.
  const place = firstLine === undefined ? file : `${file}:${firstLine + (line ?? 1) - 1}`;
  const said = evalue === '' ? ename : `${ename}: ${evalue}`;
  const first = said.split('\n')[0] ?? '';
  const detail = traceback.length > 0 ? traceback.join('\n') : said.slice(first.length + 1);
  const indented = detail === '' ? '' : `\n${detail.replace(/^(?=.)/gm, '  ')}`;
  return `${place}: cell ${cell}${counted}${inCell}: ${first}${indented}`;
}
