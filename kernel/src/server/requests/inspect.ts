import { toUtf16 } from '@elara/protocol/code-points';
import { immediate } from '../handlers.ts';

/** What is known of the thing under the cursor. Spec: messaging, "Introspection". */
export const inspect = immediate('inspect_request', async (kernel, _request, content) => {
  const { detail_level: detailLevel } = content;
  const cursor = toUtf16(content.code, content.cursor_pos);
  const { inspectLineCommand, withoutLineCommands } = await import('../../language/line-command-completion.ts');
  const command = inspectLineCommand(content.code, cursor);
  if (command !== null) return { content: { status: 'ok', ...command } };
  const code = withoutLineCommands(content.code);
  const live = await kernel.supervisor.answerOf(kernel.worker.inspect({ code, cursor, detailLevel: detailLevel ?? 0 }));
  const { found, data, metadata } = live ?? (await kernel.declared.inspect(code, cursor));
  return { content: { status: 'ok', found, data, metadata } };
});
