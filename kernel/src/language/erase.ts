import type * as t from '@babel/types';
import type { Edits } from './edits.ts';
import { range } from './syntax-tree.ts';
import type { Trivia } from './trivia.ts';

/**
 * What becomes of a node: `keep` it and go on with its children, it is `erased` with them, or it means something at run
 * time that is no JavaScript and the cell must be `lower`ed.
 */
export type Fate = 'keep' | 'erased' | 'lower';

const MODIFIERS = new Set(['public', 'private', 'protected', 'readonly', 'override', 'abstract', 'declare']);
const WORD = /[a-z]+/y;
/** What would go on with an expression in JavaScript, where TypeScript ended it with the line. */
const CONTINUES = new Set(['(', '[', '`']);

/** Erases TypeScript's syntax by blanks, so that everything else stays where it is. */
export class TypeEraser {
  readonly #edits: Edits;
  readonly #trivia: Trivia;
  /** Types that were blanked together with what stands around them. */
  readonly #done = new Set<t.Node>();

  constructor(edits: Edits, trivia: Trivia) {
    this.#edits = edits;
    this.#trivia = trivia;
  }

  /** Erases what `node` itself says in types. */
  erase(node: t.Node, parent: t.Node | null): Fate {
    switch (node.type) {
      case 'Identifier':
        if (node.optional) this.#optionalParameter(node);
        return 'keep';
      case 'VariableDeclaration':
        return node.declare ? this.#statement(node) : 'keep';
      case 'VariableDeclarator':
        if (node.definite && node.id.type === 'Identifier') {
          const mark = this.#trivia.next(range(node.id).start + node.id.name.length);
          if (this.#edits.source[mark] === '!') this.#edits.blank(mark, mark + 1);
        }
        return 'keep';
      case 'ImportDeclaration':
        return node.importKind === 'type' ? this.#statement(node) : 'keep';
      case 'ExportNamedDeclaration':
        return this.#export(node);
      case 'ExportAllDeclaration':
        return node.exportKind === 'type' ? this.#statement(node) : 'keep';
      case 'ExportDefaultDeclaration':
        return node.declaration.type === 'TSDeclareFunction' || isTypeOnly(node.declaration)
          ? this.#statement(node)
          : 'keep';
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ObjectMethod':
        this.#thisParameter(node);
        return 'keep';
      case 'ArrowFunctionExpression':
        this.#arrow(node);
        return 'keep';
      case 'ClassDeclaration':
        if (node.declare) return this.#statement(node);
        return this.#class(node);
      case 'ClassExpression':
        return this.#class(node);
      case 'ClassMethod':
      case 'ClassPrivateMethod':
      case 'ClassProperty':
      case 'ClassPrivateProperty':
        return this.#member(node);
      case 'ClassAccessorProperty':
      case 'Decorator':
      case 'TSParameterProperty':
      case 'JSXElement':
      case 'JSXFragment':
        return 'lower';
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
        return isTypeOnly(node) ? this.#statement(node) : 'lower';
      case 'TSImportEqualsDeclaration':
        return isTypeOnly(node) ? this.#statement(node) : 'keep';
      case 'TSDeclareFunction':
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
      case 'TSNamespaceExportDeclaration':
        return this.#statement(node);
      case 'TSDeclareMethod':
      case 'TSIndexSignature':
        return this.#statement(node);
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        this.#assertion(node, parent);
        return 'keep';
      case 'TSTypeAssertion':
        this.#prefixAssertion(node);
        return 'keep';
      case 'TSNonNullExpression':
        this.#edits.blank(range(node).end - 1, range(node).end);
        return 'keep';
      case 'TSInstantiationExpression':
      case 'TSExportAssignment':
        return 'keep';
      case 'TSTypeAnnotation':
      case 'TSTypeParameterDeclaration':
      case 'TSTypeParameterInstantiation':
        if (!this.#done.has(node)) this.#edits.blank(range(node).start, range(node).end);
        return 'erased';
      default:
        // Any other node of TypeScript's is a type inside of one of those above, and gone with it.
        return node.type.startsWith('TS') ? 'erased' : 'keep';
    }
  }

  /** A statement or a member of a class; the semicolon keeps those around it apart. */
  #statement(node: t.Node): Fate {
    this.#edits.blank(range(node).start, range(node).end, ';');
    return 'erased';
  }

  #export(node: t.ExportNamedDeclaration): Fate {
    if (node.exportKind === 'type') return this.#statement(node);
    const { declaration } = node;
    if (!declaration) return 'keep';
    const declares =
      declaration.type === 'TSDeclareFunction' ||
      isTypeOnly(declaration) ||
      ('declare' in declaration && declaration.declare === true);
    return declares ? this.#statement(node) : 'keep';
  }

  #optionalParameter(node: t.Identifier): void {
    const annotation = node.typeAnnotation;
    const after = annotation ? this.#trivia.previous(range(annotation).start) : range(node).end;
    this.#edits.blank(after - 1, after);
  }

  /** `this: T` is a parameter for the compiler only. */
  #thisParameter(node: t.Function): void {
    const [first] = node.params;
    if (first?.type !== 'Identifier' || first.name !== 'this') return;
    const { start, end } = range(first);
    const comma = this.#trivia.next(end);
    // The annotation of the parameter is a node of its own and is blanked by itself.
    this.#edits.blank(start, first.typeAnnotation ? range(first.typeAnnotation).start : end);
    if (this.#edits.source[comma] === ',') this.#edits.blank(comma, comma + 1);
  }

  /** No line may end between the parameters and `=>`, nor between `async` or `return` and the parameters. */
  #arrow(node: t.ArrowFunctionExpression): void {
    const { returnType, typeParameters } = node;
    if (returnType) {
      const { start, end } = range(returnType);
      if (this.#trivia.spansLines(start, end)) {
        const paren = this.#trivia.previous(start) - 1;
        this.#edits.blank(paren, paren + 1);
        this.#edits.blank(start, end, '', ')');
        this.#done.add(returnType);
      }
    }
    if (typeParameters) {
      const { start, end } = range(typeParameters);
      const paren = this.#trivia.next(end);
      if (this.#trivia.spansLines(start, paren)) {
        this.#edits.blank(start, end, '(');
        this.#done.add(typeParameters);
        this.#edits.blank(paren, paren + 1);
      }
    }
  }

  #class(node: t.Class): Fate {
    const { start } = range(node);
    if (node.type === 'ClassDeclaration' && node.abstract) this.#edits.blank(start, start + 'abstract'.length);
    const [first] = node.implements ?? [];
    if (first) {
      const keywordEnd = this.#trivia.previous(range(first).start);
      this.#edits.blank(keywordEnd - 'implements'.length, range(node.body).start);
    }
    return 'keep';
  }

  #member(node: t.ClassMethod | t.ClassPrivateMethod | t.ClassProperty | t.ClassPrivateProperty): Fate {
    const isProperty = node.type === 'ClassProperty' || node.type === 'ClassPrivateProperty';
    if (isProperty && 'declare' in node && node.declare) return this.#statement(node);
    if ('abstract' in node && node.abstract) return this.#statement(node);
    this.#modifiers(node);
    if (node.type !== 'ClassProperty' && node.type !== 'ClassPrivateProperty') this.#thisParameter(node);
    const optional = 'optional' in node && node.optional;
    const definite = 'definite' in node && node.definite;
    const annotated = isProperty && 'typeAnnotation' in node && node.typeAnnotation;
    // `get: T` and a method in the next line would be a getter: a field without a value is ended where its type began.
    const end = isProperty && !node.value ? ';' : '';
    if (optional || definite) {
      const mark = this.#afterKey(node);
      this.#edits.blank(mark, mark + 1, end);
    } else if (annotated && end !== '') {
      const { start } = range(annotated);
      this.#edits.blank(start, range(annotated).end, end);
      this.#done.add(annotated);
    }
    return 'keep';
  }

  #afterKey(node: t.ClassMethod | t.ClassPrivateMethod | t.ClassProperty | t.ClassPrivateProperty): number {
    let at = this.#trivia.next(range(node.key).end);
    if (!('computed' in node) || !node.computed) return at;
    while (this.#edits.source[at] === ')') at = this.#trivia.next(at + 1);
    return this.#trivia.next(at + 1);
  }

  #modifiers(node: t.ClassMethod | t.ClassPrivateMethod | t.ClassProperty | t.ClassPrivateProperty): void {
    const { start } = range(node);
    const end = range(node.key).start;
    let at = start;
    while (at < end) {
      WORD.lastIndex = at;
      const word = WORD.exec(this.#edits.source)?.[0];
      if (word === undefined) return;
      // A member that begins with a bracket or a star would go on with the field before it.
      if (MODIFIERS.has(word)) this.#edits.blank(at, at + word.length, at === start ? ';' : '');
      at = this.#trivia.next(at + word.length);
    }
  }

  #assertion(node: t.TSAsExpression | t.TSSatisfiesExpression, parent: t.Node | null): void {
    const { end } = range(node);
    let keyword = this.#trivia.next(range(node.expression).end);
    while (this.#edits.source[keyword] === ')') keyword = this.#trivia.next(keyword + 1);
    const next = this.#trivia.next(end);
    const runsOn = CONTINUES.has(this.#edits.source.charAt(next)) && this.#trivia.spansLines(end, next);
    this.#edits.blank(keyword, end, runsOn ? ';' : '');
    if (regroups(node, parent)) {
      this.#edits.insertBefore(range(node.expression).start, '(');
      this.#edits.insertAfter(range(node.expression).end, ')');
    }
  }

  #prefixAssertion(node: t.TSTypeAssertion): void {
    const { start, end } = range(node);
    const bracket = this.#trivia.next(range(node.typeAnnotation).end);
    this.#edits.blank(start, bracket + 1, '(');
    this.#edits.insertAfter(end, ')');
  }
}

const PRECEDENCE: Readonly<Record<string, number>> = {
  '??': 1,
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '===': 6,
  '!==': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  in: 7,
  instanceof: 7,
  '<<': 8,
  '>>': 8,
  '>>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '**': 11,
};

/** `a + b as T * c` is `(a + b) * c`: without the assertion it would be read otherwise. */
function regroups(node: t.TSAsExpression | t.TSSatisfiesExpression, parent: t.Node | null): boolean {
  if (parent?.type !== 'BinaryExpression' || parent.left !== node || node.extra?.parenthesized) return false;
  const inner = node.expression;
  if (inner.type !== 'BinaryExpression' || inner.extra?.parenthesized) return false;
  return (PRECEDENCE[parent.operator] ?? 0) > (PRECEDENCE[inner.operator] ?? 0);
}

/** Whether a declaration leaves nothing at run time. */
export function isTypeOnly(node: t.Node): boolean {
  switch (node.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return true;
    case 'TSEnumDeclaration':
      return node.declare === true;
    case 'TSImportEqualsDeclaration':
      return node.importKind === 'type';
    case 'TSModuleDeclaration':
      if (node.declare || node.kind !== 'namespace') return true;
      return node.body.type === 'TSModuleBlock' && node.body.body.every(leavesNothing);
    default:
      return false;
  }
}

function leavesNothing(statement: t.Statement): boolean {
  if (statement.type === 'ExportNamedDeclaration') {
    return statement.exportKind === 'type' || (statement.declaration ? leavesNothing(statement.declaration) : false);
  }
  if (statement.type === 'EmptyStatement' || statement.type === 'TSDeclareFunction') return true;
  return isTypeOnly(statement) || ('declare' in statement && statement.declare === true);
}
