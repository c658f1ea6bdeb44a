import type * as t from '@babel/types';
import type { Edits } from './edits.ts';
import { functionOf } from './functions.ts';
import { range } from './syntax-tree.ts';

/** What a top-level statement is for the order in which a cell runs: functions, then imports, then the code. */
export type Role = 'function' | 'import' | 'nothing' | 'code';

/** Puts `prelude` before the first statement, and then functions, then imports before the code; what leads stays. */
export function arrange(edits: Edits, body: readonly t.Statement[], roles: readonly Role[], prelude: string): void {
  const [first] = body;
  if (first === undefined) return;
  if (prelude !== '') edits.insertAfter(range(first).start, prelude);
  const startOfOthers = (leading: readonly Role[]): number => {
    const statement = body[roles.findIndex((role) => !leading.includes(role))];
    return statement === undefined ? edits.source.length : range(statement).start;
  };
  const functionsAt = startOfOthers(['function', 'nothing']);
  const importsAt = startOfOthers(['function', 'import', 'nothing']);
  body.forEach((statement, index) => {
    const role = roles[index];
    const moved = role === 'function' ? functionOf(statement) : role === 'import' ? statement : null;
    if (moved === null) return;
    const { start, end } = range(moved);
    const to = role === 'function' ? functionsAt : importsAt;
    if (start < to) return;
    // What stood before it does not go on with what stood after it.
    edits.insertAfter(start, ';');
    edits.move(start, end, to);
  });
}
