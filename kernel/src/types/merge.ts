import { toCodePoints } from '@elara/protocol/code-points';
import type { CompleteOutcome } from '../link.ts';
import type { TypedCompletion, TypedMatch } from './complete.ts';
import type { MatchDetails } from './match-details.ts';

/** How many matches an answer has at most. */
const MAX_MATCHES = 1_000;
/** Ranks, behind what the compiler ranks: what an object has beyond its type, what every object has, what is best not used. */
const BEYOND_TYPE = 100;
const EVERY_OBJECTS = 200;
const PRIVATE = 400;
const DEPRECATED = 800;
const OBJECT_PROTOTYPE = new Set(Object.getOwnPropertyNames(Object.prototype));

export interface Merged {
  readonly text: string;
  readonly type: string;
  readonly signature?: string;
  /** What the types know of it; undefined where only the value has it. */
  readonly typed?: TypedMatch;
}

export interface MergedCompletion {
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly matches: readonly Merged[];
  readonly total: number;
}

/** An entry of `_jupyter_types_experimental` as the worker makes it. */
interface LiveDescription {
  readonly type: string;
  readonly signature?: string;
  /** Whether the object itself has it, and inherits it from none. */
  readonly own: boolean;
}

/** Matches of such types alone are a place for types: a value there would be wrong. */
const TYPES = new Set(['class', 'interface', 'enum', 'module', 'type']);

/**
 * What types and values say together: the types first, and from the values what the types do not know.
 * @param hidden Names of members that classes of the cells keep to themselves.
 */
export function merge(
  typed: TypedCompletion,
  live: CompleteOutcome | undefined,
  hidden: ReadonlySet<string> = new Set(),
): MergedCompletion {
  const { place, matches, general } = typed;
  const ranked: { readonly merged: Merged; readonly rank: number }[] = [];
  const known = new Set<string>();
  for (const match of matches) {
    if (known.has(match.text)) continue;
    known.add(match.text);
    const { text, type } = match;
    ranked.push({ merged: { text, type, typed: match }, rank: rankOf(match, place.kind === 'member') });
  }
  const ofTypes = matches.length > 0 && matches.every(({ type }) => TYPES.has(type));
  if (live !== undefined && live.cursorStart === place.start && !ofTypes) {
    const descriptions = describedBy(live);
    const takesAll = matches.length === 0 || (place.kind === 'name' && general);
    live.matches.forEach((text, index) => {
      if (known.has(text) || (!takesAll && hidden.has(text))) return;
      const description = descriptions.get(text);
      if (!takesAll && !(place.kind === 'member' && description?.own === true && !text.startsWith('_'))) return;
      const { type = 'instance', signature } = description ?? {};
      // The values' own order is kept behind the types.
      const rank = BEYOND_TYPE + index / live.matches.length + (text.startsWith('_') ? PRIVATE : 0);
      ranked.push({ merged: { text, type, ...(signature !== undefined && { signature }) }, rank });
    });
  }
  const chosen = beginningWith(ranked, place.prefix);
  chosen.sort((a, b) => a.rank - b.rank || (a.merged.text < b.merged.text ? -1 : 1));
  return {
    start: place.start,
    end: place.end,
    matches: chosen.slice(0, MAX_MATCHES).map(({ merged }) => merged),
    total: chosen.length,
  };
}

function rankOf({ text, sortText, deprecated }: TypedMatch, isMember: boolean): number {
  const compiler = Number(sortText.replace(/\D/g, '')) || 0;
  return (
    compiler +
    (isMember && OBJECT_PROTOTYPE.has(text) ? EVERY_OBJECTS : 0) +
    (text.startsWith('_') ? PRIVATE : 0) +
    (deprecated || sortText.startsWith('z') ? DEPRECATED : 0)
  );
}

/** Those that begin with what was written; if there are none, those that do when case does not count. */
function beginningWith<T extends { readonly merged: Merged }>(all: readonly T[], prefix: string): T[] {
  const exact = all.filter(({ merged }) => merged.text.startsWith(prefix));
  if (exact.length > 0) return exact;
  const lower = prefix.toLowerCase();
  return all.filter(({ merged }) => merged.text.toLowerCase().startsWith(lower));
}

function describedBy({ metadata }: CompleteOutcome): ReadonlyMap<string, LiveDescription> {
  const list: unknown = metadata._jupyter_types_experimental;
  const found = new Map<string, LiveDescription>();
  for (const entry of Array.isArray(list) ? list : []) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { text, type, signature, own } = entry as Readonly<Record<string, unknown>>;
    if (typeof text !== 'string' || typeof type !== 'string') continue;
    found.set(text, { type, own: own === true, ...(typeof signature === 'string' && { signature }) });
  }
  return found;
}

/** The content of complete_reply, but for its status. */
export function completeContent(
  code: string,
  { start, end, matches, total }: MergedCompletion,
  details: ReadonlyMap<TypedMatch, MatchDetails>,
): Readonly<Record<string, unknown>> {
  const place = { start: toCodePoints(code, start), end: toCodePoints(code, end) };
  const descriptions = matches.map(({ text, type, signature, typed }) => {
    const known = typed === undefined ? undefined : details.get(typed);
    return { ...place, text, type, ...(signature !== undefined && { signature }), ...known };
  });
  const truncated = total > matches.length && { elara: { truncated: { shown: matches.length, total } } };
  return {
    matches: matches.map(({ text }) => text),
    cursor_start: place.start,
    cursor_end: place.end,
    metadata: { _jupyter_types_experimental: descriptions, ...truncated },
  };
}
