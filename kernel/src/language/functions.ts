import type * as t from '@babel/types';
import type { Edits } from './edits.ts';
import type { References } from './references.ts';
import { namesOf, type Scope } from './scope.ts';
import { range } from './syntax-tree.ts';

/** A function that has a name. */
export type NamedFunction = t.FunctionDeclaration & { readonly id: t.Identifier };

interface InBlock {
  readonly node: NamedFunction;
  readonly parent: t.Node;
  readonly scope: Scope | null;
}

/** Makes values of variables of the functions that a cell declares. */
export class FunctionDeclarations {
  readonly #edits: Edits;
  readonly #references: References;
  /** The last function of each name: it is the one that counts. */
  readonly #last = new Map<string, t.FunctionDeclaration>();
  readonly #inBlocks: InBlock[] = [];

  constructor(edits: Edits, references: References, body: readonly t.Statement[]) {
    this.#edits = edits;
    this.#references = references;
    for (const statement of body) {
      const declaration = functionOf(statement);
      if (declaration !== null) this.#last.set(declaration.id.name, declaration);
    }
  }

  /** Whether no later function of the cell has its name. */
  counts(node: NamedFunction): boolean {
    return this.#last.get(node.id.name) === node;
  }

  /** Turns it into an assignment of a function that is called what it was called; `declares` stands before that. */
  assign(node: NamedFunction, declares: string): void {
    const { start, end } = range(node);
    const { name } = node.id;
    const keyword = this.#edits.source.slice(start, range(node.id).start);
    const stored = this.#references.stored(name);
    const plain = stored === name;
    this.#edits.replace(start, range(node.id).end, `${declares}${stored} = ${plain ? '' : `{ ${name}: `}${keyword}`);
    this.#edits.insertAfter(end, plain ? ';' : ` }.${name};`);
  }

  /** Notes a function in a block of the top level. */
  note(node: t.FunctionDeclaration, parent: t.Node, scope: Scope | null): void {
    if (isNamed(node) && !node.async && !node.generator) this.#inBlocks.push({ node, parent, scope });
  }

  /**
   * Sloppy code knows functions of blocks outside of them: they are assigned where their block begins, unless a name that
   * is not theirs is in the way. `isTaken` tells whether the top level has one. Returns what has become a variable.
   */
  assignThoseOfBlocks(isTaken: (name: string) => boolean): t.Identifier[] {
    const assigned: t.Identifier[] = [];
    for (const { node, parent, scope } of this.#inBlocks) {
      if (isTaken(node.id.name) || isShadowed(node.id.name, parent, scope)) continue;
      assigned.push(node.id);
      this.assign(node, '');
      if (parent.type !== 'BlockStatement') continue;
      const first = parent.body.find((statement) => statement.type !== 'FunctionDeclaration');
      const { start, end } = range(node);
      const to = first === undefined ? end : range(first).start;
      if (to < start) this.#edits.move(start, end, to);
    }
    return assigned;
  }
}

/** The named function that a statement of the top level declares. */
export function functionOf(statement: t.Statement): NamedFunction | null {
  let declaration: t.Node | null | undefined = statement;
  if (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') {
    declaration = statement.declaration;
  }
  return declaration?.type === 'FunctionDeclaration' && isNamed(declaration) ? declaration : null;
}

function isNamed(node: t.FunctionDeclaration): node is NamedFunction {
  return Boolean(node.id);
}

/** Whether a name of a function in a block is another one's in a block around it. */
function isShadowed(name: string, parent: t.Node, scope: Scope | null): boolean {
  let outer = parent.type === 'BlockStatement' || parent.type === 'SwitchCase' ? (scope?.parent ?? null) : scope;
  for (; outer !== null; outer = outer.parent) if (namesOf(outer).has(name)) return true;
  return false;
}
