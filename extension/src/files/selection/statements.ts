import { type ParserOptions, parse } from '@babel/parser';

/** Lines of a file that belong together, 0-based, the last one included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** The statements at the top of a file, each with its lines; statements that share a line are one. */
export function statementsOf(text: string, language: string): Lines[] {
  return language === 'python' ? pythonStatements(text) : scriptStatements(text, language);
}

/** Whether the text is code to the last character; for kernels' line commands it is none. */
export function isScript(text: string, language: string): boolean {
  try {
    parse(text, optionsFor(language));
    return true;
  } catch {
    // That is the answer.
    return false;
  }
}

/**
 * Code of a file as a cell: without the semicolon after its last expression, which ends a statement in a file, but hides the
 * result in a cell.
 */
export function asCell(code: string, language: string): string {
  if (language === 'python' || !isScript(code, language)) return code;
  const last = parse(code, optionsFor(language)).program.body.at(-1);
  const end = last?.end ?? 0;
  if (last?.type !== 'ExpressionStatement' || code[end - 1] !== ';') return code;
  return code.slice(0, end - 1) + code.slice(end);
}

/** The statement at a line, or else the next one below it; undefined: there is none any more. */
export function statementAt(statements: readonly Lines[], line: number): Lines | undefined {
  return statements.find(({ last }) => last >= line);
}

function scriptStatements(text: string, language: string): Lines[] {
  const { program } = parse(text, { ...optionsFor(language), errorRecovery: true });
  const lines: Lines[] = [];
  for (const { loc } of [...program.directives, ...program.body]) {
    if (!loc) continue;
    const [first, last] = [loc.start.line - 1, loc.end.line - 1];
    const before = lines.at(-1);
    if (before !== undefined && first <= before.last) lines[lines.length - 1] = { ...before, last };
    else lines.push({ first, last });
  }
  return lines;
}

function optionsFor(language: string): ParserOptions {
  const isTypeScript = language.startsWith('typescript');
  return {
    sourceType: 'module',
    allowReturnOutsideFunction: true,
    allowUndeclaredExports: true,
    // In TypeScript without JSX, `<T>x` is a cast.
    plugins: [
      ...(isTypeScript ? ['typescript' as const] : []),
      ...(language === 'typescript' ? [] : ['jsx' as const]),
      'decorators',
    ],
  };
}

/** Goes on with the statement before it. */
const CONTINUES = /^(?:else|elif|except|finally)\b|^[)\]}]/;

function pythonStatements(text: string): Lines[] {
  const statements: Lines[] = [];
  let decorated = false;
  let state: PythonState = { depth: 0, quote: '', continued: false };
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const isFree = state.depth === 0 && state.quote === '' && !state.continued;
    const isBlank = isFree && /^\s*(?:#.*)?$/.test(line);
    const before = statements.at(-1);
    if (!isBlank) {
      if (before !== undefined && (!isFree || decorated || /^\s/.test(line) || CONTINUES.test(line)))
        statements[statements.length - 1] = { ...before, last: index };
      else statements.push({ first: index, last: index });
      if (isFree && /^\S/.test(line)) decorated = line.startsWith('@');
    }
    state = afterLine(line, state);
  }
  return statements;
}

interface PythonState {
  /** Brackets that are open. */
  readonly depth: number;
  /** What ends the string that is open: three quotes. */
  readonly quote: string;
  /** The line before ended with a backslash. */
  readonly continued: boolean;
}

const TOKEN = /\\.|"""|'''|"|'|#|[([{]|[)\]}]/g;

function afterLine(line: string, { depth, quote }: PythonState): PythonState {
  for (const [token] of line.matchAll(TOKEN)) {
    if (quote !== '') {
      if (token === quote) quote = '';
    } else if (token === '#') return { depth, quote, continued: false };
    else if (token.startsWith('"') || token.startsWith("'")) quote = token;
    else if ('([{'.includes(token)) depth += 1;
    else if (')]}'.includes(token)) depth = Math.max(0, depth - 1);
  }
  // A string of one quote ends with its line at the latest.
  return { depth, quote: quote.length === 3 ? quote : '', continued: quote === '' && line.endsWith('\\') };
}
