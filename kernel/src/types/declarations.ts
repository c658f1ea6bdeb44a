import type * as t from '@babel/types';
import { boundIdentifiers } from '../language/syntax-tree.ts';

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

/** What the statements of a top level declare. */
export class Declarations {
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
