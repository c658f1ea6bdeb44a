import type { StatementFacts } from './cell-facts.ts';
import type { BoundCell } from './documents.ts';

/**
 * What of a cell others need, which see `live` names of it: the statements that declare these, those that they rest on, and
 * those that say what variables hold. The rest is blank, so that all places stay.
 */
export function neededOf(cell: BoundCell, live: Iterable<string>): BoundCell {
  const { facts, taken } = cell;
  // Its comments speak to the compiler wherever they are.
  if (facts.isJsx) return cell;
  const isVariable = (name: string): boolean => {
    const kind = facts.declares.get(name);
    return kind === 'let' || kind === 'var' || taken.get(name)?.how === 'variable';
  };
  const wanted = new Set(live);
  const isNeeded = ({ reachesOut, declares, mentions }: StatementFacts): boolean => {
    if (reachesOut || some(declares, (name) => wanted.has(name))) return true;
    return declares.size === 0 && some(mentions, (name) => wanted.has(name) && isVariable(name));
  };
  const kept = new Set<StatementFacts>();
  for (let before = -1; kept.size > before; ) {
    before = kept.size;
    for (const statement of facts.statements) {
      if (kept.has(statement) || !isNeeded(statement)) continue;
      kept.add(statement);
      for (const name of statement.mentions) wanted.add(name);
    }
  }
  if (kept.size === facts.statements.length) return cell;
  const statements = facts.statements.filter((statement) => kept.has(statement));
  const declares = new Set(statements.flatMap((statement) => [...statement.declares]));
  const mentions = new Set(statements.flatMap((statement) => [...statement.mentions]));
  return {
    facts: {
      ...facts,
      code: blanked(
        facts.code,
        facts.statements.filter((statement) => !kept.has(statement)),
      ),
      statements,
      declares: new Map([...facts.declares].filter(([name]) => declares.has(name))),
      mentions,
    },
    taken: new Map([...taken].filter(([name]) => mentions.has(name))),
  };
}

function some(names: ReadonlySet<string>, test: (name: string) => boolean): boolean {
  for (const name of names) if (test(name)) return true;
  return false;
}

/** Statements with what stands before them become blank; a semicolon keeps apart those between which they were. */
function blanked(code: string, statements: readonly StatementFacts[]): string {
  let text = '';
  let at = 0;
  for (const { from, start, end } of statements) {
    text += `${code.slice(at, from)}${blank(code.slice(from, start))};${blank(code.slice(start + 1, end))}`;
    at = end;
  }
  return text + code.slice(at);
}

function blank(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}
