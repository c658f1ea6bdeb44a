import type * as t from '@babel/types';

function isNode(value: unknown): value is t.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Calls `visit` for each child of a node, in the order in which the parser made them. */
export function forEachChild(node: t.Node, visit: (child: t.Node) => void): void {
  const values: unknown[] = Object.values(node);
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item);
    } else if (isNode(value)) visit(value);
  }
}

/** Where a parsed node begins and ends, in UTF-16 units. */
export function range(node: t.Node): { start: number; end: number } {
  const { start, end } = node;
  if (typeof start !== 'number' || typeof end !== 'number') throw new TypeError(`${node.type} was not parsed`);
  return { start, end };
}

/** The identifiers that a pattern or a declaration's left side binds. */
export function boundIdentifiers(pattern: t.Node, found: t.Identifier[] = []): t.Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      found.push(pattern);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        boundIdentifiers(property.type === 'RestElement' ? property.argument : property.value, found);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) boundIdentifiers(element, found);
      break;
    case 'AssignmentPattern':
      boundIdentifiers(pattern.left, found);
      break;
    case 'RestElement':
      boundIdentifiers(pattern.argument, found);
      break;
    case 'TSParameterProperty':
      boundIdentifiers(pattern.parameter, found);
      break;
    default:
      break;
  }
  return found;
}

export function isFunction(node: t.Node | null | undefined): node is t.Function {
  switch (node?.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return true;
    default:
      return false;
  }
}
