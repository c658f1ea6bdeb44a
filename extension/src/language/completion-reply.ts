import { toUtf16 } from '@elara/protocol/code-points';
import { type Content, isRecord } from '../outputs/output.ts';

/** One way to go on. */
export interface Match {
  readonly text: string;
  /** As Jupyter's frontends name kinds: `function`, `instance`, `class`, …; empty if unknown. */
  readonly type: string;
  /** What follows the name in a list: `(a: number) => string`. */
  readonly signature: string;
  /** The declaration. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
}

export interface Completion {
  readonly matches: readonly Match[];
  /** UTF-16 offsets of what a match replaces. */
  readonly start: number;
  readonly end: number;
}

/** What a `complete_reply` says. Positions on the wire count code points. Spec: messaging, "Completion". */
export function completionOf(code: string, content: Content): Completion {
  const { matches, cursor_start: start, cursor_end: end, metadata } = content;
  const texts = Array.isArray(matches) ? matches.filter((text) => typeof text === 'string') : [];
  const extended = isRecord(metadata) ? metadata._jupyter_types_experimental : undefined;
  const known = new Map<string, Readonly<Record<string, unknown>>>();
  for (const each of Array.isArray(extended) ? extended : []) {
    if (isRecord(each) && typeof each.text === 'string') known.set(each.text, each);
  }
  return {
    matches: texts.map((text) => matchOf(text, known.get(text) ?? {})),
    start: toUtf16(code, typeof start === 'number' ? start : 0),
    end: toUtf16(code, typeof end === 'number' ? end : code.length),
  };
}

function matchOf(text: string, about: Readonly<Record<string, unknown>>): Match {
  const field = (name: string): string => (typeof about[name] === 'string' ? about[name] : '');
  const type = field('type');
  return {
    text,
    // Jedi's word for what it does not know.
    type: type === '<unknown>' ? '' : type,
    signature: field('signature'),
    detail: field('detail'),
    documentation: field('documentation'),
  };
}
