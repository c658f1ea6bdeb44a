import { writeFileSync } from 'node:fs';
import type { ExecutedCell } from '../results.ts';
import { absolute } from './cd.ts';
import { CommandError, fileError, misused } from './command.ts';
import { badRange, inRanges, looksLikeRange, parseRanges } from './ranges.ts';
import { takeFlags, words } from './words.ts';

export const SAVE_USAGE = '%save [-f] FILE [RANGES]';

export interface SaveOptions {
  /** Numbers of cells: `1-5 7`. Default: all before this one. */
  readonly ranges?: string;
  /** Overwrites the file. */
  readonly force?: boolean;
}

/** `[-f] FILE [RANGES]` */
export function saveArguments(rest: string): SaveOptions & { readonly file: string } {
  const { flags, rest: named } = takeFlags(words(rest, SAVE_USAGE), ['-f'], SAVE_USAGE);
  const [file, ...ranges] = named;
  if (file === undefined) throw misused('%save needs the name of a file', SAVE_USAGE);
  const other = ranges.find((range) => !looksLikeRange(range));
  if (other !== undefined) throw misused(`${other} is no range of cells (quote names with blanks)`, SAVE_USAGE);
  return { file, ranges: ranges.join(' '), force: flags.has('-f') };
}

/** Writes cells to a script or a notebook. Returns the path and how many they are. */
export function save(
  cells: readonly ExecutedCell[],
  file: string,
  { ranges = '', force = false }: SaveOptions,
): { readonly path: string; readonly saved: number } {
  const chosen = choose(cells, ranges);
  const path = absolute(file);
  const text = path.endsWith('.ipynb') ? notebookOf(chosen) : scriptOf(chosen);
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const failed = fileError(`cannot save ${path}`, error);
    if (failed.code !== 'ERR_COMMAND_EEXIST') throw failed;
    throw new CommandError(failed.code, `${failed.message}; -f overwrites it`);
  }
  return { path, saved: chosen.length };
}

function choose(cells: readonly ExecutedCell[], text: string): readonly ExecutedCell[] {
  const ranges = parseRanges(text);
  if (ranges.some(({ session }) => session !== 0)) throw badRange('Only cells of this session can be saved');
  const bySource = new Map(cells.map((cell) => [cell.count, cell]));
  const numbers = [...bySource.keys()];
  const wanted = ranges.length === 0 ? numbers : inRanges(ranges, numbers);
  if (wanted.length === 0) {
    const there =
      numbers.length === 0 ? 'no cell was executed before this one' : `the cells are 1 to ${Math.max(...numbers)}`;
    throw badRange(text === '' ? `There is nothing to save: ${there}` : `${text} names no cell: ${there}`);
  }
  return wanted.flatMap((number) => bySource.get(number) ?? []);
}

/** The percent format, which `elara run` and editors read. */
function scriptOf(cells: readonly ExecutedCell[]): string {
  return cells.map(({ source }) => `// %%\n${source.trimEnd()}\n`).join('\n');
}

function notebookOf(cells: readonly ExecutedCell[]): string {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'typescript', display_name: 'TypeScript', language: 'typescript' },
      language_info: { name: 'typescript' },
    },
    cells: cells.map(({ count, source }) => ({
      cell_type: 'code',
      id: `cell-${count}`,
      metadata: {},
      execution_count: count,
      outputs: [],
      source,
    })),
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
