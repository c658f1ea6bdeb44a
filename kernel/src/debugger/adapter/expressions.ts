import { CellRewriter, CellSyntaxError, MARK } from '../../language/index.ts';
import { DebugError } from './errors.ts';

/** TypeScript of the person at the client, as V8 evaluates it among the names of the cells. */
export class Expressions {
  readonly #rewriter = new CellRewriter();
  readonly #known = new Set<string>();

  /** @param names Names of V8's scripts, among them those that it keeps under another one than the cells do. */
  know(names: readonly string[]): void {
    for (const name of names) {
      if (!name.endsWith(MARK) || this.#known.has(name)) continue;
      this.#known.add(name);
      this.#rewriter.rewrite({ name: 'names', code: `let ${name.slice(0, -MARK.length)};` });
    }
  }

  /** An expression alone. @throws DebugError */
  expression(code: string): string {
    const expression = attempt(() => this.#rewriter.expression(code));
    if (expression === null) throw new DebugError(`not an expression: ${code}`);
    return expression;
  }

  /** An expression or statements. @throws DebugError */
  code(code: string): string {
    return attempt(
      () => this.#rewriter.expression(code) ?? this.#rewriter.rewrite({ name: 'expression', code }).script,
    );
  }
}

function attempt<T>(rewrite: () => T): T {
  try {
    return rewrite();
  } catch (error) {
    if (error instanceof CellSyntaxError) throw new DebugError(`SyntaxError: ${error.message}`);
    throw error;
  }
}
