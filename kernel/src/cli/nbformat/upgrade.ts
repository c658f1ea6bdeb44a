import type { JsonObject } from './notebook.ts';

/** What nbformat 3 called the mime types of an output. */
const mimeTypes: Readonly<Record<string, string>> = {
  text: 'text/plain',
  html: 'text/html',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  latex: 'text/latex',
  json: 'application/json',
  javascript: 'application/javascript',
};

/** A notebook of nbformat 3 in the form of nbformat 4: its worksheets become one list of cells. */
export function upgradeFrom3(notebook: JsonObject, fail: (reason: string) => never): JsonObject {
  const { worksheets, metadata = {}, nbformat: _nbformat, nbformat_minor: _minor, ...rest } = notebook;
  if (!Array.isArray(worksheets)) return fail("'worksheets' is not a list, as nbformat 3 has it");
  const cells = worksheets.flatMap((sheet) => {
    const list = isObject(sheet) ? sheet.cells : undefined;
    if (!Array.isArray(list)) return fail('a worksheet has no list of cells');
    return list.map((cell) => (isObject(cell) ? upgradeCell(cell) : cell));
  });
  return { ...rest, metadata, cells, nbformat: 4, nbformat_minor: 5 };
}

function upgradeCell(cell: JsonObject): JsonObject {
  if (cell.cell_type === 'heading') {
    const { level, source, metadata = {} } = cell;
    const text = Array.isArray(source) ? source.join('') : String(source ?? '');
    const marks = '#'.repeat(typeof level === 'number' ? level : 1);
    return { cell_type: 'markdown', metadata, source: `${marks} ${text.replace(/\n/g, ' ')}` };
  }
  if (cell.cell_type !== 'code') return cell;
  const { input, language: _language, collapsed, prompt_number: count, outputs = [], metadata = {}, ...rest } = cell;
  return {
    ...rest,
    metadata: isObject(metadata) && collapsed !== undefined ? { ...metadata, collapsed } : metadata,
    source: input ?? '',
    execution_count: typeof count === 'number' ? count : null,
    outputs: Array.isArray(outputs) ? outputs.map((one) => (isObject(one) ? upgradeOutput(one) : one)) : outputs,
  };
}

function upgradeOutput(output: JsonObject): JsonObject {
  const { output_type: type, prompt_number: count, stream, metadata = {}, ...rest } = output;
  if (type === 'pyerr') return { ...rest, output_type: 'error' };
  if (type === 'stream') return { ...rest, output_type: 'stream', name: stream ?? 'stdout' };
  const entries = Object.entries(rest).map(([name, value]): [string, unknown] => {
    const mimeType = mimeTypes[name] ?? name;
    return [mimeType, mimeType === 'application/json' ? parsed(value) : value];
  });
  const data = Object.fromEntries(entries);
  if (type !== 'pyout') return { output_type: 'display_data', data, metadata };
  return { output_type: 'execute_result', data, metadata, execution_count: typeof count === 'number' ? count : null };
}

/** nbformat 3 held JSON as text. */
function parsed(value: unknown): unknown {
  const text = Array.isArray(value) ? value.join('') : value;
  if (typeof text !== 'string') return value;
  try {
    return JSON.parse(text);
  } catch {
    // Text that never was JSON stays text.
    return text;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
