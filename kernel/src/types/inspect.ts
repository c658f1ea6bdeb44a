import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DefinitionRequest,
  HoverRequest,
  type Location,
  type LocationLink,
  type MarkupContent,
  type Range,
  SignatureHelpRequest,
  type SignatureInformation,
} from 'vscode-languageserver-protocol/node';
import { offsetOf, placeOf } from '../language/syntax-error.ts';
import { rangeOf, uriOf } from './locations.ts';
import { markdownOf, plainDeclaration, type QuickInfo, quickInfoOf } from './quick-info.ts';
import type { OpenText, TypeService } from './service.ts';
import { cellOffset } from './text-positions.ts';

const TIMEOUT_MS = 2_000;

/** Where something is declared. */
export interface DefinedAt {
  /** `In[3]:1:7`, `this cell, line 2`, `node_modules/zod/index.d.ts:10:3`. */
  readonly words: string;
  /** Its text. */
  readonly source?: string;
}

/** What the types know of the name at a place of a cell. */
export interface TypedName extends QuickInfo {
  readonly definedAt?: DefinedAt;
}

/** What the types know of a call at the cursor. */
export interface TypedCall {
  /** The overloads, that which fits the arguments first. */
  readonly signatures: readonly string[];
  /** Markdown. */
  readonly documentation: string;
  readonly parameter?: { readonly label: string; readonly documentation: string };
}

export interface TypedNameOptions {
  /** Whether it stands behind a dot. */
  readonly isMember: boolean;
  /** Whether the text of its declaration is wanted, from wherever it is. */
  readonly withSource: boolean;
}

/** The name that begins at `offset`. */
export async function typedName(
  service: TypeService,
  open: OpenText,
  name: string,
  offset: number,
  { isMember, withSource }: TypedNameOptions,
): Promise<TypedName | undefined> {
  const options = { timeoutMs: TIMEOUT_MS };
  const [hover, definition] = await Promise.all([
    service.ask(HoverRequest.type, open, offset, (at) => at, options),
    service.ask(DefinitionRequest.type, open, offset, (at) => at, options),
  ]);
  if (hover === undefined || hover === null) return undefined;
  const info = quickInfoOf(markdownOf(hover.contents), service.folder);
  const [location] = [definition ?? []].flat();
  const ofNotebook = isMember ? undefined : await notebookName(service, open, name, location);
  // So it writes a name that it does not know, a type among values for one.
  if (info.declaration === 'any') return ofNotebook;
  const definedAt = ofNotebook?.definedAt ?? (location && (await locationOf(service, open, location, withSource)));
  return {
    declaration: info.declaration,
    documentation: info.documentation || (ofNotebook?.documentation ?? ''),
    ...(definedAt !== undefined && { definedAt }),
  };
}

/** A name of another cell: where that declares it, and its comment there. */
async function notebookName(
  service: TypeService,
  open: OpenText,
  name: string,
  location: Location | LocationLink | undefined,
): Promise<TypedName | undefined> {
  const isOwn = location !== undefined && uriOf(location) === open.uri && rangeOf(location).start.line > 0;
  const known = service.notebook.names.get(name);
  const entry = known === undefined || isOwn ? undefined : service.notebook.entry(known.declared);
  const place = entry?.facts.places.get(name);
  if (entry !== undefined && known?.kind === 'implicit') {
    return {
      declaration: `let ${name}: any`,
      documentation: '',
      definedAt: { words: `In[${entry.count}], by an assignment` },
    };
  }
  if (entry === undefined || place === undefined) return undefined;
  const isFound = location !== undefined && service.entryAt(uriOf(location), rangeOf(location)) !== undefined;
  // What was found is more than this: another name may stand for a part of it.
  if (isFound) return undefined;
  const declared = service.openEntry(entry);
  if (declared === undefined) return undefined;
  const hover = await service.ask(HoverRequest.type, declared, place.name, (at) => at, { timeoutMs: TIMEOUT_MS });
  return {
    ...quickInfoOf(markdownOf(hover?.contents), service.folder),
    definedAt: {
      words: `In[${entry.count}]:${placeWords(entry.facts.code, place.name)}`,
      source: entry.facts.code.slice(place.start, place.end),
    },
  };
}

async function locationOf(
  service: TypeService,
  open: OpenText,
  location: Location | LocationLink,
  withSource: boolean,
): Promise<DefinedAt> {
  const uri = uriOf(location);
  const range = rangeOf(location);
  const whole = 'targetRange' in location ? location.targetRange : range;
  if (uri === open.uri) {
    const at = cellOffset(open.code, range.start);
    return { words: `this cell, line ${placeOf(open.code, at).line}`, source: textIn(open.code, whole) };
  }
  const found = service.entryAt(uri, range);
  if (found !== undefined) {
    const { code, line, count } = found;
    return {
      words: `In[${count}]:${placeWords(code, cellOffset(code, range.start, line))}`,
      source: textIn(code, whole, line),
    };
  }
  const { line, character } = range.start;
  const source = withSource && uri.startsWith('file:') ? await textOfFile(fileURLToPath(uri), whole) : undefined;
  return {
    words: `${fileWords(service.folder, uri)}:${line + 1}:${character + 1}`,
    ...(source !== undefined && { source }),
  };
}

async function textOfFile(file: string, { start, end }: Range): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text?.slice(
    offsetOf(text, { line: start.line + 1, column: start.character + 1 }),
    offsetOf(text, { line: end.line + 1, column: end.character + 1 }),
  );
}

function fileWords(folder: string, uri: string): string {
  if (!uri.startsWith('file:')) return uri.split('/').at(-1) ?? uri;
  const file = fileURLToPath(uri);
  const near = relative(folder, file);
  return near.startsWith('..') ? file : near;
}

function textIn(code: string, { start, end }: Range, line?: number): string {
  return code.slice(cellOffset(code, start, line), cellOffset(code, end, line));
}

function placeWords(code: string, offset: number): string {
  const { line, column } = placeOf(code, offset);
  return `${line}:${column}`;
}

/** The call whose parentheses the cursor is in. */
export async function typedCall(service: TypeService, open: OpenText, cursor: number): Promise<TypedCall | undefined> {
  const help = await service.ask(SignatureHelpRequest.type, open, cursor, (at) => at, { timeoutMs: TIMEOUT_MS });
  if (help === undefined || help === null) return undefined;
  const active = help.signatures[help.activeSignature ?? 0] ?? help.signatures[0];
  if (active === undefined) return undefined;
  const others = help.signatures.filter((signature) => signature !== active);
  const parameter = parameterOf(active, active.activeParameter ?? help.activeParameter ?? 0);
  return {
    signatures: [active, ...others].map(({ label }) => plainDeclaration(label, service.folder)),
    documentation: documentationOf(active.documentation),
    ...(parameter !== undefined && { parameter }),
  };
}

function parameterOf(signature: SignatureInformation, index: number): TypedCall['parameter'] {
  const parameter = signature.parameters?.[index];
  if (parameter === undefined) return undefined;
  const { label, documentation } = parameter;
  return {
    label: typeof label === 'string' ? label : signature.label.slice(...label),
    documentation: documentationOf(documentation),
  };
}

function documentationOf(documentation: string | MarkupContent | undefined): string {
  return markdownOf(documentation).trim();
}
