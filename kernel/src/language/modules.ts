import type * as t from '@babel/types';
import { isPackageSpecifier } from '../packages/specifier.ts';
import type { Edits } from './edits.ts';
import { HELPER } from './helper.ts';
import { boundIdentifiers, range } from './syntax-tree.ts';
import type { Trivia } from './trivia.ts';

export const nameOf = (name: t.Identifier | t.StringLiteral): string =>
  name.type === 'Identifier' ? name.name : name.value;

function awaitImport(
  source: t.StringLiteral,
  attributes: readonly t.ImportAttribute[],
  names: readonly string[],
): string {
  const given = attributes.map(({ key, value }) => `${JSON.stringify(nameOf(key))}: ${JSON.stringify(value.value)}`);
  const options = given.length > 0 ? `{ with: { ${given.join(', ')} } }` : 'void 0';
  const specifier = JSON.stringify(source.value);
  if (names.length > 0) return `await ${HELPER}.import(${specifier}, ${options}, ${JSON.stringify(names)})`;
  return given.length > 0 ? `await ${HELPER}.import(${specifier}, ${options})` : `await ${HELPER}.import(${specifier})`;
}

/** What `require` is given, if that is a package of a registry that is named in the text. */
export function requiredPackage(node: t.CallExpression | t.TSExternalModuleReference): string | null {
  if (node.type === 'CallExpression' && !(node.callee.type === 'Identifier' && node.callee.name === 'require'))
    return null;
  const source = node.type === 'CallExpression' ? node.arguments[0] : node.expression;
  return source?.type === 'StringLiteral' && isPackageSpecifier(source.value) ? source.value : null;
}

/** Makes ready what the cell requires: `require` itself cannot wait until it is installed. */
export function packagesText(required: ReadonlySet<string>): string {
  return required.size === 0 ? '' : `await ${HELPER}.packages(${JSON.stringify([...required])});`;
}

const INSTALLS = new RegExp(
  `await (?:${HELPER}\\.hold\\()?${HELPER}\\.commands\\.run\\("npm", "(?:i|in|add|install|ci|clean-install)\\b`,
  'y',
);

/** Whether a statement is a `%npm install`: the imports that follow it in the cell are of what it installs. */
export function installsForImports(code: string, statement: t.Statement): boolean {
  INSTALLS.lastIndex = range(statement).start;
  return statement.type === 'ExpressionStatement' && INSTALLS.test(code);
}

/** The specifiers of an import that stand for values. */
export function valueSpecifiers(node: t.ImportDeclaration): t.ImportDeclaration['specifiers'] {
  return node.specifiers.filter((specifier) => specifier.type !== 'ImportSpecifier' || specifier.importKind !== 'type');
}

/** The names of values that a statement of the top level makes. */
export function declaredValues(statement: t.Statement): string[] {
  if ('declare' in statement && statement.declare === true) return [];
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => boundIdentifiers(id)).map(({ name }) => name);
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id ? [statement.id.name] : [];
    case 'ExportNamedDeclaration':
      return statement.declaration ? declaredValues(statement.declaration) : [];
    case 'ImportDeclaration':
      return valueSpecifiers(statement).map(({ local }) => local.name);
    default:
      return [];
  }
}

/**
 * `import d, { a as b } from 'x'` as a declaration. An import of nothing but types leaves nothing. A name that the cell
 * mentions in types only need not be exported by the module: it may be a type that was imported as a value. `stored`
 * gives what V8 knows a name by.
 */
export function importText(
  node: t.ImportDeclaration,
  isType: (name: string) => boolean,
  stored: (name: string) => string,
): string {
  const specifiers = valueSpecifiers(node);
  if (specifiers.length === 0 && node.specifiers.length > 0) return ';';
  const names: string[] = [];
  const bindings: string[] = [];
  let namespace = '';
  for (const specifier of specifiers) {
    if (specifier.type === 'ImportNamespaceSpecifier') {
      namespace = stored(specifier.local.name);
      continue;
    }
    const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
    if (!isType(specifier.local.name)) names.push(name);
    bindings.push(`${JSON.stringify(name)}: ${stored(specifier.local.name)}`);
  }
  const value = awaitImport(node.source, node.attributes ?? [], names);
  if (specifiers.length === 0) return `${value};`;
  const pattern = `{ ${bindings.join(', ')} }`;
  if (namespace === '') return `let ${pattern} = ${value};`;
  return bindings.length === 0
    ? `let ${namespace} = ${value};`
    : `let ${namespace} = ${value}, ${pattern} = ${namespace};`;
}

/** The specifiers of an export that stand for values. */
export function exportSpecifiers(node: t.ExportNamedDeclaration): t.ExportSpecifier[] {
  return node.specifiers.flatMap((specifier) =>
    specifier.type === 'ExportSpecifier' && specifier.exportKind !== 'type' ? [specifier] : [],
  );
}

/** `export … from 'x'`: nobody imports a cell, so what is left of it is that the module is loaded and has the names. */
export function reexportText(node: t.ExportNamedDeclaration | t.ExportAllDeclaration): string {
  if (!node.source) return ';';
  const specifiers = node.type === 'ExportNamedDeclaration' ? exportSpecifiers(node) : [];
  const names = specifiers.map(({ local }) => nameOf(local));
  return `${awaitImport(node.source, node.attributes ?? [], names)};`;
}

/** `export default x` and `export = x` are expressions: their value is the cell's result. */
export function exportDefault(
  edits: Edits,
  trivia: Trivia,
  node: t.ExportDefaultDeclaration | t.TSExportAssignment,
): void {
  const { start, end } = range(node);
  const second = trivia.next(start + 'export'.length);
  edits.blank(start, second + (node.type === 'TSExportAssignment' ? '='.length : 'default'.length), ';(');
  const ended = edits.source[end - 1] === ';';
  edits.insertAfter(ended ? end - 1 : end, ended ? ')' : ');');
}
