import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Notebook, Output } from './notebook.ts';
import { NotebookError } from './read.ts';

const PART_CHARACTERS = 1 << 16;

/**
 * Writes a notebook as nbformat writes it (lines in lists, sorted keys, one space of indent), in one step: until the new
 * one is whole, and if this process is killed, the file is as it was. Throws NotebookError.
 */
export async function writeNotebook(file: string, notebook: Notebook): Promise<void> {
  let staged: string | undefined;
  try {
    // A link stays a link, and what it points to is replaced.
    const target = await realpath(file).catch(() => file);
    const mode = await stat(target).then(
      (before) => before.mode & 0o777,
      () => undefined,
    );
    staged = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.tmp`);
    const stream = createWriteStream(staged, { flags: 'wx', flush: true, ...(mode !== undefined && { mode }) });
    await pipeline(Readable.from(inParts(encodeNotebook(notebook))), stream);
    await rename(staged, target);
  } catch (error) {
    if (staged !== undefined) await rm(staged, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotebookError(file, `cannot be written (${reason})`, { cause: error });
  }
}

/** The file's text, in pieces: a notebook may hold more output than fits into one string. */
export function* encodeNotebook(notebook: Notebook): Generator<string> {
  const cells = notebook.cells.map((cell) => {
    const source = splitLines(cell.source);
    return cell.cell_type === 'code'
      ? { ...cell, source, outputs: cell.outputs.map(encodeOutput) }
      : { ...cell, source };
  });
  yield* encode({ ...notebook, cells }, '\n');
  yield '\n';
}

function encodeOutput(output: Output): object {
  switch (output.output_type) {
    case 'stream': {
      const { text } = output;
      return { ...output, text: typeof text === 'string' ? splitLines(text) : text.flatMap(splitLines) };
    }
    case 'display_data':
    case 'execute_result': {
      const entries = Object.entries(output.data).map(([mimeType, value]) => [
        mimeType,
        typeof value === 'string' && isMultiline(mimeType) ? splitLines(value) : value,
      ]);
      return { ...output, data: Object.fromEntries(entries) };
    }
    case 'error':
      return output;
  }
}

/** The types whose text nbformat keeps as a list of lines. */
function isMultiline(mimeType: string): boolean {
  return mimeType.startsWith('text/') || mimeType === 'application/javascript' || mimeType === 'image/svg+xml';
}

/** Line ends as Python's str.splitlines knows them, which is how nbformat splits. */
const exoticLineEnd = /[\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const line =
  /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g;

/** The lines of a text, each with its line end. */
export function splitLines(text: string): string[] {
  if (exoticLineEnd.test(text)) return text.match(line) ?? [];
  const lines = text.split('\n');
  const last = lines.pop();
  const ended = lines.map((one) => `${one}\n`);
  if (last) ended.push(last);
  return ended;
}

/** As JSON.stringify with one space of indent, keys sorted. */
function* encode(value: unknown, newLine: string): Generator<string> {
  if (typeof value !== 'object' || value === null) {
    yield JSON.stringify(value) ?? 'null';
    return;
  }
  const inner = `${newLine} `;
  let separator = inner;
  if (Array.isArray(value)) {
    if (value.length === 0) return yield '[]';
    yield '[';
    if (value.every((item) => typeof item === 'string')) {
      // Lines of output: there may be millions.
      for (const item of value) {
        yield separator + JSON.stringify(item);
        separator = `,${inner}`;
      }
      return yield `${newLine}]`;
    }
    for (const item of value) {
      yield separator;
      yield* encode(item, inner);
      separator = `,${inner}`;
    }
    return yield `${newLine}]`;
  }
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (entries.length === 0) return yield '{}';
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  yield '{';
  for (const [key, member] of entries) {
    yield `${separator}${JSON.stringify(key)}: `;
    yield* encode(member, inner);
    separator = `,${inner}`;
  }
  yield `${newLine}}`;
}

function* inParts(pieces: Iterable<string>): Generator<string> {
  let part = '';
  for (const piece of pieces) {
    part += piece;
    if (part.length >= PART_CHARACTERS) {
      yield part;
      part = '';
    }
  }
  yield part;
}
