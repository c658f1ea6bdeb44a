import type { CommCommand } from '../../link.ts';
import { WorkerEndedError } from '../errors.ts';
import { queued } from '../handlers.ts';
import type { Kernel } from '../kernel.ts';
import type { Request } from '../request.ts';
import { answerTypesComm, isTypesComm } from '../types-comm.ts';

/** A frontend opens a comm. The worker answers an unknown target by comm_close. Spec: messaging, "Custom messages". */
export const commOpen = queued('comm_open', async (kernel, request, content) => {
  kernel.comms.open(content.comm_id, content.target_name);
  if (isTypesComm(kernel, content.comm_id)) return undefined;
  if (!(await pass(kernel, request, 'comm_open', content))) kernel.comms.close(content.comm_id);
  return undefined;
});

export const commMsg = queued(
  'comm_msg',
  async (kernel, request, content) => {
    if (isTypesComm(kernel, content.comm_id)) {
      await answerTypesComm(kernel, request.parent, content.comm_id, content.data);
      return undefined;
    }
    if (!(await pass(kernel, request, 'comm_msg', content))) unknownComm(kernel, content.comm_id);
    return undefined;
  },
  { beside: isOpen },
);

export const commClose = queued(
  'comm_close',
  async (kernel, request, content) => {
    const ours = isTypesComm(kernel, content.comm_id);
    kernel.comms.close(content.comm_id);
    if (ours) return undefined;
    if (!(await pass(kernel, request, 'comm_close', content))) unknownComm(kernel, content.comm_id);
    return undefined;
  },
  { beside: isOpen },
);

/** A cell may await what somebody does with a widget: messages of comms that it can know reach it while it waits. */
function isOpen(kernel: Kernel, { content }: Request): boolean {
  return kernel.comms.has(String(content.comm_id));
}

/** Gives the message to the user's code. False where nobody there knows the comm or its target. */
async function pass(
  kernel: Kernel,
  request: Request,
  msgType: CommCommand['msgType'],
  content: object,
): Promise<boolean> {
  const { metadata, buffers } = request.message;
  try {
    const command = { parent: request.parent, msgType, content: { ...content }, metadata, buffers };
    return (await kernel.worker.comm(command)).handled;
  } catch (error) {
    // The kernel reports the end of the worker by itself, and a comm has no reply.
    if (error instanceof WorkerEndedError) return false;
    throw error;
  }
}

function unknownComm(kernel: Kernel, id: string): void {
  kernel.warnings.warn('unknown comm', `no comm ${JSON.stringify(id.slice(0, 100))} is open: its message was ignored`);
}
