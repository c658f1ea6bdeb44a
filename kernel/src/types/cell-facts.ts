import type * as t from '@babel/types';
import { withoutLineCommands } from '../language/line-commands.ts';
import { type ParsedCell, readCell, type UnreadCell } from '../language/parse.ts';
import { range } from '../language/syntax-tree.ts';
import { tokenize } from '../language/tokens.ts';
import { Declarations, type DeclaredAt, type Kind } from './declarations.ts';
import { Said, walk } from './said.ts';
import { assignedIn, declaredIn } from './token-facts.ts';

/** A statement of the top level. */
export interface StatementFacts {
  /** Where the statement before it ends, and where it begins and ends itself. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
  readonly declares: ReadonlySet<string>;
  readonly mentions: ReadonlySet<string>;
  /** Whether it exports or imports something, or adds to the types of others, beside what it declares. */
  readonly reachesOut: boolean;
}

/** What the model of the notebook has to know of a cell's text. */
export interface CellFacts {
  /** The cell, as long as it was written, without its line commands. */
  readonly code: string;
  /** Names of its top level. */
  readonly declares: ReadonlyMap<string, Kind>;
  readonly places: ReadonlyMap<string, DeclaredAt>;
  /** None of a cell that could not be parsed, or that is one object. */
  readonly statements: readonly StatementFacts[];
  /** Names that may mean those of the top level: more than it takes from other cells. */
  readonly mentions: ReadonlySet<string>;
  /** Names of other cells, or of none, that it assigns to. */
  readonly assigns: ReadonlySet<string>;
  /** Names that it exports itself. */
  readonly exports: ReadonlySet<string>;
  /** Names of members that its classes keep to themselves: `private`, `protected`. */
  readonly hidden: ReadonlySet<string>;
  /** Names of properties that it gives to `globalThis`. */
  readonly globals: ReadonlySet<string>;
  /** Whether it is one object literal, which only parentheses keep from being a block. */
  readonly isObject: boolean;
  readonly isJsx: boolean;
  /** Whether it adds to types that all cells see: `declare global`, `declare module`. */
  readonly augments: boolean;
  /** Whether it could be parsed; what is known of one that could not be is known from its tokens. */
  readonly parsed: boolean;
}

/** Reads a cell, also a broken one. Runs nothing of it. */
export function factsOf(written: string): CellFacts {
  const code = withoutLineCommands(written).replace(/^#!/, '//');
  const cell = tryCell(code);
  const isJsx = cell.jsx;
  if (!('error' in cell)) {
    const { mentions, ...facts } = read(cell);
    for (const name of factories(code, isJsx)) mentions.add(name);
    return { code, isJsx, mentions, parsed: true, ...facts };
  }
  const { list } = tokenize(code);
  const declares = declaredIn(list);
  const assigns = new Set([...assignedIn(list)].filter((name) => !declares.has(name)));
  return {
    code,
    isJsx,
    mentions: new Set([...factories(code, isJsx), ...mentioned(list)]),
    declares,
    assigns,
    places: new Map(),
    statements: [],
    exports: new Set(),
    globals: new Set(),
    hidden: new Set(),
    isObject: false,
    augments: false,
    parsed: false,
  };
}

function tryCell(code: string): ParsedCell | (Pick<UnreadCell, 'jsx'> & { readonly error: unknown }) {
  try {
    return readCell(code);
  } catch (error) {
    // Nested deeper than the parser can go.
    if (!(error instanceof RangeError)) throw error;
    return { error, jsx: false };
  }
}

/** What makes elements where no comment says otherwise: React, or as most write it in their tsconfig.json. */
const JSX_FACTORIES = ['React', 'h', 'Fragment'];

function factories(code: string, isJsx: boolean): string[] {
  if (!isJsx) return [];
  const named = code.matchAll(/@(?:jsx|jsxFrag)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu);
  return [...JSX_FACTORIES, ...[...named].map(([, factory = '']) => factory)];
}

/** Names that are no members, of code that could not be parsed. */
function mentioned(tokens: ReturnType<typeof tokenize>['list']): Set<string> {
  const names = new Set<string>();
  let before = '';
  for (const { kind, text } of tokens) {
    if (kind === 'comment') continue;
    if (kind === 'name' && before !== '.' && before !== '?.') names.add(text);
    before = text;
  }
  return names;
}

type Read = Omit<CellFacts, 'code' | 'isJsx' | 'mentions' | 'parsed'> & { readonly mentions: Set<string> };

function read({ body, expression }: ParsedCell): Read {
  const declared = new Declarations();
  for (const statement of body) declared.take(statement);
  const all = new Said();
  if (expression !== null) walk(expression, null, declared, all);
  const statements = body.map((statement, index) => {
    const said = new Said();
    walk(statement, null, declared, said);
    all.add(said);
    return statementFacts(statement, body[index - 1], said);
  });
  const { kinds: declares, places, exports } = declared;
  const { globals, hidden, mentions } = all;
  return {
    declares,
    places,
    exports,
    statements,
    assigns: new Set([...all.assigned].filter((name) => !declares.has(name))),
    globals,
    hidden,
    mentions,
    augments: body.some(augments),
    isObject: expression !== null,
  };
}

function augments(statement: t.Statement): boolean {
  if (statement.type !== 'TSModuleDeclaration') return false;
  return statement.kind === 'global' || statement.id.type === 'StringLiteral';
}

function statementFacts(statement: t.Statement, before: t.Statement | undefined, said: Said): StatementFacts {
  const { start, end } = range(statement);
  const declared = new Declarations();
  declared.take(statement);
  return {
    from: before === undefined ? 0 : range(before).end,
    start,
    end,
    declares: new Set([...declared.kinds.keys(), ...said.vars]),
    mentions: said.mentions,
    reachesOut:
      augments(statement) ||
      statement.type.startsWith('Export') ||
      (statement.type === 'ImportDeclaration' && statement.specifiers.length === 0),
  };
}
