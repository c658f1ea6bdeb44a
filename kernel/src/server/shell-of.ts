import type { ReceivedMessage } from '@elara/protocol/message';
import type { Kernel } from './kernel.ts';
import type { Reply, Request } from './request.ts';
import type { Shell } from './subshells.ts';

/** Messages of comms have no reply by which they could be refused. */
const COMMS: ReadonlySet<string> = new Set(['comm_open', 'comm_msg', 'comm_close']);
/** They concern the whole kernel, whatever shell they name. */
const WHOLE_KERNEL: ReadonlySet<string> = new Set(['interrupt_request', 'shutdown_request']);

/**
 * The shell that a message names by the `subshell_id` of its header, or the id itself where there is no such subshell. On
 * control nothing names one. Spec: JEP 91.
 */
export function shellOf({ subshells }: Kernel, channel: Request['channel'], message: ReceivedMessage): Shell | string {
  const { subshell_id: id, msg_type: msgType } = message.header;
  if (id === undefined || id === null || channel === 'control') return subshells.main;
  const shell = subshells.get(id);
  if (shell !== undefined) return shell;
  if (COMMS.has(msgType)) return subshells.forComm(id);
  return WHOLE_KERNEL.has(msgType) ? subshells.main : id;
}

/** Answers a request for a subshell that is not there; a cell that cannot run shows why. */
export function refuse(kernel: Kernel, request: Request, id: string): Reply {
  const error = unknownSubshell(id);
  if (request.message.header.msg_type === 'execute_request' && request.content.silent !== true) {
    kernel.iopub.publish('error', request.parent, error);
  }
  return { content: { status: 'error', ...error, execution_count: kernel.executionCount } };
}

export function unknownSubshell(id: string): { ename: string; evalue: string; traceback: string[] } {
  const ename = 'UnknownSubshell';
  const evalue = `there is no subshell ${JSON.stringify(id.slice(0, 100))}: it was deleted, or never created`;
  return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
}
