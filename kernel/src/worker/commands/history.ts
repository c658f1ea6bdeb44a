import { inspect } from 'node:util';
import type { HistoryCell } from '../../link.ts';
import type { ServerQuestions } from '../server-questions.ts';
import { misused } from './command.ts';
import { looksLikeRange, parseRanges, type Range } from './ranges.ts';
import { takeFlags, words } from './words.ts';

const USAGE = '%history [-n] [N | RANGES], %history [-n] -g PATTERN [N]';

export interface HistoryOptions {
  /** So many of the last cells, of all sessions. */
  readonly last?: number;
  /** Cells of this session by their numbers, or of another one: `1-5 7`, `~1/2-4`, `12/`. */
  readonly ranges?: string;
  /** Those of all sessions that have this in them; `*` and `?` stand for any text and any character. */
  readonly pattern?: string;
}

export interface HistoryEntry {
  readonly session: number;
  readonly line: number;
  readonly source: string;
}

/** What was executed: an array of entries, oldest first, that prints as text. */
export class HistoryListing extends Array<HistoryEntry> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  [inspect.custom](): string {
    return this.text(true);
  }

  text(numbered: boolean): string {
    if (this.length === 0) return 'There are no such cells.';
    return this.map(({ session, line, source }) => {
      if (!numbered) return source;
      const [first, ...others] = `${session}/${line}: ${source}`.split('\n');
      return [first, ...others.map((other) => `    ${other}`)].join('\n');
    }).join('\n');
  }
}

/** Cells of this session, unless the options say others. */
export async function history(server: ServerQuestions, options: HistoryOptions = {}): Promise<HistoryListing> {
  const { last, ranges = '', pattern } = options;
  if (last !== undefined && (!Number.isSafeInteger(last) || last < 1)) {
    throw misused(`last is ${inspect(last)}, which is no number from 1`, USAGE);
  }
  const common = { output: false, raw: true };
  const limit = last === undefined ? {} : { n: last };
  const found = new HistoryListing();
  const add = (cells: readonly HistoryCell[]): void => {
    for (const [session, line, source] of cells) found.push({ session, line, source: String(source) });
  };
  if (pattern !== undefined) {
    add(await server.ask('history', { ...common, ...limit, hist_access_type: 'search', pattern: `*${pattern}*` }));
  } else if (last !== undefined && ranges === '') {
    add(await server.ask('history', { ...common, ...limit, hist_access_type: 'tail' }));
  } else {
    const wanted: readonly Range[] =
      ranges === '' ? [{ session: 0, first: 1, last: Number.POSITIVE_INFINITY }] : parseRanges(ranges);
    for (const { session, first, last: end } of wanted) {
      const stop = Number.isFinite(end) ? end + 1 : 0;
      add(await server.ask('history', { ...common, hist_access_type: 'range', session, start: first, stop }));
    }
  }
  return found;
}

/** `[-n] [-g PATTERN] [N | RANGES]` */
export function historyArguments(rest: string): HistoryOptions & { readonly numbered: boolean } {
  const { flags, rest: given } = takeFlags(words(rest, USAGE), ['-n', '-g'], USAGE);
  const numbered = flags.has('-n');
  if (!flags.has('-g')) {
    const [only] = given;
    if (given.length === 1 && /^\d+$/.test(only ?? '')) return { numbered, last: Number(only) };
    const other = given.find((word) => !looksLikeRange(word));
    if (other !== undefined) throw misused(`${other} is neither a number nor a range of cells`, USAGE);
    return { numbered, ranges: given.join(' ') };
  }
  const last = given.length > 1 && /^\d+$/.test(given.at(-1) ?? '') ? Number(given.at(-1)) : undefined;
  const pattern = (last === undefined ? given : given.slice(0, -1)).join(' ');
  if (pattern === '') throw misused('-g needs a pattern', USAGE);
  return { numbered, pattern, ...(last !== undefined && { last }) };
}
