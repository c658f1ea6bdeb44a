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
  // JupyterLab shows the variables of a reply, whatever else that says.
  const isListed = reply.success || content.command !== 'inspectVariables';
  return { content: isListed ? { ...reply } : { ...reply, body: { variables: [] } } };
});

async function answerOf(kernel: Kernel, parent: Buffer, asked: Asked): Promise<Told> {
  const { worker } = kernel;
  if (worker.debug === undefined) return refusal(asked, 'this kernel has no debugger');
  try {
    const told = (await worker.debug({ request: asked, parent })) ?? (await fromMainThread(kernel, asked));
    // The code stands still since it was asked: the debugger knows more.
    return told ?? (await worker.debug({ request: asked, parent })) ?? refusal(asked, STOPPED);
  } catch (error) {
    // It is being replaced; the next one knows nothing of what was asked.
    if (error instanceof WorkerEndedError) return refusal(asked, error.message);
    throw error;
  }
}

const STOPPED = 'the code is stopped: these variables can be looked at again when it goes on';

/** What is known of variables while nothing stands still; undefined where something does. */
async function fromMainThread({ debugSession, variables }: Kernel, asked: Asked): Promise<Told | undefined> {
  return debugSession.stopped ? undefined : await debugSession.unlessStopped(variables.answer(asked));
}

function refusal({ seq = 0, command }: Asked, message: string): Told {
  return { type: 'response', request_seq: seq, success: false, command, message, body: {} };
}
