import { tokenize } from '../language/tokens.ts';

/** Where something is completed. `start` and `end` are the UTF-16 offsets of `prefix`. */
export interface CompletionPlace {
  /** `key`: in a string, which may name a module, a key or one of a union's members. */
  readonly kind: 'member' | 'name' | 'string' | 'nothing';
  readonly prefix: string;
  readonly start: number;
  readonly end: number;
}

/** What stands before the cursor, from the tokens alone. */
export function completionPlace(code: string, cursor: number): CompletionPlace {
  const { list } = tokenize(code.slice(0, cursor));
  const last = list.at(-1);
  const nothing: CompletionPlace = { kind: 'nothing', prefix: '', start: cursor, end: cursor };
  if (last?.kind === 'comment' && last.end === cursor && (!last.closed || last.text.startsWith('//'))) return nothing;
  if (last !== undefined && !last.closed) {
    const prefix = last.text.slice(1);
    return { kind: 'string', prefix, start: last.start + 1, end: cursor };
  }
  if (last?.end === cursor && /^(?:number|string|regexp)$/.test(last.kind)) return nothing;
  const prefix = last?.kind === 'name' && last.end === cursor ? last.text : '';
  const tokens = list.filter(({ kind }) => kind !== 'comment');
  const before = tokens.at(prefix === '' ? -1 : -2)?.text;
  const isMember = before === '.' || before === '?.';
  return { kind: isMember ? 'member' : 'name', prefix, start: cursor - prefix.length, end: cursor };
}
