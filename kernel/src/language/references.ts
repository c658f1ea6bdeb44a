import type * as t from '@babel/types';
import type { Edits } from './edits.ts';
import type { ForgottenNames } from './forgotten.ts';
import { meansTopLevel, type Scope } from './scope.ts';
import { range } from './syntax-tree.ts';

/**
 * Stands behind the name of a variable that a cell declares over a global of the runtime, `process` for instance. V8's
 * modules all see what a script declares, so that a cell's own `process` would be that of every package and of the worker.
 * A zero-width non-joiner may be part of a name and is not seen where the name is printed.
 */
export const MARK = '\u200c';

/** Under which names V8 keeps the variables of the cells. */
export class StoredNames {
  readonly #guarded = guardedNames();
  readonly #forgotten: ForgottenNames;
  readonly #added: ReadonlyMap<string, string>;

  /** `added`: what is no user's and kept under quite another name. */
  constructor(forgotten: ForgottenNames, added: ReadonlyMap<string, string> = new Map()) {
    this.#forgotten = forgotten;
    this.#added = added;
  }

  of(name: string): string {
    const added = this.#added.get(name);
    if (added !== undefined) return added;
    return name + MARK.repeat(Math.max(this.#guarded.has(name) ? 1 : 0, this.#forgotten.marks(name)));
  }

  differs(name: string): boolean {
    return this.#guarded.has(name) || this.#forgotten.has(name) || this.#added.has(name);
  }

  /** Whether a cell never means what the runtime calls so: the name is the cells' alone, or means nothing any more. */
  isCells(name: string): boolean {
    return OF_CELLS.has(name) || (this.#forgotten.has(name) && !this.#guarded.has(name));
  }
}

/** Globals of other runtimes, by which packages find out where they are. */
const TELLTALES = [
  'window',
  'document',
  'self',
  'Deno',
  'Bun',
  'define',
  'exports',
  'module',
  'require',
  'importScripts',
];

/** Of those, what the kernel gives to the cells, and no package sees. */
const OF_CELLS: ReadonlySet<string> = new Set(['Deno']);

/** The names that V8 keeps under another one if a cell declares them. */
function guardedNames(): ReadonlySet<string> {
  return new Set([...Object.getOwnPropertyNames(globalThis), ...TELLTALES]);
}

interface Reference {
  readonly node: t.Identifier;
  readonly scope: Scope | null;
}

/** The places of a cell that name a variable which may be stored under another name. */
export class References {
  readonly #edits: Edits;
  readonly #stored: StoredNames;
  readonly #found: Reference[] = [];
  readonly #firstValues: (Reference & { readonly value: t.Expression })[] = [];
  /** Values of `{ name }`, which become `{ name: stored }`. */
  readonly #shorthands = new Set<t.Node>();

  constructor(edits: Edits, stored: StoredNames) {
    this.#edits = edits;
    this.#stored = stored;
  }

  /** What V8 knows the cell's own `name` by. */
  stored(name: string): string {
    return this.#stored.of(name);
  }

  note(node: t.Identifier, parent: t.Node | null, scope: Scope | null): void {
    if (this.#stored.differs(node.name) && !isLabel(node, parent)) this.#found.push({ node, scope });
  }

  noteShorthand({ shorthand, value }: t.ObjectProperty): void {
    if (shorthand) this.#shorthands.add(value.type === 'AssignmentPattern' ? value.left : value);
  }

  /** A function without a name is called what the variable is called that it is the first value of. */
  noteFirstValue({ id, init }: t.VariableDeclarator, scope: Scope | null): void {
    if (id.type !== 'Identifier' || !this.#stored.differs(id.name) || !init) return;
    const nameless = init.type === 'ArrowFunctionExpression' || ('id' in init && !init.id);
    if (nameless) this.#firstValues.push({ node: id, value: init, scope });
  }

  /** Renames what means a variable of the user's. `done` are those that have been replaced already. */
  rename(isUsers: (name: string) => boolean, done: ReadonlySet<t.Node>): void {
    for (const { node, scope } of this.#found) {
      const means = isUsers(node.name) || this.#stored.isCells(node.name);
      if (done.has(node) || !means || !meansTopLevel(node.name, scope)) continue;
      const { start } = range(node);
      if (this.#shorthands.has(node)) this.#edits.insertBefore(start, `${node.name}: `);
      const stored = this.stored(node.name);
      if (!this.#edits.source.startsWith(node.name, start)) this.#edits.replace(start, range(node).end, stored);
      else if (!stored.startsWith(node.name)) this.#edits.replace(start, start + node.name.length, stored);
      else this.#edits.insertAfter(start + node.name.length, stored.slice(node.name.length));
    }
    for (const { node, value, scope } of this.#firstValues) {
      if (!isUsers(node.name) || !meansTopLevel(node.name, scope)) continue;
      this.#edits.insertBefore(range(value).start, `{ ${node.name}: `);
      this.#edits.insertAfter(range(value).end, ` }.${node.name}`);
    }
  }
}

/** Whether an identifier names something else than a variable. */
function isLabel(node: t.Identifier, parent: t.Node | null): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return parent.property === node && !parent.computed;
    case 'ObjectProperty':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassProperty':
      return parent.key === node && !parent.computed;
    case 'FunctionDeclaration':
      return parent.id === node;
    case 'PrivateName':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return true;
    default:
      return false;
  }
}
