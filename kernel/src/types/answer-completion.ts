import { findLineCommands } from '../language/line-commands.ts';
import type { CompleteOutcome } from '../link.ts';
import { completeTyped } from './complete.ts';
import type { Types } from './index.ts';
import { detailsOf } from './match-details.ts';
import { completeContent, merge } from './merge.ts';
import { moduleCompletion } from './module-specifiers.ts';
import type { TypeService } from './service.ts';

/** How much the values can add: names of which the types know nearly all, members of which an object may have more, all. */
export type LiveNeed = 'little' | 'some' | 'all';

/** Of so many matches the details are asked for. */
const MOST_DETAILED = 8;
/** Where there are few matches, details are what is looked for; so long they are waited for, in ms. */
const FEW = 5;
const FEW_MS = 200;
const MANY_MS = 4;

/**
 * The content of complete_reply from types and values; undefined where the types cannot answer.
 * @param values Gives what the values say.
 */
export async function answerCompletion(
  types: Types,
  code: string,
  cursor: number,
  values: (need: LiveNeed) => Promise<CompleteOutcome | undefined>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const commands = findLineCommands(code)?.commands ?? [];
  if (commands.some(({ start, end }) => start <= cursor && cursor <= end)) return undefined;
  const service = await types.service();
  return await service.inTurn('complete', () => answer(service, code, cursor, values, signal));
}

async function answer(
  service: TypeService,
  code: string,
  cursor: number,
  values: (need: LiveNeed) => Promise<CompleteOutcome | undefined>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (signal.aborted) return undefined;
  const module = moduleCompletion(code, cursor, service.folder);
  const typed = module ?? (await completeTyped(service, code, cursor, signal));
  if (typed === undefined) return undefined;
  const need = typed.matches.length === 0 ? 'all' : typed.general ? 'little' : 'some';
  const live = module === undefined ? await values(need) : undefined;
  // A string of which the types know nothing may be a key of a value.
  if (typed.place.kind === 'string' && typed.matches.length === 0 && live !== undefined) return undefined;
  const merged = merge(typed, live, service.notebook.hidden);
  const asked = merged.matches.slice(0, MOST_DETAILED).flatMap((match) => match.typed ?? []);
  const details = await detailsOf(service, typed, asked, merged.matches.length <= FEW ? FEW_MS : MANY_MS);
  return completeContent(code, merged, details);
}
