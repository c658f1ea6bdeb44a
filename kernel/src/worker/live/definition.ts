import type * as t from '@babel/types';
import { isFunction } from '../../language/syntax-tree.ts';
import { type Source, textOf } from './source.ts';

/** How something is written where it is defined. */
export interface Definition {
  /** `In[3]`, or the path of a file. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** All of its text. */
  readonly text: string;
  /** Of a function, from its type parameters to its type: `(a: number): string`. Of others, what precedes their value. */
  readonly head: string;
  /** What its JSDoc comment says. */
  readonly doc: string | null;
  /** The constructor of a class, if it has one of its own. */
  readonly init?: { readonly head: string; readonly doc: string | null };
}

type ClassNode = t.ClassDeclaration | t.ClassExpression;

/** What a comment may stand before, to speak of the function inside. */
const AROUND = new Set([
  'VariableDeclarator',
  'VariableDeclaration',
  'ExportNamedDeclaration',
  'ExportDefaultDeclaration',
  'AssignmentExpression',
  'ExpressionStatement',
  'ObjectProperty',
  'ClassProperty',
  'TSAsExpression',
  'TSSatisfiesExpression',
]);

/** The function or class that begins at an offset, or around it; undefined where there is none named `name`. */
export function definitionAt(source: Source, offset: number, name: string, isClass: boolean): Definition | undefined {
  let path: readonly t.Node[] = [];
  source.visit((ancestors) => {
    const node = ancestors.at(-1);
    if (isClass ? !isClassNode(node) : !isFunction(node)) return;
    if ((node?.start ?? 0) <= offset && offset <= (node?.end ?? 0)) path = ancestors;
  });
  const node = path.at(-1);
  if (node === undefined) return undefined;
  const written = ownName(node);
  if (written !== undefined && name !== '' && written !== name) return undefined;
  return define(source, node, path);
}

/** The declaration of a name at the top level. */
export function definitionOf(source: Source, name: string): Definition | undefined {
  let found: Definition | undefined;
  source.visit((path) => {
    const node = path.at(-1);
    const parent = path.at(-2);
    if (path.length > 4 || node?.type !== 'Identifier' || node.name !== name || parent === undefined) return;
    const declares =
      (parent.type === 'VariableDeclarator' && parent.id === node) ||
      (isDeclaration(parent) && parent.id === node) ||
      (parent.type.startsWith('Import') && 'local' in parent && parent.local === node);
    if (!declares) return;
    const value = parent.type === 'VariableDeclarator' ? parent.init : undefined;
    const defined = isFunction(value) || isClassNode(value) ? [...path.slice(0, -1), value] : path.slice(0, -1);
    found = define(source, defined.at(-1) ?? parent, defined);
  });
  return found;
}

function define(source: Source, node: t.Node, path: readonly t.Node[]): Definition {
  let outermost = path.length - 1;
  while (outermost > 0 && AROUND.has(path[outermost - 1]?.type ?? '')) outermost -= 1;
  const whole = path[outermost] ?? node;
  const init = isClassNode(node) ? constructorOf(source, node) : undefined;
  return {
    file: source.name,
    ...source.placeOf(node.start ?? 0),
    text: textOf(source, isFunction(node) || isClassNode(node) ? widest(path, outermost) : whole),
    head: headOf(source, node),
    doc: source.docBefore(commented(path, outermost).start ?? 0),
    ...(init !== undefined && { init }),
  };
}

/** What the comment of a definition stands before: in a declaration of many, one that is not the first has its own. */
function commented(path: readonly t.Node[], outermost: number): t.Node {
  const within = path.slice(outermost);
  const later = within.find((node, index) => {
    const around = within[index - 1];
    return around?.type === 'VariableDeclaration' && around.declarations[0] !== node;
  });
  const chosen = later ?? within[0];
  if (chosen === undefined) throw new RangeError('A path has a node.');
  return chosen;
}

/** The declaration around a function, if the function is all that is declared there. */
function widest(path: readonly t.Node[], outermost: number): t.Node {
  const within = path.slice(outermost);
  const many = within.findLastIndex((node) => node.type === 'VariableDeclaration' && node.declarations.length > 1);
  const chosen = within[many + 1];
  if (chosen === undefined) throw new RangeError('A path has a node.');
  return chosen;
}

function constructorOf(source: Source, node: ClassNode): Definition['init'] {
  const method = node.body.body.find((member) => member.type === 'ClassMethod' && member.kind === 'constructor');
  if (method === undefined) return undefined;
  return { head: headOf(source, method), doc: source.docBefore(method.start ?? 0) };
}

function headOf(source: Source, node: t.Node): string {
  if (!isFunction(node)) {
    const upTo = isClassNode(node) ? node.body.start : node.type === 'VariableDeclarator' ? node.id.end : node.end;
    return source.code.slice(node.start ?? 0, upTo ?? node.end ?? 0).trim();
  }
  const head = source.code
    .slice(node.start ?? 0, node.body.start ?? 0)
    .replace(/=>\s*$/, '')
    .trim();
  const key = 'key' in node ? node.key : 'id' in node ? node.id : undefined;
  const parameters = key
    ? head.slice((key.end ?? 0) - (node.start ?? 0)).trim()
    : head.replace(/^(?:async\b\s*)?(?:function\b\s*)?\*?\s*/, '');
  return parameters.startsWith('(') || parameters.startsWith('<') ? parameters : `(${parameters})`;
}

/** The name that a function or a class is written with, if it is a plain one. */
function ownName(node: t.Node): string | undefined {
  if ('id' in node && node.id?.type === 'Identifier') return node.id.name;
  if ('key' in node && node.key.type === 'Identifier' && 'computed' in node && !node.computed) {
    return 'kind' in node && (node.kind === 'get' || node.kind === 'set')
      ? `${node.kind} ${node.key.name}`
      : node.key.name;
  }
  return undefined;
}

function isClassNode(node: t.Node | null | undefined): node is ClassNode {
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression';
}

function isDeclaration(node: t.Node): node is t.FunctionDeclaration | t.ClassDeclaration | t.TSEnumDeclaration {
  return node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' || node.type === 'TSEnumDeclaration';
}
