import type * as t from '@babel/types';
import { enter, meansTopLevel, type Scope, varReachesTop } from '../language/scope.ts';
import { boundIdentifiers, forEachChild } from '../language/syntax-tree.ts';
import type { Declarations } from './declarations.ts';

/** Finds `var`s and functions in blocks that belong to the top level, what is said of it, and assignments to what is there. */
export function walk(node: t.Node, outside: Scope | null, declared: Declarations, said: Said): void {
  const scope = enter(node, outside);
  const assign = (target: t.Node): void => {
    for (const { name } of targets(target)) if (meansTopLevel(name, scope)) said.assigned.add(name);
  };
  switch (node.type) {
    case 'VariableDeclaration':
      if (node.kind === 'var' && outside !== null && varReachesTop(outside)) {
        for (const { id } of node.declarations) {
          for (const name of boundIdentifiers(id)) {
            declared.takeVar(name);
            said.vars.add(name.name);
          }
        }
      }
      break;
    case 'Identifier':
    case 'JSXIdentifier':
      if (meansTopLevel(node.name, scope)) said.mentions.add(node.name);
      break;
    case 'AssignmentExpression':
      assign(node.left);
      if (isGlobalObject(node.left)) said.globals.add(node.left.property.name);
      break;
    case 'CallExpression':
      for (const name of globalsOfAssign(node)) said.globals.add(name);
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
      if (isHidden(node) && node.key.type === 'Identifier') said.hidden.add(node.key.name);
      break;
    case 'TSParameterProperty':
      if (isHidden(node)) for (const name of boundIdentifiers(node.parameter)) said.hidden.add(name.name);
      break;
    default:
      break;
  }
  forEachChild(node, (child) => {
    if (!isMemberName(child, node)) walk(child, scope, declared, said);
  });
}

/** What is said of the top level. */
export class Said {
  readonly assigned = new Set<string>();
  readonly globals = new Set<string>();
  readonly hidden = new Set<string>();
  readonly mentions = new Set<string>();
  /** `var`s that stand deeper. */
  readonly vars = new Set<string>();

  add(other: Said): void {
    for (const key of ['assigned', 'globals', 'hidden', 'mentions', 'vars'] as const) {
      for (const name of other[key]) this[key].add(name);
    }
  }
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
