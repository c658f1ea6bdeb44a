import type * as t from '@babel/types';
import { ConstantTargets } from './constants.ts';
import { Edits } from './edits.ts';
import { TypeEraser } from './erase.ts';
import { FunctionDeclarations, functionOf, type NamedFunction } from './functions.ts';
import { HELPER } from './helper.ts';
import {
  exportDefault,
  exportSpecifiers,
  importText,
  installsForImports,
  nameOf,
  packagesText,
  reexportText,
  requiredPackage,
  valueSpecifiers,
} from './modules.ts';
import { isConstant, type Kind, type Names } from './names.ts';
import { arrange, type Role } from './order.ts';
import type { ParsedCell } from './parse.ts';
import { References, type StoredNames } from './references.ts';
import { enter, type Scope, varReachesTop } from './scope.ts';
import { CellSyntaxError, placeOf } from './syntax-error.ts';
import { boundIdentifiers, forEachChild, range } from './syntax-tree.ts';
import { Trivia } from './trivia.ts';
import { VarStatements } from './var-statements.ts';

/** What no script can declare at its top level. */
const RESERVED = new Set(['undefined', 'NaN', 'Infinity', 'let', HELPER]);

/** Node 22 does not know `using` yet. */
const USING_IS_NATIVE = parses('{ using a = null }');

/** What an earlier pass over the source says about a text that was lowered from it. */
export interface Origin {
  readonly kinds: ReadonlyMap<string, Kind>;
}

/** One pass over one cell: erases its types, and turns its top level into what V8's replMode lets be declared again. */
export class CellPass {
  readonly edits: Edits;
  /** Names that the cell declares at its top level. */
  readonly kinds = new Map<string, Kind>();
  #awaits = false;
  readonly #code: string;
  readonly #cell: ParsedCell;
  readonly #known: Names;
  readonly #origin: Origin | null;
  readonly #eraser: TypeEraser;
  readonly #trivia: Trivia;
  readonly #constants: ConstantTargets;
  readonly #vars: VarStatements;
  readonly #references: References;
  readonly #strict: boolean;
  readonly #functions: FunctionDeclarations;
  readonly #imports: t.ImportDeclaration[] = [];
  /** `npm:…` that the cell requires. */
  readonly #packages = new Set<string>();
  /** Identifiers that stand for values, or may. */
  readonly #mentioned = new Set<string>();
  #lowerAt = -1;

  /** `origin` is null for a cell as it was written. */
  constructor(code: string, cell: ParsedCell, known: Names, stored: StoredNames, origin: Origin | null) {
    this.#code = code;
    this.#cell = cell;
    this.#known = known;
    this.#origin = origin;
    this.edits = new Edits(code);
    this.#trivia = new Trivia(code, cell.comments);
    this.#eraser = new TypeEraser(this.edits, this.#trivia);
    this.#constants = new ConstantTargets(this.edits, this.#trivia);
    this.#vars = new VarStatements(this.edits);
    this.#references = new References(this.edits, stored);
    this.#functions = new FunctionDeclarations(this.edits, this.#references, cell.body);
    this.#strict = cell.directives.some(({ value }) => value.value === 'use strict');
  }

  /** Offset of the first thing for which the cell must be lowered, or -1. */
  get lowerAt(): number {
    return this.#lowerAt;
  }

  /** Whether the script awaits at its top level, as imports do. */
  get awaits(): boolean {
    return this.#awaits;
  }

  /**
   * Returns whether the cell must be lowered by the TypeScript compiler first; then only `kinds` holds.
   * Throws CellSyntaxError.
   */
  run(): boolean {
    const { body, interpreter, expression } = this.#cell;
    // A hashbang is one only at the very start of a script.
    if (interpreter) this.edits.replace(range(interpreter).start, range(interpreter).start + 2, '//');
    if (expression !== null) {
      if (expression.extra?.parenthesized !== true && this.#code[range(expression).start] === '{') {
        this.edits.insertBefore(range(expression).start, '(');
        this.edits.insertAfter(range(expression).end, ')');
      }
      this.#visit(expression, null, null);
    }
    const roles = body.map((statement) => this.#topLevel(statement));
    if (this.#lowerAt >= 0) return true;
    const lastImport = roles.lastIndexOf('import');
    body.slice(0, Math.max(lastImport, 0)).forEach((statement, index) => {
      if (installsForImports(this.#code, statement)) roles[index] = 'import';
    });
    const isTaken = (name: string): boolean => {
      const kind = this.kinds.get(name);
      return kind !== undefined && kind !== 'var' && kind !== 'function';
    };
    for (const id of this.#functions.assignThoseOfBlocks(isTaken)) this.#declare(id, 'var');
    const unset = this.#unsetNames().map((name) => this.#references.stored(name));
    const prelude = `${packagesText(this.#packages)}${unset.length > 0 ? `let ${unset.join(', ')};` : ''}`;
    if (this.#packages.size > 0) this.#awaits = true;
    if (expression === null) arrange(this.edits, body, roles, prelude);
    else this.edits.insertBefore(0, prelude);
    for (const statement of this.#imports) {
      const { start, end } = range(statement);
      const isType = (name: string): boolean => !this.#mentioned.has(name) && this.edits.blanked(name);
      this.edits.replace(
        start,
        end,
        importText(statement, isType, (name) => this.#references.stored(name)),
      );
    }
    const kindOf = (name: string): Kind | undefined => this.kinds.get(name) ?? this.#known.kindOf(name);
    const replaced = this.#constants.replace((name) => isConstant(kindOf(name)));
    this.#references.rename((name) => kindOf(name) !== undefined, replaced);
    return false;
  }

  #topLevel(statement: t.Statement): Role {
    if (this.#erases(statement, null)) return 'nothing';
    const { start, end } = range(statement);
    switch (statement.type) {
      case 'ImportDeclaration':
        for (const { local } of valueSpecifiers(statement)) this.#declare(local, 'import');
        this.#imports.push(statement);
        this.#awaits = true;
        return 'import';
      case 'ExportAllDeclaration':
        this.#awaits = true;
        this.edits.replace(start, end, reexportText(statement));
        return 'import';
      case 'ExportNamedDeclaration':
        if (statement.source) {
          this.#awaits = true;
          this.edits.replace(start, end, reexportText(statement));
          return 'import';
        }
        if (!statement.declaration) {
          for (const { local } of exportSpecifiers(statement)) this.#mentioned.add(nameOf(local));
          this.edits.blank(start, end, ';');
          return 'nothing';
        }
        this.edits.blank(start, range(statement.declaration).start);
        return this.#topLevel(statement.declaration);
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement;
        const named = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
        if (named && declaration.id) {
          this.edits.blank(start, range(declaration).start);
          return this.#topLevel(declaration);
        }
        exportDefault(this.edits, this.#trivia, statement);
        this.#visit(declaration, statement, null);
        return 'code';
      }
      case 'TSExportAssignment':
        exportDefault(this.edits, this.#trivia, statement);
        this.#visit(statement.expression, statement, null);
        return 'code';
      case 'TSImportEqualsDeclaration':
        this.#declare(statement.id, 'import');
        if (statement.moduleReference.type !== 'TSExternalModuleReference') {
          this.#references.note(outermost(statement.moduleReference), null, null);
        } else this.#requires(statement.moduleReference);
        this.edits.replace(
          start,
          range(statement.moduleReference).start,
          `let ${this.#references.stored(statement.id.name)} = `,
        );
        return 'code';
      case 'VariableDeclaration':
        return this.#variables(statement);
      case 'FunctionDeclaration': {
        const named = functionOf(statement);
        return named === null ? 'code' : this.#function(named);
      }
      case 'ClassDeclaration':
        this.#class(statement);
        return 'code';
      case 'TSEnumDeclaration':
        this.#declare(statement.id, 'enum');
        return 'code';
      case 'TSModuleDeclaration':
        this.#declare(outermost(statement.id), 'namespace');
        return 'code';
      default:
        this.#visit(statement, null, null, true);
        return 'code';
    }
  }

  #variables(statement: t.VariableDeclaration): Role {
    if (statement.kind === 'var') {
      this.#visit(statement, null, null, true);
      return 'code';
    }
    const constant = statement.kind !== 'let';
    for (const { id } of statement.declarations) {
      for (const bound of boundIdentifiers(id)) this.#declare(bound, constant ? 'const' : 'let');
    }
    if (statement.kind === 'const') {
      const { start } = range(statement);
      this.edits.replace(start, start + 'const'.length, 'let  ');
    } else if (statement.kind !== 'let') {
      // A cell's own resources are released when it ends; only the compiler's lowering lets their names live on.
      this.#lower(statement);
    }
    this.#children(statement, null);
    return 'code';
  }

  #function(statement: NamedFunction): Role {
    if (!this.#functions.counts(statement)) {
      this.edits.blank(range(statement).start, range(statement).end, ';');
      return 'nothing';
    }
    this.#declare(statement.id, 'function');
    this.#functions.assign(statement, 'let ');
    this.#children(statement, null);
    return 'function';
  }

  #class(statement: t.ClassDeclaration): void {
    if (statement.id) {
      this.#declare(statement.id, 'class');
      const stored = this.#references.stored(statement.id.name);
      if (stored !== statement.id.name) {
        this.edits.insertBefore(range(statement).start, `let ${stored} = `);
        this.edits.insertAfter(range(statement).end, ';');
      }
    }
    this.#children(statement, null);
  }

  /** Records a name of the top level. */
  #declare(id: t.Identifier, kind: Kind): void {
    if (RESERVED.has(id.name)) throw this.#error(id, `Identifier '${id.name}' cannot be declared: the name is taken`);
    const before = this.kinds.get(id.name);
    if (before !== undefined && (before === 'import' || kind === 'import')) {
      // To the parser, which does not know values from types, an import may be a type.
      throw this.#error(id, `Identifier '${id.name}' has already been declared`);
    }
    if (before !== undefined && kind === 'var') return;
    this.kinds.set(id.name, kind);
  }

  #erases(node: t.Node, parent: t.Node | null): boolean {
    const fate = this.#eraser.erase(node, parent);
    if (fate === 'lower') this.#lower(node);
    return fate === 'erased';
  }

  #requires(node: t.CallExpression | t.TSExternalModuleReference): void {
    const required = requiredPackage(node);
    if (required !== null) this.#packages.add(required);
  }

  /** What the cell awaits is kept alive by the worker; see CellHelper. */
  #hold(by: 'hold' | 'holdEach', awaited: t.Expression): void {
    this.#awaits = true;
    const { start, end } = range(awaited);
    this.edits.insertBefore(start, `${HELPER}.${by}(`);
    this.edits.insertClosing(end, ')');
  }

  /** `erased`: the node's own types are gone already. */
  #visit(node: t.Node, parent: t.Node | null, scope: Scope | null, erased = false): void {
    if (!erased && this.#erases(node, parent)) return;
    switch (node.type) {
      case 'Identifier':
        this.#mentioned.add(node.name);
        this.#references.note(node, parent, scope);
        break;
      case 'VariableDeclarator':
        this.#references.noteFirstValue(node, scope);
        break;
      case 'ObjectProperty':
        this.#references.noteShorthand(node);
        break;
      case 'CallExpression':
        this.#requires(node);
        break;
      case 'ImportExpression':
        this.edits.replace(range(node).start, range(node).start + 'import'.length, `${HELPER}.import`);
        break;
      case 'AwaitExpression':
        if (varReachesTop(scope)) this.#hold('hold', node.argument);
        break;
      case 'MetaProperty':
        if (node.meta.name === 'import') this.edits.replace(range(node).start, range(node).end, `${HELPER}.meta`);
        return;
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
      case 'ExportAllDeclaration':
        throw this.#error(node, "'import' and 'export' may only appear at the top level");
      case 'RegExpLiteral':
        this.#checkRegExp(node);
        return;
      case 'VariableDeclaration':
        if (!USING_IS_NATIVE && (node.kind === 'using' || node.kind === 'await using')) this.#lower(node);
        if (node.kind !== 'var' || !varReachesTop(scope)) break;
        for (const { id } of node.declarations) {
          for (const bound of boundIdentifiers(id)) this.#declare(bound, 'var');
        }
        if (this.#vars.strip(node, parent)) return;
        break;
      case 'FunctionDeclaration':
        if (parent && !this.#strict && varReachesTop(scope)) {
          this.#functions.note(node, parent, scope);
        }
        break;
      case 'AssignmentExpression':
      case 'UpdateExpression':
      case 'ForInStatement':
        this.#constants.collect(node, scope);
        break;
      case 'ForOfStatement':
        if (node.await && varReachesTop(scope)) this.#hold('holdEach', node.right);
        this.#constants.collect(node, scope);
        break;
      default:
        break;
    }
    this.#children(node, scope);
  }

  #children(node: t.Node, scope: Scope | null): void {
    const inner = enter(node, scope);
    forEachChild(node, (child) => this.#visit(child, node, inner));
  }

  /** Names that start as undefined, before anything of the cell runs. */
  #unsetNames(): string[] {
    const unset: string[] = [];
    for (const [name, kind] of this.kinds) {
      if (kind === 'var' && this.#startsUnset(name, this.#origin?.kinds.get(name) ?? kind)) unset.push(name);
    }
    if (!this.#known.hasUnset) return unset;
    for (const name of this.#constants.assigned()) {
      if (this.kinds.has(name) || !this.#known.isUnset(name)) continue;
      this.kinds.set(name, 'var');
      unset.push(name);
    }
    return unset;
  }

  /** A `var` keeps the value that an earlier cell gave it. An enum is made anew; a namespace adds to what it can. */
  #startsUnset(name: string, kind: Kind): boolean {
    const before = this.#known.kindOf(name);
    if (before === undefined || kind === 'enum') return true;
    if (kind === 'var') return false;
    return before !== 'enum' && before !== 'namespace' && before !== 'class' && before !== 'function';
  }

  #lower(node: t.Node): void {
    if (this.#lowerAt < 0) this.#lowerAt = range(node).start;
  }

  #checkRegExp(node: t.RegExpLiteral): void {
    try {
      new RegExp(node.pattern, node.flags);
    } catch (error) {
      throw error instanceof SyntaxError ? this.#error(node, error.message) : error;
    }
  }

  #error(node: t.Node, message: string): CellSyntaxError {
    return new CellSyntaxError(message, this.#code, placeOf(this.#code, range(node).start));
  }
}

/** The name that a namespace declares: A of A.B.C. */
function outermost(id: t.Node): t.Identifier {
  let name = id;
  while (name.type === 'TSQualifiedName') name = name.left;
  if (name.type !== 'Identifier') throw new TypeError(`a namespace is named by an identifier, not by ${name.type}`);
  return name;
}

function parses(code: string): boolean {
  try {
    new Function(code);
    return true;
  } catch {
    return false;
  }
}
