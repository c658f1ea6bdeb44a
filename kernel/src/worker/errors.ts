import { basename, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type CellSyntaxError, MARK, type Place } from '../language/index.ts';
import type { CellError } from '../link.ts';
import { inspectText } from './display/index.ts';
import type { LazyFiles } from './files/lazy.ts';
import { NOTEBOOK } from './modules.ts';
import { RememberedCells } from './remembered-cells.ts';

/** An interrupted cell ends with this. */
export class InterruptError extends Error {
  override readonly name = 'InterruptError';
  readonly code = 'ERR_INTERRUPTED';
  constructor() {
    super('The cell was interrupted.');
  }
}

/** A cause of a cause of a cause … stops here. */
const MAX_DEPTH = 8;

const RED = '\u001b[31m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** Folder of the worker's own code, whose frames are not the user's. */
const OWN_FOLDER = pathToFileURL(fileURLToPath(new URL('.', import.meta.url))).href;
const GATEWAY_FOLDER = new URL('../../../gateway/', import.meta.url).href;

/** Writes errors as the user is to see them: their own frames, with the places of their own source. */
export class ErrorFormatter {
  /** The cells whose frames may show up in stacks. */
  readonly cells: RememberedCells;

  readonly #files: Pick<LazyFiles, 'placeOf'> | undefined;

  /** @param files Where the places of compiled files are known */
  constructor(files?: Pick<LazyFiles, 'placeOf'>, cells = new RememberedCells()) {
    this.#files = files;
    this.cells = cells;
  }

  format(thrown: unknown): CellError {
    if (!isError(thrown)) {
      const evalue = inspectText(thrown);
      return { ename: 'Uncaught', evalue, traceback: [`${RED}Uncaught${RESET} ${evalue}`] };
    }
    const ename = property(thrown, 'name', 'Error');
    const evalue = property(thrown, 'message', '');
    return { ename, evalue, traceback: this.#traceback(thrown, '', 0) };
  }

  /** The place at fault, in the words and with the caret of a compiler. */
  formatSyntaxError(error: CellSyntaxError, cell: string): CellError {
    const evalue = error.message;
    const heading = `${RED}SyntaxError${RESET}: ${evalue}`;
    return {
      ename: 'SyntaxError',
      evalue,
      traceback: [heading, `    at ${cell}:${error.line}:${error.column}`, error.excerpt],
    };
  }

  #traceback(error: Error, indent: string, depth: number): string[] {
    const lines = [`${indent}${RED}${property(error, 'name', 'Error')}${RESET}: ${property(error, 'message', '')}`];
    for (const frame of this.frames(property(error, 'stack', ''))) lines.push(`${indent}    ${DIM}${frame}${RESET}`);
    if (depth >= MAX_DEPTH) return lines;
    if (error instanceof AggregateError && Array.isArray(error.errors)) {
      for (const [index, inner] of error.errors.entries()) {
        lines.push(`${indent}  [errors ${index}]`, ...this.#inner(inner, `${indent}  `, depth));
      }
    }
    if (error.cause !== undefined) lines.push(`${indent}  [cause]`, ...this.#inner(error.cause, `${indent}  `, depth));
    return lines;
  }

  #inner(error: unknown, indent: string, depth: number): string[] {
    return isError(error) ? this.#traceback(error, indent, depth + 1) : [`${indent}${inspectText(error)}`];
  }

  /** The user's own frames of V8's stack. */
  frames(stack: string): string[] {
    const frames: string[] = [];
    const [, refused = '', refusedAt] = REFUSED.exec(stack) ?? [];
    if (isUsers(refused)) frames.push(`at ${pathOf(refused)}:${refusedAt}`);
    for (const line of stack.split('\n')) {
      const frame = FRAME.exec(line);
      if (frame === null) continue;
      const [, awaited = '', name = '', file = '', row = '0', column = '0'] = frame;
      const cell = this.cells.get(file);
      if (cell !== undefined) {
        const place: Place = cell.position(Number(row), Number(column));
        frames.push(`at ${awaited}${within(name, `${file}:${place.line}:${place.column}`)}`);
      } else if (isUsers(file)) {
        const at: Place = { line: Number(row), column: Number(column) };
        const place = this.#files?.placeOf(file, at) ?? at;
        frames.push(`at ${awaited}${within(name, `${pathOf(file)}:${place.line}:${place.column}`)}`);
      }
    }
    return frames;
  }
}

/** `at name (file:1:2)`, `at async name (…)`, `at file:1:2`. */
const FRAME = /^\s+at (async )?(?:(.*?) \()?((?:file:\/\/|node:|[a-z]+:|In\[|\/|[A-Za-z]:\\)?[^()]*?):(\d+):(\d+)\)?$/;

/** Node begins the stack of what V8 refuses with the place in the module. */
const REFUSED = /^((?:file:\/\/|\/|[A-Za-z]:\\).*):(\d+)\n/;

function pathOf(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}

function within(name: string, place: string): string {
  return name === '' || name === 'eval' || name === '<anonymous>' ? place : `${name} (${place})`;
}

function isUsers(file: string): boolean {
  if (file.startsWith('node:') || file.startsWith('data:') || file === '' || file === '<anonymous>') return false;
  if (file.startsWith(OWN_FOLDER) || file.startsWith(GATEWAY_FOLDER) || basename(file) === NOTEBOOK) return false;
  return !file.includes(`${sep}node_modules${sep}`) && !file.includes('/node_modules/');
}

function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/** A property of an error that may be hostile. */
function property(error: Error, key: 'name' | 'message' | 'stack', otherwise: string): string {
  try {
    const value = error[key];
    // The cells' own name of something global is not the name that the user wrote.
    return typeof value === 'string' ? value.replaceAll(MARK, '') : otherwise;
  } catch {
    return otherwise;
  }
}
