import { CommandError } from './command.ts';

/** From one number to another, both among them. */
export interface Range {
  readonly first: number;
  readonly last: number;
  /** Number of a session, or how many before this one as a negative number. 0 is this one. */
  readonly session: number;
}

const RANGE = /^(?:(~?)(\d+)\/)?(?:(\d+)(-(\d*))?)?$/;

/** Reads `3`, `1-5 7`, `10-`, and with a session before it `2/1-5`, `~1/3` (of the last one), `~1/` (all of it). */
export function parseRanges(text: string): Range[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(parseRange);
}

export function looksLikeRange(word: string): boolean {
  return /^[\d~][\d~/,-]*$/.test(word);
}

function parseRange(text: string): Range {
  const [written, before, session, first, through, last] = RANGE.exec(text) ?? [];
  const from = first === undefined ? 1 : Number(first);
  const to = first === undefined || through === '-' ? Number.POSITIVE_INFINITY : Number(last ?? first);
  const wrong = written === undefined || (session === undefined && first === undefined);
  if (wrong || from < 1) throw badRange(`${text} is no range of numbers from 1`);
  if (to < from) throw badRange(`${text} ends before it begins`);
  return { first: from, last: to, session: session === undefined ? 0 : Number(session) * (before === '~' ? -1 : 1) };
}

/** Those of the numbers that are in a range, in the order in which the ranges name them. */
export function inRanges(ranges: readonly Range[], numbers: readonly number[]): number[] {
  return ranges.flatMap(({ first, last }) => numbers.filter((number) => first <= number && number <= last));
}

export function badRange(message: string): CommandError {
  return new CommandError('ERR_COMMAND_RANGE', `${message}. Ranges are written: 3, 1-5, 10-, or several: 1-5 7`);
}
