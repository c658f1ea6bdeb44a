import { fileURLToPath } from 'node:url';
import { DefinitionRequest, type Range } from 'vscode-languageserver-protocol/node';
import { findLineCommands } from '../language/line-commands.ts';
import { type Place, placeOf } from '../language/syntax-error.ts';
import { tokenize } from '../language/tokens.ts';
import { type CellFacts, factsOf } from './cell-facts.ts';
import { cursorSubject } from './cursor-subject.ts';
import { DOCUMENT, LINES_BEFORE } from './documents.ts';
import type { Types } from './index.ts';
import { rangeOf, uriOf } from './locations.ts';
import type { FoundEntry, TypeService } from './service.ts';
import { cellOffset } from './text-positions.ts';

/** A name in a text: 1-based lines and columns (UTF-16 units); `end` is behind the last character. */
interface Extent {
  readonly start: Place;
  readonly end: Place;
}

/**
 * Where a name is declared: in the code that was asked about; in one of the other cells that were sent along; in a cell that
 * has run, with the line as it ran, since it may be another one now; in a file.
 */
export type Definition =
  | ({ readonly in: 'code' } & Extent)
  | ({ readonly in: 'other'; readonly index: number } & Extent)
  | ({ readonly in: 'cell'; readonly count: number; readonly id?: string; readonly line: string } & Extent)
  | ({ readonly in: 'file'; readonly path: string } & Extent);

export interface DefinitionQuestion {
  readonly code: string;
  /** In UTF-16 units. */
  readonly cursor: number;
  /** Cells of the notebook that have not run. */
  readonly others: readonly string[];
}

const TIMEOUT_MS = 2_000;
const LINE_END = /\r\n|\r|\n/;

/** Where the thing at the cursor is declared; nowhere, if nobody knows. */
export async function definitionsAt(
  types: Types,
  { code, cursor, others }: DefinitionQuestion,
): Promise<readonly Definition[]> {
  const commands = findLineCommands(code)?.commands ?? [];
  if (commands.some(({ start, end }) => start <= cursor && cursor <= end)) return [];
  const { name, inCall } = cursorSubject(code, cursor);
  const service = await types.service();
  const found = await byTypes(service, code, cursor);
  if (found.length > 0 || name === undefined || name.isMember || inCall) return found;
  // A variable of another cell is declared anew in the line before the code, and the compiler may not be there at all.
  const ofNotebook = byNotebook(service, name.text);
  return ofNotebook === undefined ? byOthers(others, name.text) : [ofNotebook];
}

async function byTypes(service: TypeService, code: string, cursor: number): Promise<readonly Definition[]> {
  if (!(await service.ready())) return [];
  return await service.inTurn('inspect', async () => {
    const open = service.openDraft('inspect', code);
    const answer = await service.ask(DefinitionRequest.type, open, cursor, (at) => at, { timeoutMs: TIMEOUT_MS });
    return [answer ?? []].flat().flatMap((location) => {
      const [uri, range] = [uriOf(location), rangeOf(location)];
      if (uri === open.uri) return extentsIn(code, range).map((extent) => ({ in: 'code' as const, ...extent }));
      const cell = service.entryAt(uri, range);
      if (cell !== undefined) return extentsIn(cell.code, range, cell.line).map((extent) => inCell(cell, extent));
      // The line before the cells of a document is nobody's.
      return uri.startsWith('file:') && !uri.includes(DOCUMENT)
        ? [{ in: 'file' as const, path: fileURLToPath(uri), ...extentOf(range) }]
        : [];
    });
  });
}

/** A cell that declares the name, or has made it by an assignment. */
function byNotebook({ notebook }: TypeService, name: string): Definition | undefined {
  const entry = notebook.entry(notebook.names.get(name)?.declared ?? -1);
  const extent = entry && extentOfName(entry.facts, name);
  return entry && extent && inCell({ ...entry, code: entry.facts.code }, extent);
}

/** The last of the cells that will declare the name when they are run. */
function byOthers(others: readonly string[], name: string): readonly Definition[] {
  for (const [index, other] of [...others.entries()].reverse()) {
    const facts = factsOf(other);
    const extent = facts.declares.has(name) ? extentOfName(facts, name) : undefined;
    if (extent !== undefined) return [{ in: 'other', index, ...extent }];
  }
  return [];
}

function inCell({ count, id, code }: Omit<FoundEntry, 'line'>, extent: Extent): Definition {
  return {
    in: 'cell',
    count,
    ...(id !== undefined && { id }),
    line: code.split(LINE_END)[extent.start.line - 1] ?? '',
    ...extent,
  };
}

/** Where a cell declares a name; of one that is broken or only assigns to it, where it names it first. */
function extentOfName({ code, places }: CellFacts, name: string): Extent | undefined {
  const first = () => tokenize(code).list.find(({ kind, text }) => kind === 'name' && text === name)?.start;
  const at = places.get(name)?.name ?? first();
  return at === undefined ? undefined : { start: placeOf(code, at), end: placeOf(code, at + name.length) };
}

/** The part of a cell, which begins on the line `first` of its document, that a range is; none, if that is before the cell. */
function extentsIn(code: string, { start, end }: Range, first = LINES_BEFORE): Extent[] {
  if (start.line < first) return [];
  return [{ start: placeOf(code, cellOffset(code, start, first)), end: placeOf(code, cellOffset(code, end, first)) }];
}

function extentOf({ start, end }: Range): Extent {
  return {
    start: { line: start.line + 1, column: start.character + 1 },
    end: { line: end.line + 1, column: end.character + 1 },
  };
}
