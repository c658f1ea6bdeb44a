import { type Token, tokenize } from '../language/tokens.ts';

/** What somebody who asks at the cursor means. */
export interface CursorSubject {
  /** The name under the cursor, before it, or of the function whose arguments it is in. */
  readonly name?: { readonly text: string; readonly start: number; readonly isMember: boolean };
  /** Whether the cursor is between the parentheses of a call, and not on a name. */
  readonly inCall: boolean;
}

/** From the tokens alone, as code that is being written is broken most of the time. */
export function cursorSubject(code: string, cursor: number): CursorSubject {
  const list = tokenize(code).list.filter(({ kind }) => kind !== 'comment');
  const under = list.findIndex(({ kind, start, end }) => kind === 'name' && start <= cursor && cursor <= end);
  if (under >= 0) return { ...named(list, under), inCall: false };
  const inText = list.some(
    ({ kind, start, end }) => /^(?:string|template|regexp)$/.test(kind) && start < cursor && cursor < end,
  );
  const before = list.findLastIndex(({ end }) => end <= cursor);
  const last = list[before];
  const sameLine = last !== undefined && !code.slice(last.end, cursor).includes('\n');
  if (!inText && sameLine && (last.text === '.' || last.text === '?.'))
    return { ...named(list, before - 1), inCall: false };
  if (!inText && sameLine && last.text === ')' && last.pair >= 0) {
    const all = tokenize(code).list;
    return { ...named(all, calleeBefore(all, last.pair)), inCall: false };
  }
  const around = tokenize(code.slice(0, cursor));
  const call = around.open.findLast(({ text }) => text === '(');
  const callee = call === undefined ? -1 : calleeBefore(around.list, around.list.indexOf(call));
  if (callee >= 0) return { ...named(around.list, callee), inCall: true };
  return !inText && sameLine && last.kind === 'name' ? { ...named(list, before), inCall: false } : { inCall: false };
}

/** Index of the name that is called with the arguments whose parenthesis is at `open`, past type arguments; or -1. */
function calleeBefore(list: readonly Token[], open: number): number {
  let at = open - 1;
  if (list[at]?.text === '>') {
    let depth = 0;
    for (; at > 0; at -= 1) {
      const text = list[at]?.text;
      if (text === '>') depth += 1;
      else if (text === '<') depth -= 1;
      if (depth === 0) break;
    }
    at -= 1;
  }
  if (list[at]?.text === '?.') at -= 1;
  const token = list[at];
  return token?.kind === 'name' && !/^(?:if|for|while|switch|catch|with|return|await|typeof)$/.test(token.text)
    ? at
    : -1;
}

function named(list: readonly Token[], index: number): Pick<CursorSubject, 'name'> {
  const token = list[index];
  if (token?.kind !== 'name') return {};
  const before = list[index - 1]?.text;
  return { name: { text: token.text, start: token.start, isMember: before === '.' || before === '?.' } };
}
