import { toCodePoints, toUtf16 } from '@elara/protocol/code-points';
import type { CompleteOutcome } from '../../link.ts';
import type { LiveNeed } from '../../types/answer-completion.ts';
import { within } from '../bounded.ts';
import { immediate } from '../handlers.ts';
import type { Kernel } from '../kernel.ts';

/** How long the values are waited for when the types have answered, in ms; not at all while a cell runs. */
const LIVE_MS = { little: 5, some: 500 } as const;
/** How long the types are waited for, in ms: they may have to be loaded first. */
const TYPES_MS = 900;

/** How the code may go on at the cursor. Spec: messaging, "Completion"; "Cursor positions count Unicode code points". */
export const complete = immediate(
  'complete_request',
  async (kernel, _request, { code: written, cursor_pos: position }) => {
    const cursor = toUtf16(written, position);
    const { completeLineCommand, withoutLineCommands } = await import('../../language/line-command-completion.ts');
    const command = completeLineCommand(written, cursor);
    if (command !== null) return { content: { status: 'ok', ...liveContent(written, command) } };
    const code = withoutLineCommands(written);
    const live = kernel.supervisor.answerOf(kernel.worker.complete({ code, cursor }));
    const typed = await typedContent(kernel, code, cursor, live);
    return {
      content: { status: 'ok', ...(typed ?? liveContent(code, await withoutTypes(kernel, live, code, cursor))) },
    };
  },
);

async function typedContent(kernel: Kernel, code: string, cursor: number, live: Promise<CompleteOutcome | undefined>) {
  const { types } = kernel;
  if (types === undefined) return undefined;
  const { answerCompletion } = await import('../../types/answer-completion.ts');
  const late = new AbortController();
  const values = (need: LiveNeed): Promise<CompleteOutcome | undefined> => valuesOf(kernel, live, need);
  try {
    return await within(answerCompletion(types, code, cursor, values, late.signal), TYPES_MS);
  } finally {
    late.abort();
  }
}

async function valuesOf(
  kernel: Kernel,
  live: Promise<CompleteOutcome | undefined>,
  need: LiveNeed,
): Promise<CompleteOutcome | undefined> {
  if (need === 'all') return await live;
  return await within(live, kernel.supervisor.busy ? 0 : LIVE_MS[need]);
}

async function withoutTypes(
  kernel: Kernel,
  live: Promise<CompleteOutcome | undefined>,
  code: string,
  cursor: number,
): Promise<CompleteOutcome> {
  return (await live) ?? (await kernel.declared.complete(code, cursor));
}

function liveContent(code: string, { matches, cursorStart, cursorEnd, metadata }: CompleteOutcome) {
  return {
    matches,
    cursor_start: toCodePoints(code, cursorStart),
    cursor_end: toCodePoints(code, cursorEnd),
    metadata,
  };
}
