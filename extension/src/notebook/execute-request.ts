import { UNTOLD } from '@elara/protocol/client/dialect';
import { type Kernel, KernelMessage } from '@jupyterlab/services';
import { messageOf } from '../log.ts';
import type { Content } from '../outputs/output.ts';
import { cellIdOf } from './cell-id.ts';
import type { CellRun, Outcome } from './cell-run.ts';
import { mayFail } from './cell-tags.ts';
import { takePayload } from './payload.ts';

/** A request of this window to execute a cell. */
export type ExecuteFuture = Kernel.IFuture<KernelMessage.IExecuteRequestMsg, KernelMessage.IExecuteReplyMsg>;

/**
 * Has a kernel execute a cell that has begun. Spec: "Channels and messages", execute.
 * @param onSent Told of the request once it is on its way
 * @returns How it came out; undefined: the run was ended meanwhile by somebody else
 */
export async function executeCell(
  connection: Kernel.IKernelConnection,
  run: CellRun,
  onSent: (future: ExecuteFuture) => void,
): Promise<Outcome | undefined> {
  const code = run.cell.document.getText();
  if (code.trim() === '') return 'done';
  const cellId = cellIdOf(run.cell);
  const request = KernelMessage.createMessage<KernelMessage.IExecuteRequestMsg>({
    msgId: run.id,
    msgType: 'execute_request',
    channel: 'shell',
    session: connection.clientId,
    username: connection.username,
    content: {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: !mayFail(run.cell),
    },
    metadata: { ...(cellId !== undefined && { cellId }) },
  });
  let future: ExecuteFuture;
  try {
    // As `requestExecute` does it, which takes no id.
    future = connection.sendShellMessage(request, true, false) as object as ExecuteFuture;
  } catch (error) {
    run.explain('NotSent', messageOf(error));
    return 'failed';
  }
  onSent(future);
  future.onIOPub = (message) => run.take(message.header.msg_type, message.content as object as Content);
  // A future that is cancelled was so by a restart or an end, which say themselves what becomes of the cell.
  const reply = await Promise.race([future.done.catch(() => undefined), run.ended]);
  return typeof reply === 'object' ? answered(run, reply.content) : undefined;
}

function answered(run: CellRun, content: KernelMessage.IExecuteReplyMsg['content']): Outcome {
  run.count(content.execution_count);
  if (content.status === 'error' && !run.failed) {
    const { ename, evalue, traceback } = { ...UNTOLD, ...content };
    run.explain(ename, evalue, traceback.length > 0 ? traceback : undefined);
  }
  if (content.status === 'ok') {
    for (const payload of content.payload ?? []) void takePayload(run, payload);
  }
  // Kernels of old say it in fewer letters.
  if (content.status === 'aborted' || String(content.status) === 'abort') return 'aborted';
  return run.failed ? 'failed' : 'done';
}
