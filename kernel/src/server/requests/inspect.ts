import { toUtf16 } from '@elara/protocol/code-points';
import { immediate } from '../handlers.ts';

/** What is known of the thing under the cursor. Spec: messaging, "Introspection". */
export const inspect = immediate('inspect_request', async (kernel, _request, content) => {
  const { code, detail_level: detailLevel } = content;
  const cursor = toUtf16(code, content.cursor_pos);
  const live = await kernel.supervisor.answerOf(kernel.worker.inspect({ code, cursor, detailLevel: detailLevel ?? 0 }));
  const { found, data, metadata } = live ?? (await kernel.declared.inspect(code, cursor));
  return { content: { status: 'ok', found, data, metadata } };
});
