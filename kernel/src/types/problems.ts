import {
  type Diagnostic,
  DiagnosticSeverity,
  DocumentDiagnosticRequest,
  type DocumentUri,
} from 'vscode-languageserver-protocol/node';
import { offsetOf, type Place, placeOf } from '../language/syntax-error.ts';
import type { CellFacts } from './cell-facts.ts';
import type { Visible } from './documents.ts';
import { IMPORTED_TYPE, markdownOf } from './quick-info.ts';
import type { TypeService } from './service.ts';
import { cellOffset, isInCell } from './text-positions.ts';

/** A type error in a cell. */
export interface Problem {
  /** `2322` of `TS2322`. */
  readonly code: number;
  readonly message: string;
  /** 1-based lines and columns (UTF-16 units); `end` is behind the last character. */
  readonly start: Place;
  readonly end: Place;
}

/** How long the compiler may take for a cell, in ms. */
const TIMEOUT_MS = 15_000;

/** What a cell may do that a module may not, or what only the model of the notebook has put there. */
const ARTEFACTS = new Set([
  2300, // Duplicate identifier: of two meanings that are merged
  2307, // A module that is not there: whoever imports it says so, and a cell may make it
  2309, // An export assignment in a module: the cell's result
  2323, // Exported twice
  2395, // Merged declarations must all be exported or all local
  2440, // An import beside a declaration: of two meanings that are merged
  2484, // Exported twice
  2528, // Several default exports
  2580, // Types of Node are not installed: its names are there all the same
  2591,
  2669, // `declare global` outside of a module
  2686, // React as a global
  2694, // A namespace to which several cells have added
  2882, // The same, imported for its effects
  4023, // Names that declaration files would need
  2410, // `with`
  2703, // `delete name`
  7016, // A package without types
  7017, // A property of globalThis that a cell has made
  7026, // JSX without types of its elements
  7041, // `this` of the top level
  7053, // An element of a type without index signature
]);

/** Errors of the grammar, of which the cell's own parser decides; these few are about types. */
const ABOUT_TYPES = new Set([1117, 1192, 1259, 1320, 1345, 1360, 1361, 1362]);

/** Types that nobody has written: only errors for who asks for them. */
function isImplicitAny(code: number): boolean {
  return code >= 7005 && code <= 7057;
}

/** What the compiler says about an open text; undefined where it does not answer in time. */
export async function problemsIn(
  service: TypeService,
  uri: DocumentUri,
  facts: CellFacts,
  signal?: AbortSignal,
): Promise<Problem[] | undefined> {
  // Whether a cell is TypeScript at all is said where it is run.
  if (!facts.parsed) return [];
  const params = { textDocument: { uri } };
  const report = await service.engine.request(DocumentDiagnosticRequest.type, params, {
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (report === undefined) return undefined;
  if (report === null || report.kind !== 'full') return [];
  const { names } = service.notebook;
  return report.items.flatMap((diagnostic) =>
    isArtefact(diagnostic, facts, names, service.reportsImplicitAny) ? [] : [problemOf(diagnostic, facts.code)],
  );
}

function isArtefact(
  { code, severity, range, message }: Diagnostic,
  facts: CellFacts,
  names: ReadonlyMap<string, Visible>,
  reportsImplicitAny: boolean,
): boolean {
  const number = Number(code);
  if (severity !== DiagnosticSeverity.Error || !isInCell(facts.code, range.start)) return true;
  if (ARTEFACTS.has(number)) return true;
  if (number < 2000 && !ABOUT_TYPES.has(number)) return true;
  if (isImplicitAny(number) && !reportsImplicitAny) return true;
  const text = facts.code.slice(cellOffset(facts.code, range.start), cellOffset(facts.code, range.end));
  // At the top level `this` is the global object.
  if (text === 'this' || text.startsWith('this.')) return number === 2532 || number === 2683 || number === 18048;
  if (number === 2304) return /^_\d+$/.test(text) || facts.assigns.has(text) || names.has(text);
  if (number !== 2339 && number !== 2551) return false;
  const [, owner = ''] = /on type 'typeof ([\w$]+)'/.exec(markdownOf(message)) ?? [];
  return names.get(owner)?.kind === 'namespace';
}

function problemOf({ code, message, range }: Diagnostic, cell: string): Problem {
  const start = cellOffset(cell, range.start);
  const end = cellOffset(cell, range.end);
  const constant = Number(code) === 2632;
  return {
    code: constant ? 2588 : Number(code),
    message: constant
      ? `Cannot assign to '${cell.slice(start, end)}' because it is a constant.`
      : plain(markdownOf(message)),
    start: placeOf(cell, start),
    end: placeOf(cell, end),
  };
}

function plain(message: string): string {
  return message.replace(IMPORTED_TYPE, '').replace(/ Do you need to change your target library\?.*$/, '');
}

/** The line of a problem, and under it what it is about. */
export function excerptOf(code: string, { start, end }: Problem): { readonly line: string; readonly marks: string } {
  const from = offsetOf(code, { line: start.line, column: 1 });
  const [line = ''] = code.slice(from).split(/\r\n|[\n\r\u2028\u2029]/, 1);
  const length = end.line === start.line ? end.column - start.column : line.length - start.column + 1;
  const indent = line.slice(0, start.column - 1).replace(/[^\t]/g, ' ');
  return { line, marks: `${indent}${'^'.repeat(Math.max(1, length))}` };
}
