import { dottedPath } from '../language/dotted-path.ts';
import { type Token, tokenize } from '../language/tokens.ts';

/** What may add to types, or names things in other words. */
const TELLS = /\b(?:declare|import|require)\b|\/\/\/|\\u/;
/** After these a type may stand, or code that runs at another time, or in another place. */
const NOT_BEFORE = new Set('=> : < > | & as satisfies type interface extends implements function class'.split(' '));

/**
 * The dotted path before the dot of a member that begins at `start`, where the cell has nothing to say about its members:
 * it speaks of the path's first name nowhere else, so that it neither declares nor narrows it; the path is a value; and it
 * stands at the top level, where no class opens what it hides. Then the members are the same in every such cell.
 * Undefined also where that is only not sure.
 */
export function memberPath(code: string, start: number): string | undefined {
  if (TELLS.test(code)) return undefined;
  const { list, open } = tokenize(code.slice(0, start));
  if (open.some(({ text }) => text === '{')) return undefined;
  let first = list.length - 2;
  while (list[first - 1]?.text === '.') first -= 2;
  const root = list[first];
  const dot = list.at(-1);
  if (root === undefined || dot?.text !== '.') return undefined;
  const path = code.slice(root.start, dot.start);
  if (dottedPath(path) === undefined || !isValue(list, first)) return undefined;
  return mentions(code, root.text) === 1 ? path : undefined;
}

/** Whether nothing from the beginning of the statement on makes anything else of the token at `index` than a value. */
function isValue(list: readonly Token[], index: number): boolean {
  for (let at = index - 1; at >= 0; at -= 1) {
    const token = list[at];
    if (token === undefined || token.text === ';') return true;
    if (NOT_BEFORE.has(token.text)) return false;
    if (token.pair >= 0) at = token.pair;
  }
  return true;
}

/** How often a name stands in code, and is no member. */
function mentions(code: string, name: string): number {
  const { list } = tokenize(code);
  return list.filter(({ text }, at) => text === name && !/^\??\.$/.test(list[at - 1]?.text ?? '')).length;
}
