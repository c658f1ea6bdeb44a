import type { Token } from '../language/tokens.ts';
import type { Kind } from './declarations.ts';

/**
 * What the tokens of a cell that does not parse (somebody is writing it) say of its top level. Wrong now and then, where a
 * parser would know; it decides what a cell sees of the others, nothing more.
 */

const DECLARING: ReadonlyMap<string, Kind> = new Map([
  ['let', 'let'],
  ['const', 'const'],
  ['using', 'const'],
  ['var', 'var'],
  ['function', 'function'],
  ['class', 'class'],
  ['enum', 'enum'],
  ['namespace', 'namespace'],
  ['type', 'type'],
  ['interface', 'interface'],
]);
const ASSIGNING = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '++', '--']);
/** What may stand between a keyword and the name that it declares. */
const BETWEEN = new Set(['*', '{', '[', ',', '...']);

export function declaredIn(list: readonly Token[]): Map<string, Kind> {
  const declares = new Map<string, Kind>();
  let depth = 0;
  for (let at = 0; at < list.length; at += 1) {
    const token = list[at];
    if (token === undefined || token.kind === 'comment') continue;
    if (token.kind === 'punctuator') {
      if (token.text === '{' || token.text === '(' || token.text === '[') depth += 1;
      else if (token.text === '}' || token.text === ')' || token.text === ']') depth = Math.max(0, depth - 1);
      continue;
    }
    if (depth > 0 || token.kind !== 'name') continue;
    if (token.text === 'import') {
      for (const name of importedAt(list, at)) declares.set(name, 'import');
      continue;
    }
    const kind = DECLARING.get(token.text);
    if (kind === undefined) continue;
    for (const name of namesAfter(list, at)) declares.set(name, kind);
  }
  return declares;
}

/** The name after a keyword, or those of the pattern after it. */
function namesAfter(list: readonly Token[], keyword: number): string[] {
  const next = list[keyword + 1];
  if (next === undefined) return [];
  if (next.kind === 'name') return [next.text];
  if (!BETWEEN.has(next.text)) return [];
  const names: string[] = [];
  for (const { kind, text } of list.slice(keyword + 1)) {
    if (kind === 'name') names.push(text);
    else if (text === '=' || text === '(' || text === ';') break;
  }
  return names;
}

/** The local names of the import that begins at `at`. */
function importedAt(list: readonly Token[], at: number): string[] {
  const names: string[] = [];
  for (let index = at + 1; index < list.length; index += 1) {
    const token = list[index];
    if (token === undefined || token.kind === 'string' || token.text === ';' || token.text === '(') break;
    if (token.text === 'from') break;
    if (token.kind !== 'name' || token.text === 'type') continue;
    if (token.text === 'as') names.pop();
    else names.push(token.text);
  }
  return names;
}

export function assignedIn(list: readonly Token[]): Set<string> {
  const assigned = new Set<string>();
  list.forEach(({ kind, text }, at) => {
    if (kind !== 'name') return;
    const before = list[at - 1]?.text;
    if (before === '.' || before === '?.') return;
    const after = list[at + 1]?.text ?? '';
    if (ASSIGNING.has(after) || before === '++' || before === '--') assigned.add(text);
  });
  return assigned;
}
