import { types } from 'node:util';
import { parseExpression } from '@babel/parser';
import type * as t from '@babel/types';
import { dottedPath, MARK } from '../../language/index.ts';
import type { Looker } from './looker.ts';
import { type Found, findProperty, isObject } from './reflection.ts';

/** Where a value was found: as a property of an object. */
export interface Property extends Found {
  readonly key: string;
}

/** What an expression means, as far as it can be known without running anything that could change something. */
export type Resolution =
  | { readonly kind: 'value'; readonly value: unknown; readonly property?: Property }
  /** A getter stands there, and was not run: it may change something. */
  | { readonly kind: 'accessor'; readonly property: Property }
  /** There is no such name or property. */
  | { readonly kind: 'missing' }
  /** To know it, code would have to run that may change something. */
  | { readonly kind: 'unknown' };

/** The value of a JavaScript expression. Properties are read from their descriptors, of proxies those of their targets. */
export function resolve(looker: Looker, expression: string): Resolution {
  const path = dottedPath(expression);
  if (path !== undefined) return resolvePath(looker, path);
  const node = parse(expression);
  return node === undefined ? { kind: 'unknown' } : resolveNode(looker, expression, node);
}

function resolvePath(looker: Looker, [root, ...members]: readonly [string, ...string[]]): Resolution {
  let expression = root;
  let found = resolveName(looker, root);
  for (const key of members) {
    expression += `.${key}`;
    found = resolveMember(looker, found, key, expression);
  }
  return found;
}

/** The parts of `a.b['c']`: `a`, `b`, `c`; undefined for any other expression. */
export function pathOf(expression: string): readonly string[] | undefined {
  const dotted = dottedPath(expression);
  if (dotted !== undefined) return dotted;
  const path: string[] = [];
  let node = parse(expression);
  while (node !== undefined && isMember(node)) {
    const key = keyOf(node);
    if (key === undefined) return undefined;
    path.unshift(key);
    node = node.object;
  }
  if (node?.type === 'ThisExpression') return ['this', ...path];
  return node?.type === 'Identifier' ? [node.name, ...path] : undefined;
}

function parse(expression: string): t.Node | undefined {
  try {
    return parseExpression(expression, { createParenthesizedExpressions: false });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function resolveNode(looker: Looker, source: string, node: t.Node): Resolution {
  if (node.type === 'Identifier') return resolveName(looker, node.name);
  if (node.type === 'ThisExpression') return { kind: 'value', value: globalThis };
  const key = isMember(node) ? keyOf(node) : undefined;
  if (!isMember(node) || key === undefined) return lookAt(looker, textOf(source, node));
  return resolveMember(looker, resolveNode(looker, source, node.object), key, textOf(source, node));
}

/** `expression` is the member's own, with that of its object. */
function resolveMember(looker: Looker, object: Resolution, key: string, expression: string): Resolution {
  if (object.kind !== 'value') return object.kind === 'accessor' ? { kind: 'unknown' } : object;
  const { value: holder } = object;
  if (holder === undefined || holder === null) return { kind: 'missing' };
  const behind = looker.behindProxy(holder);
  const found = findProperty(behind, key);
  if (found === undefined) {
    if (isObject(holder) && !types.isProxy(holder)) return { kind: 'missing' };
    // A string's own properties, and what a proxy makes up.
    const seen = lookAt(looker, expression);
    return seen.kind === 'value' && seen.value === undefined ? { kind: 'missing' } : seen;
  }
  const property = { ...found, key };
  if ('value' in found.descriptor) return { kind: 'value', value: found.descriptor.value, property };
  const seen = lookAt(looker, expression);
  return seen.kind === 'value' ? { ...seen, property } : { kind: 'accessor', property };
}

/** A variable of the cells, or else a property of the global object. */
function resolveName(looker: Looker, name: string): Resolution {
  const variables = looker.variables([name]);
  if (variables.has(name)) return { kind: 'value', value: variables.get(name) };
  // What is declared hides what is global, also before it is set.
  const found = looker.names().has(name) ? undefined : findGlobal(name);
  if (found === undefined) return { kind: 'missing' };
  const property = { ...found, key: name };
  if ('value' in found.descriptor) return { kind: 'value', value: found.descriptor.value, property };
  const seen = looker.look(name);
  return seen.kind === 'value' ? { ...seen, property } : { kind: 'accessor', property };
}

/** What every cell sees, or only the cells do. */
function findGlobal(name: string): Found | undefined {
  return findProperty(globalThis, name) ?? findProperty(globalThis, name + MARK);
}

function lookAt(looker: Looker, expression: string): Resolution {
  const seen = looker.look(expression);
  return seen.kind === 'value' ? seen : { kind: 'unknown' };
}

function textOf(source: string, { start, end }: t.Node): string {
  return source.slice(start ?? 0, end ?? source.length);
}

function isMember(node: t.Node): node is t.MemberExpression | t.OptionalMemberExpression {
  return node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
}

function keyOf({ property, computed }: t.MemberExpression | t.OptionalMemberExpression): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  if (property.type === 'StringLiteral') return property.value;
  return property.type === 'NumericLiteral' ? String(property.value) : undefined;
}
