import type * as t from '@babel/types';
import type { Edits } from './edits.ts';
import { range } from './syntax-tree.ts';

/** Makes assignments of `var` statements whose names are declared at the top of the script. */
export class VarStatements {
  readonly #edits: Edits;

  constructor(edits: Edits) {
    this.#edits = edits;
  }

  /** Strips the keyword. Returns whether nothing is left of the statement. */
  strip(node: t.VariableDeclaration, parent: t.Node | null): boolean {
    const { start, end } = range(node);
    const [first] = node.declarations;
    const last = node.declarations.at(-1);
    if (first === undefined || last === undefined) return false;
    const keywordEnd = start + 'var'.length;
    if (parent?.type === 'ForInStatement' || parent?.type === 'ForOfStatement') {
      if (parent.left === node) {
        this.#forHead(first, parent.right, keywordEnd);
        return false;
      }
    }
    if (parent?.type === 'ForStatement' && parent.init === node) {
      this.#edits.blank(start, keywordEnd);
      return false;
    }
    if (node.declarations.every(({ init }) => !init)) {
      this.#edits.blank(start, end, ';');
      return true;
    }
    this.#edits.blank(start, keywordEnd, isList(parent) ? ';' : '');
    if (first.id.type === 'ObjectPattern') {
      this.#edits.insertBefore(range(first).start, '(');
      this.#edits.insertAfter(range(last).end, ')');
    }
    // `var a = 1, b` ends with its line, `a = 1, b` does not.
    if (this.#edits.source[end - 1] !== ';') this.#edits.insertAfter(end, ';');
    return false;
  }

  #forHead(declarator: t.VariableDeclarator, right: t.Expression, keywordEnd: number): void {
    const { start } = range(declarator);
    this.#edits.blank(keywordEnd - 'var'.length, keywordEnd);
    const { id, init } = declarator;
    if (id.type !== 'Identifier') return;
    if (id.name === 'async') {
      this.#edits.insertBefore(start, '(');
      this.#edits.insertAfter(range(id).end, ')');
    }
    if (!init) return;
    // `for (var i = 0 in o)`, which scripts may still say, is `for (i in (i = 0, o))`.
    this.#edits.insertBefore(range(id).end, `(${id.name}`);
    this.#edits.insertAfter(range(init).end, ', ');
    this.#edits.move(range(id).end, range(init).end, range(right).start);
    this.#edits.insertAfter(range(right).end, ')');
  }
}

/** Whether statements stand one after the other in `parent`; null is the top level. */
function isList(parent: t.Node | null): boolean {
  switch (parent?.type) {
    case undefined:
    case 'BlockStatement':
    case 'StaticBlock':
    case 'SwitchCase':
      return true;
    default:
      return false;
  }
}
