import { toUtf16 } from '@elara/protocol/code-points';
import type { InspectOutcome } from '../../link.ts';
import type { InspectionQuestion } from '../../types/answer-inspection.ts';
import { within } from '../bounded.ts';
import { immediate } from '../handlers.ts';
import type { Kernel } from '../kernel.ts';

/** How long the value is waited for when the types have answered, in ms; not at all while a cell runs. */
const LIVE_MS = 500;
/** How long the types are waited for, in ms: they may have to be loaded first. */
const TYPES_MS = 900;

/** What is known of the thing under the cursor. Spec: messaging, "Introspection". */
export const inspect = immediate('inspect_request', async (kernel, _request, content) => {
  const { code: written, detail_level: detailLevel } = content;
  const cursor = toUtf16(written, content.cursor_pos);
  const { inspectLineCommand, withoutLineCommands } = await import('../../language/line-command-completion.ts');
  const command = inspectLineCommand(written, cursor);
  if (command !== null) return { content: { status: 'ok', ...command } };
  const code = withoutLineCommands(written);
  const question = { code, cursor, detailLevel: detailLevel ?? 0 };
  const live = kernel.supervisor.answerOf(kernel.worker.inspect(question));
  const known = (await typed(kernel, question, live)) ?? (await live);
  const { found, data } = known ?? (await kernel.declared.inspect(code, cursor));
  return { content: { status: 'ok', found, data, metadata: {} } };
});

async function typed(
  { types, supervisor }: Kernel,
  question: InspectionQuestion,
  live: Promise<InspectOutcome | undefined>,
): Promise<InspectOutcome | undefined> {
  if (types === undefined) return undefined;
  const { answerInspection } = await import('../../types/answer-inspection.ts');
  const values = () => within(live, supervisor.busy ? 0 : LIVE_MS);
  return await within(answerInspection(types, question, values), TYPES_MS);
}
