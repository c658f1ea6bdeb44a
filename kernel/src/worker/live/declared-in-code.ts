import { tokenize } from '../../language/tokens.ts';

const DECLARES = new Set(['let', 'const', 'var', 'function', 'class', 'enum', 'namespace']);

/** Names that the code itself declares, in the places that are easy to see; the cell need not have run. */
export function declaredInCode(code: string): string[] {
  const tokens = tokenize(code).list.filter(({ kind }) => kind !== 'comment');
  const names: string[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'name' || !DECLARES.has(token.text)) return;
    const next = tokens[index + 1];
    const named = next?.text === '*' ? tokens[index + 2] : next;
    if (named?.kind === 'name' && !DECLARES.has(named.text)) names.push(named.text);
  });
  return names;
}
