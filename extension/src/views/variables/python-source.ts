import { evaluateSilently, RefusedError } from '../requests.ts';
import type { TablePage, TableQuery } from '../table.ts';
import { isRecord } from '../values.ts';
import { VariablesBetweenCells } from './between-cells.ts';
import { tablePageOf } from './protocol.ts';
import { PYTHON_CODE } from './python-code.ts';
import type { Inside, TableSubject, Variable, VariableList, VariableSource } from './source.ts';

/** Variables of IPython kernels, which are asked by code: between cells, and without a trace of it. */
export class PythonVariables extends VariablesBetweenCells implements VariableSource {
  async list(): Promise<VariableList> {
    return listOf(await this.#ask({ about: 'list' }));
  }

  async children(inside: Inside, start = 0): Promise<VariableList> {
    return listOf(await this.#ask({ about: 'children', of: inside, start }));
  }

  readonly table = async (of: TableSubject, query: TableQuery): Promise<TablePage> => {
    return tablePageOf(await this.#ask({ about: 'table', of, query }));
  };

  async #ask(request: object): Promise<Record<string, unknown>> {
    const text = await evaluateSilently(this.connection, expressionFor(request));
    const told: unknown = text === undefined ? undefined : JSON.parse(text);
    if (isRecord(told) && isRecord(told.ok)) return told.ok;
    if (isRecord(told)) throw new RefusedError(String(told.error));
    throw new RefusedError(
      'This Python kernel does not evaluate expressions beside cells, so its variables are not known.',
    );
  }
}

/** The code is run in a namespace of its own, so that no name of it is seen. */
function expressionFor(request: object): string {
  const [code, text] = [literal(PYTHON_CODE), literal(JSON.stringify(request))];
  return `(lambda ns, own: (exec(${code}, own), own['told'](ns, ${text}))[1])(globals(), {'__name__': 'elara'})`;
}

/** A text as Python's source has it: nothing beside ASCII, so that both agree on what a character is. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u{10ffff}]/gu,
    (character) => `\\U${character.codePointAt(0)?.toString(16).padStart(8, '0')}`,
  );
}

function listOf({ variables, total }: Readonly<Record<string, unknown>>): VariableList {
  const listed = Array.isArray(variables) ? variables.filter(isVariable) : [];
  return { variables: listed, total: typeof total === 'number' ? total : listed.length };
}

/** What our own code tells is well-formed. */
function isVariable(told: unknown): told is Variable {
  return isRecord(told) && typeof told.name === 'string';
}
