import { type ParserOptions, parse } from '@babel/parser';
import type * as t from '@babel/types';
import { forEachChild } from '../../language/syntax-tree.ts';

const OPTIONS = {
  sourceType: 'unambiguous',
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: true,
  allowImportExportEverywhere: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
  errorRecovery: true,
  attachComment: false,
} satisfies ParserOptions;

/** Code in which definitions are looked up. */
export class Source {
  /** `In[3]`, or the path of a file. */
  readonly name: string;
  readonly code: string;
  readonly #program: t.Program | undefined;
  readonly #comments: readonly t.Comment[];

  constructor(name: string, code: string) {
    this.name = name;
    this.code = code;
    const file = parseWith(code, ['typescript', 'decorators']) ?? parseWith(code, ['typescript', 'decorators', 'jsx']);
    this.#program = file?.program;
    this.#comments = file?.comments ?? [];
  }

  /** Calls `see` for each node of the syntax tree, with those around it first, itself last. */
  visit(see: (path: readonly t.Node[]) => void): void {
    const walk = (node: t.Node, path: readonly t.Node[]): void => {
      const own = [...path, node];
      see(own);
      forEachChild(node, (child) => walk(child, own));
    };
    for (const statement of this.#program?.body ?? []) walk(statement, []);
  }

  /** UTF-16 offset of a 1-based line and column. */
  offsetOf({ line, column }: { readonly line: number; readonly column: number }): number {
    let start = 0;
    for (let at = 1; at < line; at += 1) {
      const end = this.code.indexOf('\n', start);
      if (end < 0) break;
      start = end + 1;
    }
    return start + column - 1;
  }

  /** 1-based line and column of a UTF-16 offset. */
  placeOf(offset: number): { readonly line: number; readonly column: number } {
    const before = this.code.slice(0, offset);
    return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
  }

  /** The text of the JSDoc comment that ends before an offset. */
  docBefore(offset: number): string | null {
    const comment = this.#comments.findLast(({ end }) => (end ?? 0) <= offset);
    if (comment?.type !== 'CommentBlock' || !comment.value.startsWith('*')) return null;
    if (this.code.slice(comment.end ?? 0, offset).trim() !== '') return null;
    const lines = comment.value.slice(1).split('\n');
    const text = lines.map((line) => line.replace(/^\s*\* ?/, '').trimEnd()).join('\n');
    return text.trim() === '' ? null : text.trim();
  }
}

export function textOf(source: Source, { start, end }: t.Node): string {
  return source.code.slice(start ?? 0, end ?? source.code.length);
}

function parseWith(code: string, plugins: NonNullable<ParserOptions['plugins']>): ReturnType<typeof parse> | undefined {
  try {
    return parse(code, { ...OPTIONS, plugins });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
