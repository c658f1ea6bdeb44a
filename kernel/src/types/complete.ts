import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  CompletionRequest,
  type InsertReplaceEdit,
  type Range,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { type CompletionPlace, completionPlace } from './completion-place.ts';
import { type BoundCell, isInternal } from './documents.ts';
import type { MatchDetails } from './match-details.ts';
import { memberPath } from './member-path.ts';
import type { OpenText, TypeService } from './service.ts';
import { cellOffset } from './text-positions.ts';

/** Something that the types know to be possible at the cursor. */
export interface TypedMatch {
  readonly text: string;
  /** In the words of Jupyter's frontends. */
  readonly type: string;
  /** As the compiler ranks it. */
  readonly sortText: string;
  readonly deprecated: boolean;
  readonly item?: CompletionItem;
}

export interface TypedCompletion {
  readonly place: CompletionPlace;
  readonly matches: readonly TypedMatch[];
  /** Whether any name may stand here, and not only one of a few keys. */
  readonly general: boolean;
  /** Absent where the language server was not asked. */
  readonly source?: MatchSource;
}

/** What the language server was asked about, and so has to have to be asked for details, with those that it has told. */
export interface MatchSource {
  readonly draft: BoundCell;
  readonly details: Map<TypedMatch, MatchDetails>;
}

const TIMEOUT_MS = 3_000;
/** Names of other cells that the document of the cursor sees although they are not written in it yet. */
const MOST_ALSO = 50;
const IDENTIFIER = /^#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** What the types say may be written at the cursor; undefined where they do not answer in time. */
export async function completeTyped(
  service: TypeService,
  code: string,
  cursor: number,
  signal?: AbortSignal,
): Promise<TypedCompletion | undefined> {
  const place = completionPlace(code, cursor);
  if (place.kind === 'nothing') return { place, matches: [], general: false };
  if (!(await service.ready())) return undefined;
  const path = place.kind === 'member' ? memberPath(code, place.start) : undefined;
  if (path === undefined) return await ask(service, code, cursor, place, signal);
  const members = service.members.of(path) ?? (await askMembers(service, path, signal));
  return members && { ...members, place };
}

/** The members of a path in a cell that is this path alone: they are kept for all cells that say no more about it. */
async function askMembers(
  service: TypeService,
  path: string,
  signal: AbortSignal | undefined,
): Promise<TypedCompletion | undefined> {
  const code = `${path}.`;
  const keep = service.members.keeper(path);
  const members = await ask(service, code, code.length, completionPlace(code, code.length), signal);
  if (members !== undefined) keep(members);
  return members;
}

async function ask(
  service: TypeService,
  code: string,
  cursor: number,
  place: CompletionPlace,
  signal: AbortSignal | undefined,
): Promise<TypedCompletion | undefined> {
  const { names } = service.notebook;
  const also: string[] = [];
  if (place.kind === 'name') {
    for (const name of names.keys()) if (name.startsWith(place.prefix) && also.length < MOST_ALSO) also.push(name);
  }
  const open = service.openDraft('complete', code, also);
  const source = { draft: open.draft, details: new Map() };
  const list = await listAt(service, open, cursor, signal);
  if (list === undefined) return undefined;
  const items = list.items.filter(({ label }) => !isInternal(label));
  if (place.kind === 'string') return { ...inString(code, place, list, items), source };
  const matches = items.flatMap((item) => matchOf(item));
  const general = place.kind === 'name' && items.some(({ label }) => label === 'globalThis');
  if (general) {
    const own = open.draft.facts.declares;
    const listed = new Set(matches.map(({ text }) => text));
    for (const [name, { kind }] of names) {
      if (listed.has(name) || own.has(name)) continue;
      matches.push({ text: name, type: TYPE_OF_KIND[kind] ?? 'instance', sortText: '11', deprecated: false });
    }
  }
  return { place, matches, general, source };
}

async function listAt(
  service: TypeService,
  open: OpenText,
  cursor: number,
  signal: AbortSignal | undefined,
): Promise<CompletionList | undefined> {
  const answer = await service.ask(CompletionRequest.type, open, cursor, (at) => at, { timeoutMs: TIMEOUT_MS, signal });
  if (answer === undefined) return undefined;
  if (answer === null) return { isIncomplete: false, items: [] };
  return Array.isArray(answer) ? { isIncomplete: false, items: answer } : answer;
}

function matchOf(item: CompletionItem): TypedMatch[] {
  // In JavaScript, any word of the text.
  if (item.kind === CompletionItemKind.Text) return [];
  const text = item.label.replace(/\?$/, '');
  if (!IDENTIFIER.test(text)) return [];
  const deprecated = item.tags?.includes(CompletionItemTag.Deprecated) === true || item.deprecated === true;
  return [{ text, type: typeOf(item), sortText: item.sortText ?? item.label, deprecated, item }];
}

/** In a string the compiler says what is replaced: all of a literal, or the last part of a path. */
function inString(
  code: string,
  place: CompletionPlace,
  list: CompletionList,
  items: readonly CompletionItem[],
): TypedCompletion {
  const matches: TypedMatch[] = [];
  let start: number | undefined;
  for (const item of items) {
    const range = rangeOf(item.textEdit) ?? rangeOf(list.itemDefaults?.editRange);
    const from = range === undefined ? undefined : cellOffset(code, range.start);
    start ??= from;
    if (from !== start) continue;
    const text = item.textEdit?.newText ?? item.insertText ?? item.label;
    matches.push({ text, type: typeOf(item), sortText: item.sortText ?? item.label, deprecated: false, item });
  }
  const from = start === undefined || start < place.start || start > place.end ? place.start : start;
  // A path is completed from its last slash on, unless the answer says otherwise.
  const slash = start === undefined && items.some(({ kind }) => isPath(kind)) ? place.prefix.lastIndexOf('/') + 1 : 0;
  const at = from + slash;
  return { place: { ...place, start: at, prefix: code.slice(at, place.end) }, matches, general: false };
}

function isPath(kind: CompletionItemKind | undefined): boolean {
  return kind === CompletionItemKind.File || kind === CompletionItemKind.Folder || kind === CompletionItemKind.Module;
}

function rangeOf(
  edit: TextEdit | InsertReplaceEdit | Range | { readonly insert: Range; readonly replace: Range } | undefined,
): Range | undefined {
  if (edit === undefined) return undefined;
  if ('range' in edit) return edit.range;
  return 'insert' in edit ? edit.insert : edit;
}

const TYPE_OF_KIND: Readonly<Record<string, string>> = {
  function: 'function',
  class: 'class',
  enum: 'enum',
  namespace: 'module',
  type: 'type',
  interface: 'interface',
};

function typeOf({ kind }: CompletionItem): string {
  switch (kind) {
    case CompletionItemKind.Function:
    case CompletionItemKind.Method:
    case CompletionItemKind.Constructor:
      return 'function';
    case CompletionItemKind.Class:
      return 'class';
    case CompletionItemKind.Interface:
      return 'interface';
    case CompletionItemKind.TypeParameter:
    case CompletionItemKind.Struct:
      return 'type';
    case CompletionItemKind.Property:
    case CompletionItemKind.Field:
    case CompletionItemKind.EnumMember:
      return 'property';
    case CompletionItemKind.Enum:
      return 'enum';
    case CompletionItemKind.Keyword:
      return 'keyword';
    case CompletionItemKind.Module:
      return 'module';
    case CompletionItemKind.File:
    case CompletionItemKind.Folder:
      return 'path';
    case CompletionItemKind.Constant:
    case CompletionItemKind.Value:
    case CompletionItemKind.Text:
      return 'statement';
    default:
      return 'instance';
  }
}
