import { toCodePoints, toUtf16 } from '@elara/protocol/code-points';
import { immediate } from '../handlers.ts';

/** How the code may go on at the cursor. Spec: messaging, "Completion"; "Cursor positions count Unicode code points". */
export const complete = immediate('complete_request', async (kernel, _request, { code, cursor_pos: position }) => {
  const cursor = toUtf16(code, position);
  const live = await kernel.supervisor.answerOf(kernel.worker.complete({ code, cursor }));
  const { matches, cursorStart, cursorEnd, metadata } = live ?? (await kernel.declared.complete(code, cursor));
  return {
    content: {
      status: 'ok',
      matches,
      cursor_start: toCodePoints(code, cursorStart),
      cursor_end: toCodePoints(code, cursorEnd),
      metadata,
    },
  };
});
