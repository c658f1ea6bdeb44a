import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { absolute } from './cd.ts';
import { CommandError, fileError, misused } from './command.ts';
import { badRange, inRanges, looksLikeRange, parseRanges } from './ranges.ts';
import { words } from './words.ts';

export const LOAD_USAGE = '%load FILE|URL [RANGES]';
/** A larger file is no cell, in bytes. */
const MAX_BYTES = 1024 * 1024;
/** How long an address may take to answer, in ms. */
const TIMEOUT_MS = 30_000;

/** `FILE|URL [RANGES]` */
export function loadArguments(rest: string): { readonly source: string; readonly ranges: string } {
  const all = words(rest, LOAD_USAGE);
  const ranges: string[] = [];
  while (all.length > 1 && looksLikeRange(all.at(-1) ?? '')) ranges.unshift(all.pop() ?? '');
  const [source, ...others] = all;
  if (source === undefined) throw misused('%load needs a file or an address', LOAD_USAGE);
  if (others.length > 0)
    throw misused(`%load takes one file; ${others[0]} is one more (quote names with blanks)`, LOAD_USAGE);
  return { source, ranges: ranges.join(' ') };
}

/** The text of a file or an address, or its lines in `ranges`; of a notebook its code cells. */
export async function loadText(source: string, ranges = ''): Promise<string> {
  const chosen = parseRanges(ranges);
  const text = await read(source);
  const isNotebook = extname(new URL(source, 'file:///').pathname) === '.ipynb';
  const parts = isNotebook ? cellsOf(text, source) : text.trimEnd().split(/\r\n|\n|\r/);
  const separator = isNotebook ? '\n\n' : '\n';
  if (chosen.length === 0) return parts.join(separator);
  const numbers = inRanges(
    chosen,
    parts.map((_, index) => index + 1),
  );
  if (numbers.length === 0) {
    throw badRange(`${source} has ${parts.length} ${isNotebook ? 'code cells' : 'lines'}, none of them in ${ranges}`);
  }
  return numbers.map((number) => parts[number - 1]).join(separator);
}

async function read(source: string): Promise<string> {
  const bytes = /^https?:\/\//i.test(source) ? await download(source) : await readLocal(source);
  const failed = `cannot load ${source}`;
  if (bytes.length > MAX_BYTES) throw new CommandError('ERR_COMMAND_SIZE', `${failed}: it is larger than a megabyte`);
  if (bytes.includes(0)) throw new CommandError('ERR_COMMAND_BINARY', `${failed}: it is not text`);
  return bytes.toString().replace(/^\uFEFF/, '');
}

async function readLocal(source: string): Promise<Buffer> {
  try {
    return await readFile(source.startsWith('file:') ? fileURLToPath(source) : absolute(source));
  } catch (error) {
    throw fileError(`cannot load ${source}`, error);
  }
}

async function download(url: string): Promise<Buffer> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new CommandError('ERR_COMMAND_FETCH', `cannot load ${url}: ${reason}`, { cause });
  }
  if (!response.ok) {
    throw new CommandError('ERR_COMMAND_FETCH', `cannot load ${url}: ${response.status} ${response.statusText}`);
  }
  return Buffer.from(await response.arrayBuffer());
}

function cellsOf(text: string, source: string): string[] {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch (cause) {
    throw new CommandError('ERR_COMMAND_NOTEBOOK', `cannot load ${source}: it is not JSON`, { cause });
  }
  const { cells } = (notebook ?? {}) as { readonly cells?: unknown };
  if (!Array.isArray(cells)) throw new CommandError('ERR_COMMAND_NOTEBOOK', `cannot load ${source}: it has no cells`);
  return cells.flatMap((cell: { readonly cell_type?: unknown; readonly source?: unknown }) =>
    cell.cell_type === 'code' ? [[cell.source].flat().join('').trimEnd()] : [],
  );
}
