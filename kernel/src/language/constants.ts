import type * as t from '@babel/types';
import type { Edits } from './edits.ts';
import { HELPER } from './helper.ts';
import { meansTopLevel, type Scope } from './scope.ts';
import { range } from './syntax-tree.ts';
import type { Trivia } from './trivia.ts';

interface Target {
  readonly node: t.Identifier;
  readonly scope: Scope | null;
  /** Whether it replaces the identifier, which is otherwise read as well. */
  readonly replaces: boolean;
  readonly replace: (constant: string) => void;
}

/** Assignments to names of the top level, which are replaced if the name turns out to be a constant. */
export class ConstantTargets {
  readonly #edits: Edits;
  readonly #trivia: Trivia;
  readonly #targets: Target[] = [];

  constructor(edits: Edits, trivia: Trivia) {
    this.#edits = edits;
    this.#trivia = trivia;
  }

  /** Notes what `node`, which stands in `scope`, assigns to. */
  collect(
    node: t.AssignmentExpression | t.UpdateExpression | t.ForInStatement | t.ForOfStatement,
    scope: Scope | null,
  ): void {
    if (node.type === 'AssignmentExpression') {
      if (node.operator === '=') this.#pattern(node.left, scope);
      else this.#compound(node, scope);
    } else if (node.type === 'UpdateExpression') this.#pattern(node.argument, scope);
    else if (node.left.type !== 'VariableDeclaration') this.#pattern(node.left, scope);
  }

  /** The names of the top level that the cell assigns to. */
  assigned(): Set<string> {
    const names = new Set<string>();
    for (const { node, scope } of this.#targets) if (meansTopLevel(node.name, scope)) names.add(node.name);
    return names;
  }

  /** Makes the assignments to constants throw when they run. Returns the identifiers that are gone. */
  replace(isConstant: (name: string) => boolean): Set<t.Node> {
    const gone = new Set<t.Node>();
    for (const { node, scope, replaces, replace } of this.#targets) {
      if (!isConstant(node.name) || !meansTopLevel(node.name, scope)) continue;
      replace(`${HELPER}.constant.${node.name}`);
      if (replaces) gone.add(node);
    }
    return gone;
  }

  #pattern(node: t.Node, scope: Scope | null, key = ''): void {
    switch (node.type) {
      case 'Identifier': {
        const { start, end } = range(node);
        const replace = (constant: string): void => this.#edits.replace(start, end, `${key}${constant}`);
        this.#targets.push({ node, scope, replaces: true, replace });
        break;
      }
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
        this.#pattern(node.expression, scope, key);
        break;
      case 'ObjectPattern':
        for (const property of node.properties) {
          if (property.type === 'RestElement') this.#pattern(property.argument, scope);
          else if (property.shorthand && property.key.type === 'Identifier') {
            this.#pattern(property.value, scope, `${property.key.name}: `);
          } else this.#pattern(property.value, scope);
        }
        break;
      case 'ArrayPattern':
        for (const element of node.elements) if (element !== null) this.#pattern(element, scope);
        break;
      case 'AssignmentPattern':
        this.#pattern(node.left, scope, key);
        break;
      case 'RestElement':
        this.#pattern(node.argument, scope);
        break;
      default:
        break;
    }
  }

  /** `x += y` reads x first and `x ||= y` assigns only sometimes. */
  #compound(node: t.AssignmentExpression, scope: Scope | null): void {
    let left: t.Node = node.left;
    while (left.type === 'TSAsExpression' || left.type === 'TSNonNullExpression' || left.type === 'TSTypeAssertion') {
      left = left.expression;
    }
    if (left.type !== 'Identifier') return;
    const { start, end } = range(left);
    const replace = (constant: string): void => {
      const { operator } = node;
      const at = this.#edits.source.indexOf(operator, this.#operatorAfter(end, range(node.right).start, operator));
      const binary = operator.slice(0, -1);
      const logical = binary === '||' || binary === '&&' || binary === '??';
      if (!logical) this.#edits.insertBefore(start, `${constant} = `);
      this.#edits.replace(at, at + operator.length, logical ? `${binary} (${constant} =` : `${binary} (`);
      this.#edits.insertAfter(range(node).end, ')');
    };
    this.#targets.push({ node: left, scope, replaces: false, replace });
  }

  #operatorAfter(end: number, limit: number, operator: string): number {
    let at = this.#trivia.next(end);
    while (at < limit && !this.#edits.source.startsWith(operator, at)) at = this.#trivia.next(at + 1);
    return at;
  }
}
