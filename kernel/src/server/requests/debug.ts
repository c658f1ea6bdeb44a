import type { ContentOf } from '@elara/protocol/message';
import { WorkerEndedError } from '../errors.ts';
import { immediate } from '../handlers.ts';
import type { Kernel } from '../kernel.ts';

type Asked = ContentOf<'debug_request'>;
type Told = ContentOf<'debug_reply'>;

/**
 * The Debug Adapter Protocol, as Jupyter has it. The worker's debugger answers it, also while the user's code stands still.
 * Spec: messaging, "Debug request".
 */
export const debug = immediate('debug_request', async (kernel, request, content) => {
  const reply = await answerOf(kernel, request.parent, content);
  kernel.debugSession.answered(content, request.parent, reply.success);
  return { content: { ...reply } };
});

async function answerOf({ worker, variables }: Kernel, parent: Buffer, asked: Asked): Promise<Told> {
  if (worker.debug === undefined) return refusal(asked, 'this kernel has no debugger');
  try {
    return (await worker.debug({ request: asked, parent })) ?? (await variables.answer(asked));
  } catch (error) {
    // It is being replaced; the next one knows nothing of what was asked.
    if (error instanceof WorkerEndedError) return refusal(asked, error.message);
    throw error;
  }
}

function refusal({ seq = 0, command }: Asked, message: string): Told {
  return { type: 'response', request_seq: seq, success: false, command, message, body: {} };
}
