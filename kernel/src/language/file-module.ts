import type * as t from '@babel/types';
import { Edits, samePlace } from './edits.ts';
import { TypeEraser } from './erase.ts';
import { type CompilerOptions, type FileFormat, type Lowered, lowerFile, prepareToLower } from './lower.ts';
import { declaredValues, exportSpecifiers, nameOf, valueSpecifiers } from './modules.ts';
import { type ParsedCell, parseCell } from './parse.ts';
import { forEachChild, range } from './syntax-tree.ts';
import { Trivia } from './trivia.ts';

/** A file of TypeScript or JSX as Node loads it. */
export interface FileModule extends Lowered {
  readonly format: FileFormat;
}

/** What a module of CommonJS says, where nothing is imported or exported. */
const COMMON_JS = ['require', 'module', 'exports', '__filename', '__dirname'];

/** What files know that import and export, but are made for a compiler that makes CommonJS of them. */
const OF_COMMON_JS: Readonly<Record<string, string>> = {
  __dirname: 'import.meta.dirname',
  __filename: 'import.meta.filename',
  require: "process.getBuiltinModule('node:module').createRequire(import.meta.url)",
};

/** `import x = require('y')` and `export = x`, which a cell understands otherwise than a file does. */
const COMMON_JS_SYNTAX: ReadonlySet<string> = new Set(['TSImportEqualsDeclaration', 'TSExportAssignment']);

/**
 * Turns a file into JavaScript that means what the project's own compiler would make of it. Where types can just be erased
 * all else stays where it is; any other file is compiled by TypeScript 6.
 * @param options Asked for where they count
 * @throws CellSyntaxError with the place in the file
 */
export function fileModule(fileName: string, source: string, options: () => CompilerOptions): FileModule {
  const jsx = /\.[jt]sx$/.test(fileName);
  const parsed = parseCell(source, { jsx });
  const pass = new FilePass(source, parsed);
  const format = pass.isModule && !fileName.endsWith('.cts') ? 'module' : 'commonjs';
  const { lowerAt } = pass;
  const prelude = format === 'module' ? pass.prelude : '';
  if (lowerAt < 0) {
    const code = pass.finish(() => options().verbatimModuleSyntax);
    return { format, code: behind(prelude, code), position: samePlace };
  }
  prepareToLower(source, parsed, lowerAt, options());
  const { code, position } = lowerFile(source, fileName, format, options());
  return { format, code: behind(prelude, code), position };
}

/** A hashbang is one only at the very start. */
function behind(prelude: string, code: string): string {
  return prelude === '' ? code : prelude + code.replace(/^#!/, '//');
}

/** One pass over a file: erases its types, and what is imported for them. */
class FilePass {
  readonly #edits: Edits;
  readonly #eraser: TypeEraser;
  readonly #imports: t.ImportDeclaration[] = [];
  readonly #exports: t.ExportNamedDeclaration[] = [];
  /** Names that stand for values, or may. */
  readonly #mentioned = new Set<string>();
  readonly #types = new Set<string>();
  /** Names of values that the file declares at its top level. */
  readonly #values: ReadonlySet<string>;
  #isModule = false;
  #isCommonJs = false;
  #lowerAt = -1;

  constructor(source: string, { body, comments, expression }: ParsedCell) {
    this.#edits = new Edits(source);
    this.#values = new Set(body.flatMap(declaredValues));
    this.#eraser = new TypeEraser(this.#edits, new Trivia(source, comments));
    for (const node of expression === null ? body : [expression]) this.#visit(node, null);
    // Only the compiler tells types from values that are exported under their name later on.
    for (const node of this.#exports) {
      const isType = exportSpecifiers(node).some(
        ({ local }) => this.#types.has(nameOf(local)) && !this.#values.has(nameOf(local)),
      );
      if (isType) this.#lower(node);
    }
  }

  /** Whether it is an ECMAScript module, rather than one of CommonJS. */
  get isModule(): boolean {
    return !this.#isCommonJs && (this.#isModule || !COMMON_JS.some((name) => this.#mentioned.has(name)));
  }

  /** What is to stand before a module, on its first line, so that all others stay where they are. */
  get prelude(): string {
    const used = Object.entries(OF_COMMON_JS).filter(([name]) => this.#mentioned.has(name) && !this.#values.has(name));
    return used.map(([name, value]) => `const ${name} = ${value};`).join('');
  }

  /** Offset of the first thing for which the file must be compiled, or -1. */
  get lowerAt(): number {
    return this.#lowerAt;
  }

  /** The text without types. `verbatim`: whether imports that no value is made of stand all the same. */
  finish(verbatim: () => boolean): string {
    for (const node of this.#imports) {
      const values = valueSpecifiers(node);
      const used = values.filter(({ local }) => this.#mentioned.has(local.name));
      const kept = used.length === values.length || verbatim() ? values : used;
      if (kept.length === node.specifiers.length) continue;
      this.#rewrite(node, kept.length === 0 ? ';' : `import ${this.#clause(kept)} from`);
    }
    for (const node of this.#exports) {
      const kept = exportSpecifiers(node);
      if (kept.length === node.specifiers.length || node.specifiers[0]?.type !== 'ExportSpecifier') continue;
      const names = kept.map((specifier) => this.#text(specifier)).join(', ');
      this.#rewrite(node, `export { ${names} }${node.source ? ' from' : ';'}`);
    }
    return this.#edits.toString();
  }

  #visit(node: t.Node, parent: t.Node | null): void {
    if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration') this.#types.add(node.id.name);
    const isCommonJs = COMMON_JS_SYNTAX.has(node.type);
    if (isCommonJs) this.#isCommonJs = true;
    const fate = isCommonJs ? 'lower' : this.#eraser.erase(node, parent);
    if (fate === 'lower') this.#lower(node);
    if (fate === 'erased') return;
    switch (node.type) {
      case 'ImportDeclaration':
        this.#isModule = true;
        this.#imports.push(node);
        return;
      case 'ExportNamedDeclaration':
        this.#isModule = true;
        if (node.declaration) break;
        this.#exports.push(node);
        if (!node.source) for (const { local } of exportSpecifiers(node)) this.#mentioned.add(nameOf(local));
        return;
      case 'ExportAllDeclaration':
      case 'ExportDefaultDeclaration':
      case 'MetaProperty':
        this.#isModule ||= node.type !== 'MetaProperty' || node.meta.name === 'import';
        break;
      case 'Identifier':
        this.#mentioned.add(node.name);
        break;
      default:
        break;
    }
    const key = keyOf(node);
    forEachChild(node, (child) => {
      if (child !== key) this.#visit(child, node);
    });
  }

  #lower(node: t.Node): void {
    if (this.#lowerAt < 0) this.#lowerAt = range(node).start;
  }

  #clause(specifiers: t.ImportDeclaration['specifiers']): string {
    const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
    const others = specifiers
      .filter(({ type }) => type !== 'ImportSpecifier')
      .map((specifier) => this.#text(specifier));
    const list = named.length === 0 ? [] : [`{ ${named.map((specifier) => this.#text(specifier)).join(', ')} }`];
    return [...others, ...list].join(', ');
  }

  /** Puts `head` in the place of a statement, up to its source if it has one, in as many lines. */
  #rewrite(node: t.ImportDeclaration | t.ExportNamedDeclaration, head: string): void {
    const { start, end } = range(node);
    const upTo = node.source && head !== ';' ? range(node.source).start : end;
    const lines = this.#edits.source.slice(start, upTo).split('\n').length - 1;
    this.#edits.replace(start, upTo, `${head}${'\n'.repeat(lines)}${upTo === end ? '' : ' '}`);
  }

  #text(node: t.Node): string {
    const { start, end } = range(node);
    return this.#edits.source.slice(start, end);
  }
}

/** The child of a node that is a name of a property, and of nothing else. */
function keyOf(node: t.Node): t.Node | undefined {
  if ('computed' in node && node.computed === true) return undefined;
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') return node.property;
  return 'key' in node && typeof node.key === 'object' ? node.key : undefined;
}
