import { writeFileSync } from 'node:fs';
import type { ServerQuestions } from '../server-questions.ts';
import { absolute } from './cd.ts';
import { CommandError, fileError, misused } from './command.ts';
import { type HistoryEntry, history } from './history.ts';
import { badRange, looksLikeRange } from './ranges.ts';
import { takeFlags, words } from './words.ts';

export const SAVE_USAGE = '%save [-f] FILE [RANGES]';

export interface SaveOptions {
  /** Numbers of cells: `1-5 7`, of another session `~1/2-4`. Default: all of this one, but for the cell that runs. */
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

/** Writes cells to a script or a notebook. Resolves with the path and how many they are. */
export async function save(
  server: ServerQuestions,
  file: string,
  { ranges = '', force = false }: SaveOptions,
): Promise<{ readonly path: string; readonly saved: number }> {
  const cells = await history(server, { ranges });
  if (cells.length === 0) {
    throw badRange(
      ranges === '' ? 'No cell was executed before this one' : `${ranges} names no cell that was executed`,
    );
  }
  const path = absolute(file);
  const text = path.endsWith('.ipynb') ? notebookOf(cells) : scriptOf(cells);
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const failed = fileError(`cannot save ${path}`, error);
    if (failed.code !== 'ERR_COMMAND_EEXIST') throw failed;
    throw new CommandError(failed.code, `${failed.message}; -f overwrites it`);
  }
  return { path, saved: cells.length };
}

/** The percent format, which `elara run` and editors read. */
function scriptOf(cells: readonly HistoryEntry[]): string {
  return cells.map(({ source }) => `// %%\n${source.trimEnd()}\n`).join('\n');
}

function notebookOf(cells: readonly HistoryEntry[]): string {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'typescript', display_name: 'TypeScript', language: 'typescript' },
      language_info: { name: 'typescript' },
    },
    cells: cells.map(({ line, source }, index) => ({
      cell_type: 'code',
      id: `cell-${index + 1}`,
      metadata: {},
      execution_count: line,
      outputs: [],
      source,
    })),
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
