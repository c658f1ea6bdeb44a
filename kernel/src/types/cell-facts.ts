import type * as t from '@babel/types';
import { withoutLineCommands } from '../language/line-commands.ts';
import { hasJsxPragma, type ParsedCell, parseCell } from '../language/parse.ts';
import { enter, meansTopLevel, type Scope, varReachesTop } from '../language/scope.ts';
import { CellSyntaxError } from '../language/syntax-error.ts';
import { boundIdentifiers, forEachChild } from '../language/syntax-tree.ts';
import { tokenize } from '../language/tokens.ts';
import { assignedIn, declaredIn } from './token-facts.ts';

/** How a cell declared a name. `implicit`: by an assignment to a name that nobody had declared. */
export type Kind =
  | 'let'
  | 'const'
  | 'var'
  | 'function'
  | 'class'
  | 'enum'
  | 'namespace'
  | 'import'
  | 'type'
  | 'interface'
  | 'implicit';

/** UTF-16 offsets of a declaration: of its name, and of the whole statement. */
export interface DeclaredAt {
  readonly name: number;
  readonly start: number;
  readonly end: number;
}

/** What the model of the notebook has to know of a cell's text. */
export interface CellFacts {
  /** The cell, as long as it was written, without its line commands. */
  readonly code: string;
  /** Names of its top level. */
  readonly declares: ReadonlyMap<string, Kind>;
  readonly places: ReadonlyMap<string, DeclaredAt>;
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
  const isJsx = hasJsxPragma(code);
  try {
    const cell = parseCell(code, { jsx: isJsx, legacyDecorators: false });
    const { mentions, ...facts } = read(cell);
    for (const name of factories(code, isJsx)) mentions.add(name);
    return { code, isJsx, mentions, parsed: true, ...facts };
  } catch (error) {
    if (!(error instanceof CellSyntaxError) && !(error instanceof RangeError)) throw error;
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
      exports: new Set(),
      globals: new Set(),
      hidden: new Set(),
      isObject: false,
      augments: false,
      parsed: false,
    };
  }
}

/** What JSX is compiled to, unless a comment says otherwise. */
const JSX_FACTORY = 'React';

function factories(code: string, isJsx: boolean): string[] {
  if (!isJsx) return [];
  const named = code.matchAll(/@(?:jsx|jsxFrag)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu);
  return [JSX_FACTORY, ...[...named].map(([, factory = '']) => factory)];
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
  const assigned: Assigned = { names: new Set(), globals: new Set(), hidden: new Set(), mentions: new Set() };
  for (const statement of body) declared.take(statement);
  for (const node of expression === null ? body : [expression]) walk(node, null, declared, assigned);
  const { kinds: declares, places, exports } = declared;
  const assigns = new Set([...assigned.names].filter((name) => !declares.has(name)));
  const augments = body.some(
    (statement) =>
      statement.type === 'TSModuleDeclaration' &&
      (statement.kind === 'global' || statement.id.type === 'StringLiteral'),
  );
  const { globals, hidden, mentions } = assigned;
  return { declares, places, exports, assigns, globals, hidden, mentions, augments, isObject: expression !== null };
}

/** What the statements of a top level declare. */
class Declarations {
  readonly kinds = new Map<string, Kind>();
  readonly places = new Map<string, DeclaredAt>();
  readonly exports = new Set<string>();

  #statement: t.Statement | undefined;

  take(statement: t.Statement, exported = false): void {
    if (!exported) this.#statement = statement;
    switch (statement.type) {
      case 'VariableDeclaration': {
        const kind = statement.kind === 'let' || statement.kind === 'var' ? statement.kind : 'const';
        for (const { id } of statement.declarations) {
          for (const name of boundIdentifiers(id)) this.#add(name, kind, exported);
        }
        return;
      }
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        this.#add(statement.id, 'function', exported);
        return;
      case 'ClassDeclaration':
        this.#add(statement.id, 'class', exported);
        return;
      case 'TSEnumDeclaration':
        this.#add(statement.id, 'enum', exported);
        return;
      case 'TSModuleDeclaration':
        if (statement.id.type === 'Identifier' && statement.kind !== 'global') {
          this.#add(statement.id, 'namespace', exported);
        }
        return;
      case 'TSTypeAliasDeclaration':
        this.#add(statement.id, 'type', exported);
        return;
      case 'TSInterfaceDeclaration':
        this.#add(statement.id, 'interface', exported);
        return;
      case 'ImportDeclaration':
        for (const { local } of statement.specifiers) this.#add(local, 'import', exported);
        return;
      case 'TSImportEqualsDeclaration':
        this.#add(statement.id, 'import', exported);
        return;
      case 'ExportNamedDeclaration':
        if (statement.declaration) this.take(statement.declaration, true);
        for (const { exported: name } of statement.specifiers) {
          this.exports.add(name.type === 'Identifier' ? name.name : name.value);
        }
        return;
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement;
        this.exports.add('default');
        if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration')
          this.take(declaration);
        return;
      }
      default:
        return;
    }
  }

  /** A `var` that stands deeper. */
  takeVar(id: t.Identifier): void {
    this.#statement = undefined;
    if (!this.kinds.has(id.name)) this.#add(id, 'var', false);
  }

  #add(id: t.Node | null | undefined, kind: Kind, exported: boolean): void {
    if (id?.type !== 'Identifier') return;
    const { name, start: place } = id;
    if (exported) this.exports.add(name);
    // A value counts more than a type of the same name, which it is exported with.
    const isType = kind === 'type' || kind === 'interface';
    if (isType && this.kinds.has(name)) return;
    this.kinds.set(name, kind);
    const { start, end } = this.#statement ?? id;
    this.places.set(name, { name: place ?? 0, start: start ?? 0, end: end ?? 0 });
  }
}

/** Finds `var`s and functions in blocks that belong to the top level, what is said of it, and assignments to what is there. */
function walk(node: t.Node, outside: Scope | null, declared: Declarations, assigned: Assigned): void {
  const scope = enter(node, outside);
  const assign = (target: t.Node): void => {
    for (const { name } of targets(target)) if (meansTopLevel(name, scope)) assigned.names.add(name);
  };
  switch (node.type) {
    case 'VariableDeclaration':
      if (node.kind === 'var' && outside !== null && varReachesTop(outside)) {
        for (const { id } of node.declarations) {
          for (const name of boundIdentifiers(id)) declared.takeVar(name);
        }
      }
      break;
    case 'Identifier':
    case 'JSXIdentifier':
      if (meansTopLevel(node.name, scope)) assigned.mentions.add(node.name);
      break;
    case 'AssignmentExpression':
      assign(node.left);
      if (isGlobalObject(node.left)) assigned.globals.add(node.left.property.name);
      break;
    case 'CallExpression':
      for (const name of globalsOfAssign(node)) assigned.globals.add(name);
      break;
    case 'UpdateExpression':
      assign(node.argument);
      break;
    case 'ForInStatement':
    case 'ForOfStatement':
      if (node.left.type !== 'VariableDeclaration') assign(node.left);
      break;
    case 'ClassMethod':
    case 'ClassProperty':
    case 'ClassAccessorProperty':
      if (isHidden(node) && node.key.type === 'Identifier') assigned.hidden.add(node.key.name);
      break;
    case 'TSParameterProperty':
      if (isHidden(node)) for (const name of boundIdentifiers(node.parameter)) assigned.hidden.add(name.name);
      break;
    default:
      break;
  }
  forEachChild(node, (child) => {
    if (!isMemberName(child, node)) walk(child, scope, declared, assigned);
  });
}

interface Assigned {
  readonly names: Set<string>;
  readonly globals: Set<string>;
  readonly hidden: Set<string>;
  readonly mentions: Set<string>;
}

/** The name of a member, which means nothing of the top level. */
function isMemberName(node: t.Node, parent: t.Node): boolean {
  if ('computed' in parent && parent.computed === true) return false;
  return (
    ('property' in parent && parent.property === node) ||
    ('key' in parent && parent.key === node) ||
    (parent.type === 'TSQualifiedName' && parent.right === node)
  );
}

function isHidden({ accessibility }: { readonly accessibility?: string | null | undefined }): boolean {
  return accessibility === 'private' || accessibility === 'protected';
}

const GLOBAL_OBJECTS = new Set(['globalThis', 'global', 'self', 'window']);

/** `globalThis.name`. */
function isGlobalObject(node: t.Node): node is t.MemberExpression & { readonly property: t.Identifier } {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    GLOBAL_OBJECTS.has(node.object.name) &&
    node.property.type === 'Identifier' &&
    !node.computed
  );
}

/** `Object.assign(globalThis, { name })`, `Object.defineProperty(globalThis, 'name', …)`. */
function globalsOfAssign({ callee, arguments: [target, what] }: t.CallExpression): string[] {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return [];
  if (target?.type !== 'Identifier' || !GLOBAL_OBJECTS.has(target.name)) return [];
  if (callee.property.name === 'defineProperty' && what?.type === 'StringLiteral') return [what.value];
  if (callee.property.name !== 'assign' || what?.type !== 'ObjectExpression') return [];
  return what.properties.flatMap((property) =>
    property.type !== 'SpreadElement' && property.key.type === 'Identifier' ? [property.key.name] : [],
  );
}

/** The names that an assignment to `target` changes. */
function targets(target: t.Node): t.Identifier[] {
  switch (target.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return targets(target.expression);
    default:
      return boundIdentifiers(target);
  }
}
