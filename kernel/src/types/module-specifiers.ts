import { type Token, tokenize } from '../language/tokens.ts';
import { specifiers } from '../worker/live/specifiers.ts';
import type { TypedCompletion } from './complete.ts';

/** What may be imported, where the cursor is in the string of an import; undefined elsewhere. */
export function moduleCompletion(code: string, cursor: number, folder: string): TypedCompletion | undefined {
  const tokens = tokenize(code.slice(0, cursor)).list.filter(({ kind }) => kind !== 'comment');
  const string = tokens.at(-1);
  if (string?.kind !== 'string' || string.closed || !isSpecifier(tokens)) return undefined;
  const prefix = string.text.slice(1);
  const found = specifiers(prefix, folder).map(({ name, rank, describe }) => ({
    text: name,
    type: describe().type,
    sortText: String(rank),
    deprecated: false,
  }));
  return { place: { kind: 'string', prefix, start: string.start + 1, end: cursor }, matches: found, general: false };
}

function isSpecifier(tokens: readonly Token[]): boolean {
  const before = tokens.at(-2)?.text;
  if (before === 'from' || before === 'import') return true;
  const called = tokens.at(-3)?.text;
  return before === '(' && (called === 'import' || called === 'require' || called === 'resolve');
}
