import { UsageError } from '../invocation.ts';
import { type Cell, type Notebook, tagsOf } from '../nbformat/notebook.ts';
import { readText } from '../nbformat/read.ts';

export type Parameters = ReadonlyMap<string, unknown>;

/**
 * The values of `--parameters`: each argument is `name=value`, or a file that holds a JSON object. A value that is JSON is
 * taken as such, any other is text. Later ones win. Throws UsageError, NotebookError.
 */
export async function readParameters(args: readonly string[]): Promise<Parameters> {
  const values = new Map<string, unknown>();
  for (const argument of args) {
    const assignment = /^([^=\\/.]+)=(.*)$/s.exec(argument);
    const entries = assignment
      ? [[assignment[1], parsedOrText(assignment[2] ?? '')] as const]
      : await readFile(argument);
    for (const [name = '', value] of entries) {
      if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) {
        throw new UsageError(`'${name}' of --parameters ${argument} cannot be the name of a variable.`);
      }
      values.set(name, value);
    }
  }
  return values;
}

async function readFile(file: string): Promise<[string, unknown][]> {
  let value: unknown;
  try {
    value = JSON.parse(await readText(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`--parameters ${file}: not JSON (${error.message}).`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`--parameters ${file}: a JSON object with a value for each name is expected.`);
  }
  return Object.entries(value);
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Quotes may be left out: city=Paris is text.
    return text;
  }
}

/**
 * Puts the parameters into a cell of their own after the one that is tagged `parameters`, or first of all where there is
 * none; a cell that an earlier run has put there is replaced. As papermill does it.
 * @throws UsageError for a language whose assignments are not known here.
 */
export function injectParameters(notebook: Notebook, values: Parameters, language: string): void {
  if (values.size === 0) return;
  const cell: Cell = {
    cell_type: 'code',
    id: 'injected-parameters',
    metadata: { tags: ['injected-parameters'] },
    source: [...values].map(([name, value]) => assignment(name, value, language)).join('\n'),
    execution_count: null,
    outputs: [],
  };
  const cells = notebook.cells.filter((one) => !tagsOf(one).includes('injected-parameters'));
  const defaults = cells.findIndex((one) => tagsOf(one).includes('parameters'));
  cells.splice(defaults + 1, 0, cell);
  notebook.cells = cells;
}

function assignment(name: string, value: unknown, language: string): string {
  switch (language.toLowerCase()) {
    case 'typescript':
    case 'javascript':
      return `let ${name} = ${JSON.stringify(value)};`;
    case 'python':
      return `${name} = ${pythonLiteral(value)}`;
    default:
      throw new UsageError(`--parameters are known for TypeScript, JavaScript and Python, not for ${language}.`);
  }
}

function pythonLiteral(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${pythonLiteral(member)}`);
    return `{${entries.join(', ')}}`;
  }
  return JSON.stringify(value);
}
