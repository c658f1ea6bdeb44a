import { misused } from './command.ts';

const WORD = /\s*((?:"[^"]*"|'[^']*'|[^\s"'])+)/y;

/** The words of a line. Quotes hold blanks together and are taken off. */
export function words(line: string, usage: string): string[] {
  const found: string[] = [];
  WORD.lastIndex = 0;
  for (let at = 0; line.slice(at).trim() !== ''; at = WORD.lastIndex) {
    const word = WORD.exec(line)?.[1];
    if (word === undefined) throw misused(`A quote is open in ${line}`, usage);
    found.push(word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''));
  }
  return found;
}

/** The words without the flags that a command knows, and which of them were there. Others are refused. */
export function takeFlags<Flag extends string>(
  all: readonly string[],
  known: readonly Flag[],
  usage: string,
): { readonly flags: ReadonlySet<Flag>; readonly rest: readonly string[] } {
  const flags = new Set<Flag>();
  const rest: string[] = [];
  for (const word of all) {
    const flag = known.find((one) => one === word);
    if (flag !== undefined) flags.add(flag);
    else if (/^-[a-zA-Z-]/.test(word)) throw misused(`There is no option ${word}`, usage);
    else rest.push(word);
  }
  return { flags, rest };
}

/** Text that may have blanks in it, with quotes around it or without. */
export function unquoted(rest: string): string {
  return /^"[^"]*"$|^'[^']*'$/.test(rest) ? rest.slice(1, -1) : rest;
}

/** A word as it has to be written. */
export function quoted(word: string): string {
  return /^[^\s"']+$/.test(word) ? word : word.includes('"') ? `'${word}'` : `"${word}"`;
}
