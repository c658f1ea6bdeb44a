import { CellPass } from './cell-pass.ts';
import { type Edits, samePlace } from './edits.ts';
import { ForgottenNames } from './forgotten.ts';
import { HELPER } from './helper.ts';
import { type CompiledCommands, compileLineCommands, explainCommand } from './line-command-compiler.ts';
import { type LineCommand, mayHaveLineCommands } from './line-commands.ts';
import { type CompilerOptions, DEFAULT_OPTIONS, lower, prepareToLower } from './lower.ts';
import { declaredValues } from './modules.ts';
import { type Kind, Names } from './names.ts';
import { type ParsedCell, parseCell, parseExpressionCell } from './parse.ts';
import { StoredNames } from './references.ts';
import { CellSyntaxError, type Place } from './syntax-error.ts';

/** A cell as the user wrote it. */
export interface Cell {
  /** How V8 names the script: `In[3]`. Without blanks. */
  readonly name: string;
  readonly code: string;
}

/** A cell as V8's inspector evaluates it with `replMode`. */
export interface RewrittenCell {
  readonly script: string;
  /** Names of values that the cell declares at its top level. */
  readonly declared: readonly string[];
  /** Whether the cell ends in an expression without a semicolon. */
  readonly showsResult: boolean;
  /** It declares nothing and awaits nothing: any evaluation of a script will do, REPL mode or not. */
  readonly plain: boolean;
  /** `%%name`, where the cell begins with it and what it does is not in the script. */
  readonly wholeCell: LineCommand | null;
  /** From a line and column (both 1-based, as in V8's stacks) of the script to those of the cell. */
  readonly position: (line: number, column: number) => Place;
}

export interface RewriterOptions {
  /** Asked where they count. */
  readonly compilerOptions?: () => CompilerOptions;
  /** Shared with those who look at the variables that V8 has. */
  readonly forgotten?: ForgottenNames;
}

interface Lowering {
  readonly edits: Edits;
  readonly kinds: ReadonlyMap<string, Kind>;
  /** From a place in what the edits were made to, to its place in the cell. */
  readonly toSource: (place: Place) => Place;
}

/** Rewrites the cells of one session, in the order in which they run. */
export class CellRewriter {
  readonly #names = new Names();
  readonly #stored: StoredNames;
  readonly #forgotten: ForgottenNames;
  readonly #compilerOptions: () => CompilerOptions;

  constructor({ compilerOptions = () => DEFAULT_OPTIONS, forgotten = new ForgottenNames() }: RewriterOptions = {}) {
    this.#forgotten = forgotten;
    this.#stored = new StoredNames(forgotten);
    this.#compilerOptions = compilerOptions;
  }

  /** Throws CellSyntaxError. */
  rewrite({ name, code }: Cell): RewrittenCell {
    try {
      const compiled = compileLineCommands(code);
      return compiled === null ? this.#rewrite(name, code) : this.#rewriteCompiled(name, code, compiled);
    } catch (error) {
      if (error instanceof CellSyntaxError && mayHaveLineCommands(code)) throw explainCommand(code, error);
      if (!(error instanceof RangeError)) throw error;
      throw new CellSyntaxError('The cell is nested too deeply', code, { line: 1, column: 1 });
    }
  }

  /** What is said of the compiled text is said of the cell. */
  #rewriteCompiled(name: string, cell: string, compiled: CompiledCommands): RewrittenCell {
    const { code, wholeCell, position } = compiled;
    try {
      const rewritten = this.#rewrite(name, code);
      return { ...rewritten, wholeCell, position: (line, column) => position(rewritten.position(line, column)) };
    } catch (error) {
      throw error instanceof CellSyntaxError ? new CellSyntaxError(error.message, cell, position(error)) : error;
    }
  }

  #rewrite(name: string, code: string): RewrittenCell {
    const parsed = parseCell(code);
    const pass = new CellPass(code, parsed, this.#names, this.#stored, null);
    const { edits, kinds, toSource } = pass.run()
      ? this.#lowered(code, parsed, pass)
      : { edits: pass.edits, kinds: pass.kinds, toSource: samePlace };
    for (const [declared, kind] of kinds) {
      this.#names.declare(declared, pass.kinds.get(declared) ?? kind, kind === 'var' || kind === 'function');
    }
    const unmoved = edits.positions();
    return {
      script: `${edits}\n//# sourceURL=${name}`,
      declared: [...pass.kinds.keys()],
      showsResult: showsResult(code, parsed),
      plain: pass.kinds.size === 0 && kinds.size === 0 && !pass.awaits,
      wholeCell: null,
      position: (line, column) => toSource(unmoved({ line, column })),
    };
  }

  /** Compiles a cell to JavaScript, and passes over that. */
  #lowered(code: string, parsed: ParsedCell, origin: CellPass): Lowering {
    const options = this.#compilerOptions();
    const isExpression = parsed.expression !== null;
    prepareToLower(code, parsed, origin.lowerAt, options);
    const lowered = lower(isExpression ? `(${code}\n)` : code, parsed.jsx, options);
    const toSource = (place: Place): Place => {
      const { line, column } = lowered.position(place);
      return { line, column: isExpression && line === 1 && column > 1 ? column - 1 : column };
    };
    try {
      const plain = parseCell(lowered.code, { jsx: false });
      const added = addedNames(plain, origin.kinds);
      const stored = new StoredNames(this.#forgotten, added);
      const pass = new CellPass(lowered.code, plain, this.#names, stored, origin);
      pass.run();
      const kinds = new Map([...pass.kinds].filter(([name]) => !added.has(name)));
      return { edits: pass.edits, kinds, toSource };
    } catch (error) {
      if (error instanceof CellSyntaxError) throw new CellSyntaxError(error.message, code, toSource(error));
      throw error;
    }
  }

  /**
   * The cell that declared `names` has failed. `unset` are those of them that V8 has no value for (see unsetNames): they
   * can be declared and assigned to as if they were new. Without it all of them are what they were before the cell, and
   * assigning to one that is new may be refused until it is declared again.
   */
  forget(names: readonly string[], unset?: readonly string[]): void {
    if (unset === undefined) for (const name of names) this.#names.forget(name);
    else for (const name of unset) this.#names.unset(name);
  }

  /**
   * Forgets what all cells have declared, but for the names in `except`. `variables` are those that V8 has. Returns a
   * script that lets go of their values.
   */
  forgetAll(variables: readonly string[], except: ReadonlySet<string>): string {
    const gone = variables.filter((variable) => !except.has(this.#forgotten.nameOf(variable) ?? ''));
    this.#forgotten.add(gone);
    this.#names.clear(except);
    // Of a cell that failed, some are not even set.
    return gone.map((variable) => `try { ${variable} = undefined; } catch {}`).join('\n');
  }

  /** A script whose value is the array of those of the names that V8 has no value for. */
  unsetNames(names: readonly string[]): string {
    const readers = names.map((name) => `[${JSON.stringify(name)}, () => ${this.#stored.of(name)}]`);
    return `[${readers}].flatMap(([name, read]) => { try { read(); return []; } catch { return [name]; } })`;
  }

  /**
   * A TypeScript expression as V8 evaluates it, with the names of the cells. Null if it is none, or is one that cannot
   * just have its types erased.
   */
  expression(code: string): string | null {
    const parsed = parseExpressionCell(code);
    if (parsed === null) return null;
    const pass = new CellPass(code, parsed, this.#names, this.#stored, null);
    try {
      return pass.run() ? null : pass.edits.toString().trim();
    } catch (error) {
      // What the parser leaves to V8: a regular expression, for one.
      if (error instanceof CellSyntaxError) return null;
      throw error;
    }
  }

  /**
   * V8 refused the script of a cell that had been rewritten. Returns the error for the user.
   * `line` and `column` are V8's, 1-based, in the script.
   */
  refused(cell: Cell, rewritten: RewrittenCell, message: string, line: number, column: number): CellSyntaxError {
    for (const name of rewritten.declared) this.#names.refuse(name);
    return new CellSyntaxError(message, cell.code, rewritten.position(line, column));
  }
}

/**
 * What the compiler has added to the names of a cell, and under which of its own V8 keeps it: it is not the user's, and what
 * is imported from one module is not what is imported from another.
 */
function addedNames({ body }: ParsedCell, users: ReadonlyMap<string, Kind>): Map<string, string> {
  const added = new Map<string, string>();
  for (const statement of body) {
    const from = statement.type === 'ImportDeclaration' ? statement.source.value.replace(/\P{ID_Continue}/gu, '_') : '';
    for (const name of declaredValues(statement)) if (!users.has(name)) added.set(name, `${HELPER}${name}${from}`);
  }
  return added;
}

/** Whether the last statement is an expression that no semicolon ends. */
function showsResult(code: string, { body, directives, expression }: ParsedCell): boolean {
  if (expression !== null) return true;
  const last = body.at(-1) ?? directives.at(-1);
  switch (last?.type) {
    case 'ExpressionStatement':
    case 'Directive':
    case 'TSExportAssignment':
      return code[(last.end ?? 0) - 1] !== ';';
    case 'ExportDefaultDeclaration': {
      const declares = /Declaration$|^TSDeclare/.test(last.declaration.type);
      return !declares && code[(last.end ?? 0) - 1] !== ';';
    }
    default:
      return false;
  }
}
