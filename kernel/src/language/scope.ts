import type * as t from '@babel/types';
import { boundIdentifiers, forEachChild, isFunction } from './syntax-tree.ts';

/** A region of a cell that has names of its own. The top level has no Scope: it is `null`. */
export interface Scope {
  readonly node: t.Node;
  readonly parent: Scope | null;
  /** Whether a `var` in it stays in it (a function, or the static block of a class). */
  readonly holdsVar: boolean;
  names: Set<string> | null;
}

/** The scope that `node` opens inside `scope`, or `scope` itself. */
export function enter(node: t.Node, scope: Scope | null): Scope | null {
  if (isFunction(node) || node.type === 'StaticBlock') return { node, parent: scope, holdsVar: true, names: null };
  switch (node.type) {
    case 'BlockStatement':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'SwitchStatement':
    case 'CatchClause':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return { node, parent: scope, holdsVar: false, names: null };
    default:
      return scope;
  }
}

/** Whether code in `scope` that says `name` means the top level's. */
export function meansTopLevel(name: string, scope: Scope | null): boolean {
  for (let inner = scope; inner !== null; inner = inner.parent) if (namesOf(inner).has(name)) return false;
  return true;
}

/** Whether a `var` in `scope` declares its name at the top level. */
export function varReachesTop(scope: Scope | null): boolean {
  for (let inner = scope; inner !== null; inner = inner.parent) if (inner.holdsVar) return false;
  return true;
}

/** The names that a scope declares. */
export function namesOf(scope: Scope): Set<string> {
  if (scope.names !== null) return scope.names;
  const names = new Set<string>();
  const { node } = scope;
  if (isFunction(node)) {
    if (node.type === 'FunctionExpression' && node.id) names.add(node.id.name);
    for (const parameter of node.params) addBound(parameter, names);
    forEachChild(node.body, (child) => addVars(child, names));
  } else if (node.type === 'StaticBlock') {
    for (const statement of node.body) addVars(statement, names);
    addLexical(node.body, names);
  } else if (node.type === 'BlockStatement') addLexical(node.body, names);
  else if (node.type === 'SwitchStatement') for (const { consequent } of node.cases) addLexical(consequent, names);
  else if (node.type === 'ForStatement') addHead(node.init, names);
  else if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') addHead(node.left, names);
  else if (node.type === 'CatchClause' && node.param) addBound(node.param, names);
  else if ((node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node.id) names.add(node.id.name);
  scope.names = names;
  return names;
}

function addBound(pattern: t.Node, names: Set<string>): void {
  for (const { name } of boundIdentifiers(pattern)) names.add(name);
}

function addHead(head: t.Node | null | undefined, names: Set<string>): void {
  if (head?.type !== 'VariableDeclaration' || head.kind === 'var') return;
  for (const { id } of head.declarations) addBound(id, names);
}

function addLexical(statements: readonly t.Statement[], names: Set<string>): void {
  for (const statement of statements) {
    if (statement.type === 'VariableDeclaration') addHead(statement, names);
    else if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
      if (statement.id) names.add(statement.id.name);
    }
  }
}

/** Adds what `var` declares in a statement, however deep. */
function addVars(node: t.Node, names: Set<string>): void {
  if (isFunction(node) || node.type === 'StaticBlock') return;
  if (node.type === 'VariableDeclaration' && node.kind === 'var') {
    for (const { id } of node.declarations) addBound(id, names);
  }
  forEachChild(node, (child) => addVars(child, names));
}
