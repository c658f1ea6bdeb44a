import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CliError } from '../invocation.ts';
import { type Cell, isJsonMime, type JsonObject, type MimeBundle, type Notebook, type Output } from './notebook.ts';
import { upgradeFrom3 } from './upgrade.ts';

/** A notebook file that is none. */
export class NotebookError extends CliError {
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super('ERR_NOTEBOOK', `${file}: ${reason}`, options);
    this.name = 'NotebookError';
  }
}

/** Reads a notebook of nbformat 3 or 4. Throws NotebookError, which names the file and the place in it. */
export async function readNotebook(file: string): Promise<Notebook> {
  return parseNotebook(await readText(file), file);
}

/** The text of a file. Throws NotebookError where it cannot be read. */
export async function readText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'is a folder, not a notebook' };
    throw new NotebookError(file, reasons[String(code)] ?? `cannot be read (${code})`, { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new NotebookError(file, 'is not UTF-8 text', { cause: error });
  }
}

/** The notebook that `text` holds. Throws NotebookError. */
export function parseNotebook(text: string, file: string): Notebook {
  const fail = (reason: string, cause?: unknown): never => {
    throw new NotebookError(file, reason, { cause });
  };
  if (text.trim() === '') return fail('is empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (/^<{7} /m.test(text)) fail('holds the conflict markers of a merge: resolve them first', error);
    fail(`is not JSON, so no notebook (${error instanceof Error ? error.message : error})`, error);
  }
  if (!isObject(value)) return fail('is not a notebook: a JSON object is expected');
  const { nbformat, nbformat_minor: minor = 0 } = value;
  if (typeof nbformat !== 'number') return fail('is not a notebook: it has no nbformat');
  if (typeof minor !== 'number') return fail('nbformat_minor is not a number');
  if (nbformat < 3) return fail(`is of nbformat ${nbformat}: convert it with 'jupyter nbconvert --to notebook'`);
  if (nbformat > 4) return fail(`is of nbformat ${nbformat}, which is newer than the 4 that is known here`);
  const current = nbformat === 3 ? upgradeFrom3(value, fail) : value;
  const { cells, metadata = {} } = current;
  if (!Array.isArray(cells)) return fail("'cells' is not a list");
  if (!isObject(metadata)) return fail("'metadata' is not an object");
  const ids = new Set<string>();
  return {
    ...current,
    nbformat: 4,
    nbformat_minor: Math.max(5, minor),
    metadata,
    cells: cells.map((cell, index) => readCell(cell, index, ids, (reason) => fail(`cell ${index + 1}: ${reason}`))),
  };
}

function readCell(cell: unknown, index: number, ids: Set<string>, fail: (reason: string) => never): Cell {
  if (!isObject(cell)) return fail('is not an object');
  const { cell_type: type, metadata = {}, outputs = [], execution_count: count = null } = cell;
  const source = joined(cell.source) ?? fail("'source' is neither text nor a list of lines");
  if (!isObject(metadata)) return fail("'metadata' is not an object");
  const id = uniqueId(cell.id, index, source, ids);
  if (type === 'markdown' || type === 'raw') return { ...cell, cell_type: type, id, metadata, source };
  if (type !== 'code') return fail(`is of the unknown type ${JSON.stringify(type)}`);
  if (!Array.isArray(outputs)) return fail("'outputs' is not a list");
  if (count !== null && typeof count !== 'number') return fail("'execution_count' is neither a number nor null");
  const read = outputs.map((output, at) => readOutput(output, (reason) => fail(`output ${at + 1}: ${reason}`)));
  return { ...cell, cell_type: 'code', id, metadata, source, execution_count: count, outputs: read };
}

/** The cell's own id, or one that is the same on every reading, so that notebooks do not change without need. */
function uniqueId(id: unknown, index: number, source: string, taken: Set<string>): string {
  let unique = typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : hash(`${index}:${source}`);
  while (taken.has(unique)) unique = hash(`${unique}:${index}:${source}`);
  taken.add(unique);
  return unique;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function readOutput(output: unknown, fail: (reason: string) => never): Output {
  if (!isObject(output)) return fail('is not an object');
  const { output_type: type, metadata = {} } = output;
  switch (type) {
    case 'stream': {
      const text = joined(output.text) ?? fail("'text' is neither text nor a list of lines");
      return { ...output, output_type: type, name: String(output.name ?? 'stdout'), text };
    }
    case 'display_data':
    case 'execute_result': {
      if (!isObject(output.data)) return fail("'data' is not an object");
      if (!isObject(metadata)) return fail("'metadata' is not an object");
      const data = readBundle(output.data);
      if (type === 'display_data') return { ...output, output_type: type, data, metadata };
      const count = typeof output.execution_count === 'number' ? output.execution_count : null;
      return { ...output, output_type: type, data, metadata, execution_count: count };
    }
    case 'error': {
      const { traceback = [] } = output;
      if (!isLines(traceback)) return fail("'traceback' is not a list of lines");
      return { ...output, output_type: type, ename: String(output.ename), evalue: String(output.evalue), traceback };
    }
    default:
      return fail(`is of the unknown type ${JSON.stringify(type)}`);
  }
}

function readBundle(data: JsonObject): MimeBundle {
  const entries = Object.entries(data).map(([mimeType, value]): [string, unknown] => [
    mimeType,
    isJsonMime(mimeType) ? value : (joined(value) ?? value),
  ]);
  return Object.fromEntries(entries);
}

/** nbformat's multiline strings: text, or a list of its lines. */
function joined(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isLines(value) ? value.join('') : undefined;
}

function isLines(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((line) => typeof line === 'string');
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
