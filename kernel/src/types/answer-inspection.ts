import { findLineCommands } from '../language/line-commands.ts';
import type { InspectOutcome } from '../link.ts';
import { cursorSubject } from './cursor-subject.ts';
import type { Types } from './index.ts';
import { type TypedCall, type TypedName, typedCall, typedName } from './inspect.ts';
import { plainText } from './quick-info.ts';

/** UTF-16 units of a source that is shown. */
const MAX_SOURCE = 50_000;

/** A part of an answer: Markdown, or code. */
type Part = { readonly words: string } | { readonly code: string };

export interface InspectionQuestion {
  readonly code: string;
  readonly cursor: number;
  readonly detailLevel: 0 | 1;
}

/**
 * What types and values know of the thing at the cursor; undefined where the types cannot answer.
 * @param values Gives what the values say.
 */
export async function answerInspection(
  types: Types,
  { code, cursor, detailLevel }: InspectionQuestion,
  values: () => Promise<InspectOutcome | undefined>,
): Promise<InspectOutcome | undefined> {
  const commands = findLineCommands(code)?.commands ?? [];
  if (commands.some(({ start, end }) => start <= cursor && cursor <= end)) return undefined;
  const { name, inCall } = cursorSubject(code, cursor);
  if (name === undefined && !inCall) return undefined;
  const service = await types.service();
  if (!(await service.ready())) return undefined;
  const { isMember = false } = name ?? {};
  const [typed, call] = await service.inTurn('inspect', () => {
    const open = service.openDraft('inspect', code);
    return Promise.all([
      name && typedName(service, open, name.text, name.start, { isMember, withSource: detailLevel === 1 }),
      inCall ? typedCall(service, open, cursor) : undefined,
    ]);
  });
  if (typed === undefined && call === undefined) return undefined;
  const isLocal = typed !== undefined && /^\((?:parameter|local|type parameter)/.test(typed.declaration);
  const live = isLocal ? undefined : factsIn(await values());
  return render(typed, call, live, detailLevel);
}

/** What the worker says of a value, in fields. */
interface LiveFacts {
  readonly kind: string;
  readonly value?: string;
  readonly length?: number;
  readonly place?: string;
  readonly source?: string;
}

function factsIn(outcome: InspectOutcome | undefined): LiveFacts | undefined {
  const facts: unknown = outcome?.metadata.elara;
  if (typeof facts !== 'object' || facts === null || !('kind' in facts)) return undefined;
  const { kind, value, length, place, source } = facts as Readonly<Record<string, unknown>>;
  return {
    kind: String(kind),
    ...(typeof value === 'string' && { value }),
    ...(typeof length === 'number' && { length }),
    ...(typeof place === 'string' && { place }),
    ...(typeof source === 'string' && { source }),
  };
}

function render(
  typed: TypedName | undefined,
  call: TypedCall | undefined,
  live: LiveFacts | undefined,
  detailLevel: 0 | 1,
): InspectOutcome {
  const parts: Part[] = [];
  if (call !== undefined) {
    parts.push({ code: call.signatures.join('\n') });
    const { parameter } = call;
    if (parameter !== undefined) {
      const about = parameter.documentation === '' ? '' : `: ${parameter.documentation}`;
      parts.push({ words: `Parameter \`${parameter.label}\`${about}` });
    }
  } else if (typed !== undefined) parts.push({ code: typed.declaration });
  const documentation = call?.documentation || typed?.documentation;
  if (documentation) parts.push({ words: documentation });
  if (live?.value !== undefined) {
    const size = live.length === undefined ? '' : `, length ${live.length}`;
    parts.push({ words: `Value (${live.kind}${size}):` }, { code: live.value });
  }
  const place = typed?.definedAt?.words ?? live?.place?.replace(/^Defined in /, '');
  if (place !== undefined) parts.push({ words: `Defined in ${place}` });
  const source = detailLevel === 0 ? undefined : (live?.source ?? typed?.definedAt?.source);
  if (source !== undefined) parts.push({ words: 'Source:' }, { code: source.slice(0, MAX_SOURCE) });
  const plain = parts.map((part) => ('code' in part ? part.code : plainText(part.words)));
  const markdown = parts.map((part) => ('code' in part ? codeBlock(part.code) : part.words));
  return {
    found: true,
    data: { 'text/plain': plain.join('\n\n'), 'text/markdown': markdown.join('\n\n') },
    metadata: {},
  };
}

function codeBlock(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}ts\n${code}\n${fence}`;
}
