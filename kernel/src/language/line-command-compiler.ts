import type * as t from '@babel/types';
import { Edits } from './edits.ts';
import { HELPER } from './helper.ts';
import { LINE_COMMANDS, nearestCommand } from './line-command-table.ts';
import { findLineCommands, type LineCommand, takesCode } from './line-commands.ts';
import { type ParsedCell, parseCell } from './parse.ts';
import { CellSyntaxError, offsetOf, type Place, placeOf } from './syntax-error.ts';
import { forEachChild, isFunction, range } from './syntax-tree.ts';

/** A cell whose line commands have become TypeScript. */
export interface CompiledCommands {
  readonly code: string;
  /** `%%time` and the like, where the cell begins with it. */
  readonly wholeCell: LineCommand | null;
  /** From a place in `code` to its place in the cell. */
  readonly position: (place: Place) => Place;
}

/** What the commands are called on: see `CellHelper.commands`. */
const COMMANDS = `${HELPER}.commands`;
const STATEMENT = /Statement$|Declaration$|^TSDeclare|^TSExportAssignment$|^Directive$/;
/** What may hold a list of statements, one of which may be a declaration. */
const LISTS = new Set(['Program', 'BlockStatement', 'SwitchCase', 'StaticBlock', 'TSModuleBlock']);
const LEAVING = new Set(['ReturnStatement', 'BreakStatement', 'ContinueStatement', 'ThrowStatement']);

/** Puts calls in the place of line commands. Null for a cell without any. Throws CellSyntaxError. */
export function compileLineCommands(code: string): CompiledCommands | null {
  const found = findLineCommands(code);
  if (found === null) return null;
  for (const command of found.commands) check(code, command);
  return new Compiler(code, found.typescript).compile(found.commands);
}

/** What can be said of a command without knowing what stands around it. */
function check(code: string, { name, asksHelp, wholeCell, start }: LineCommand): void {
  if (name === '') return;
  const entry = LINE_COMMANDS.get(name);
  if (entry === undefined) throw unknown(code, start, `${wholeCell ? '%%' : '%'}${name}`);
  if (!wholeCell || asksHelp) return;
  if (!entry.wholeCell)
    throw errorAt(code, start, `%%${name} is not for whole cells: write %${name} on a line of its own`);
  if (code.slice(0, start).trim() !== '') {
    throw errorAt(code, start, `%%${name} is for whole cells, and must be the first line of one`);
  }
}

/**
 * The error for a cell that cannot be parsed. `%tiem f()` after a statement without a semicolon goes on with it, and is no
 * TypeScript: that may have been meant as a command.
 */
export function explainCommand(code: string, error: CellSyntaxError): CellSyntaxError {
  const start = offsetOf(code, { line: error.line, column: 1 });
  const [, blanks = '', written = ''] =
    /^([ \t]*)(%%?[\p{ID_Start}$_][\p{ID_Continue}$]*)[ \t]/u.exec(code.slice(start)) ?? [];
  const name = written.replace(/^%+/, '');
  const isMisspelt = name !== '' && !LINE_COMMANDS.has(name) && nearestCommand(name) !== undefined;
  return isMisspelt ? unknown(code, start + blanks.length, written) : error;
}

function unknown(code: string, offset: number, written: string): CellSyntaxError {
  const [percent = '', name = ''] = /^(%+)(.*)/.exec(written)?.slice(1) ?? [];
  const nearest = nearestCommand(name);
  const hint = nearest === undefined ? '%help lists those that there are' : `did you mean ${percent}${nearest}?`;
  return errorAt(code, offset, `There is no line command ${written}: ${hint}`);
}

class Compiler {
  readonly #code: string;
  readonly #typescript: string;
  readonly #edits: Edits;
  readonly #parsed: ParsedCell;
  /** The nodes of the cell, each after the one that it is in. */
  readonly #nodes: { readonly node: t.Node; readonly parent: t.Node | null }[] = [];

  constructor(code: string, typescript: string) {
    this.#code = code;
    this.#typescript = typescript;
    this.#edits = new Edits(typescript);
    this.#parsed = parse(code, typescript);
    const { directives, body, expression } = this.#parsed;
    for (const node of expression === null ? [...directives, ...body] : [expression]) this.#gather(node, null);
  }

  compile(commands: readonly LineCommand[]): CompiledCommands {
    let wholeCell: LineCommand | null = null;
    for (const command of commands) {
      if (!command.wholeCell || command.asksHelp) this.#line(command);
      else if (command.name === 'bench') this.#benchedCell(command);
      else wholeCell = command;
    }
    return { code: this.#edits.toString(), wholeCell, position: this.#edits.positions() };
  }

  #gather(node: t.Node, parent: t.Node | null): void {
    this.#nodes.push({ node, parent });
    forEachChild(node, (child) => this.#gather(child, node));
  }

  #line(command: LineCommand): void {
    if (!takesCode(command)) this.#text(command);
    else if (command.name === 'bench') this.#benched(command);
    else this.#timed(command);
  }

  /** The semicolon that stands for the command is a statement, or the end of one. */
  #text(command: LineCommand): void {
    const { name, rest, asksHelp, start } = command;
    const around = this.#nodes.findLast(({ node }) => range(node).start <= start && start < range(node).end)?.node;
    if (around !== undefined && range(around).end === start + 1 && !STATEMENT.test(around.type))
      throw this.#misplaced(command);
    if (around !== undefined && range(around).end !== start + 1 && !LISTS.has(around.type))
      throw this.#misplaced(command);
    this.#needsAwait(command);
    const call = asksHelp ? `ask(${JSON.stringify(name)})` : `run(${JSON.stringify(name)}, ${JSON.stringify(rest)})`;
    const ends = around !== undefined && range(around).start < start;
    this.#edits.replace(start, start + 1, `${ends ? ';' : ''}await ${COMMANDS}.${call};`);
  }

  #timed(command: LineCommand): void {
    const { node, parent } = this.#statementAfter(command);
    if (node.type === 'ImportDeclaration') {
      const message = '%time cannot time an import declaration, which runs before the cell does: use await import()';
      throw errorAt(this.#code, command.start, message);
    }
    const { start, end } = this.#withoutSemicolon(node);
    if (node.type === 'ExpressionStatement' || node.type === 'Directive') {
      this.#edits.insertBefore(
        start,
        `${this.#mayAwait(start) ? 'await ' : ''}${COMMANDS}.timed(${COMMANDS}.timer(), (`,
      );
      this.#edits.insertAfter(end, '))');
      return;
    }
    if (LEAVING.has(node.type)) {
      throw errorAt(this.#code, command.start, '%time times an expression or a statement that goes on to the next one');
    }
    const alone = parent !== null && !LISTS.has(parent.type);
    this.#edits.insertBefore(start, `${alone ? '{ ' : ''}${COMMANDS}.begin(${start}); `);
    this.#edits.insertAfter(range(node).end, `; ${COMMANDS}.end(${start});${alone ? ' }' : ''}`);
  }

  #benched(command: LineCommand): void {
    const { node } = this.#statementAfter(command);
    this.#needsAwait(command);
    const isExpression = node.type === 'ExpressionStatement' || node.type === 'Directive';
    const { start, end } = isExpression ? this.#withoutSemicolon(node) : range(node);
    this.#edits.insertBefore(start, `await ${this.#bench(command, [node])}${isExpression ? '(' : '{ '}`);
    this.#edits.insertAfter(end, isExpression ? '));' : ' });');
  }

  /** The whole cell is a function; its imports stay outside. */
  #benchedCell(command: LineCommand): void {
    const { body, directives, expression } = this.#parsed;
    const nodes = expression === null ? [...directives, ...body] : [expression];
    if (nodes.length === 0) throw this.#nothing(command);
    const { start } = command;
    for (const node of body) {
      if (node.type !== 'ImportDeclaration') continue;
      this.#edits.insertAfter(range(node).start, ';');
      this.#edits.move(range(node).start, range(node).end, start);
    }
    const [open, close] = expression === null ? ['{', '\n});'] : ['(', '\n));'];
    this.#edits.replace(start, start + 1, `await ${this.#bench(command, nodes)}${open}`);
    this.#edits.insertAfter(this.#typescript.length, close);
  }

  #bench({ rest }: LineCommand, nodes: readonly t.Node[]): string {
    const isAsync = nodes.some((node) => awaits(node));
    return `${COMMANDS}.bench(${JSON.stringify(rest)}, ${isAsync ? 'async ' : ''}() => `;
  }

  /** The statement that a command on its line is for. */
  #statementAfter(command: LineCommand): { readonly node: t.Node; readonly parent: t.Node | null } {
    const { end } = command;
    const found = this.#nodes
      .filter(({ node }) => STATEMENT.test(node.type) && range(node).start >= end)
      .sort((a, b) => range(a.node).start - range(b.node).start)[0];
    const between = found === undefined ? '\n' : this.#typescript.slice(end, range(found.node).start);
    if (found === undefined || !/^(?:[ \t]|\/\*.*?\*\/)*$/.test(between)) throw this.#nothing(command);
    if (found.node.type === 'EmptyStatement') throw this.#nothing(command);
    return found;
  }

  #withoutSemicolon(node: t.Node): { readonly start: number; readonly end: number } {
    const { start, end } = range(node);
    return { start, end: this.#typescript[end - 1] === ';' ? end - 1 : end };
  }

  /** The function, or what is like one to `await`, that an offset is in. */
  #functionAround(offset: number): t.Node | null {
    const inner = this.#nodes.findLast(
      ({ node }) =>
        (isFunction(node) || node.type === 'StaticBlock') && range(node).start <= offset && offset < range(node).end,
    );
    return inner?.node ?? null;
  }

  #mayAwait(offset: number): boolean {
    const inner = this.#functionAround(offset);
    return inner === null || (isFunction(inner) && inner.async === true);
  }

  #needsAwait({ name, start }: LineCommand): void {
    if (this.#mayAwait(start)) return;
    const message = `%${name} takes its time: it can stand at the top level of a cell and in async functions, not in this one`;
    throw errorAt(this.#code, start, message);
  }

  #misplaced({ name, start }: LineCommand): CellSyntaxError {
    return errorAt(this.#code, start, `%${name} stands where no statement can begin`);
  }

  #nothing({ name, start, wholeCell }: LineCommand): CellSyntaxError {
    const [sign, where] = wholeCell ? ['%%', 'in the lines below it'] : ['%', 'after it on its line'];
    return errorAt(
      this.#code,
      start,
      `${sign}${name} needs code ${where}: ${LINE_COMMANDS.get(name)?.usage.join(', ')}`,
    );
  }
}

function parse(code: string, typescript: string): ParsedCell {
  try {
    return parseCell(typescript);
  } catch (error) {
    throw error instanceof CellSyntaxError ? new CellSyntaxError(error.message, code, error) : error;
  }
}

/** Whether code awaits outside of functions of its own. */
function awaits(node: t.Node): boolean {
  if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) return true;
  if (node.type === 'VariableDeclaration' && node.kind === 'await using') return true;
  if (isFunction(node)) return false;
  let found = false;
  forEachChild(node, (child) => {
    found ||= awaits(child);
  });
  return found;
}

function errorAt(code: string, offset: number, message: string): CellSyntaxError {
  return new CellSyntaxError(message, code, placeOf(code, offset));
}
