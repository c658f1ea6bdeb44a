import type { MessageType } from '@elara/protocol/message';
import { immediate } from '../handlers.ts';
import type { Handler } from '../request.ts';

/**
 * Subshells (JEP 91) are not there yet: `supported_features` does not name them, and whoever asks all the same is told.
 */
function unsupported(msgType: MessageType): Handler {
  const evalue = 'this kernel has no subshells: its kernel_info_reply does not list "kernel subshells"';
  return immediate(msgType, () => ({
    content: { status: 'error', ename: 'NotSupported', evalue, traceback: [`NotSupported: ${evalue}`] },
  }));
}

export const createSubshell = unsupported('create_subshell_request');
export const deleteSubshell = unsupported('delete_subshell_request');
export const listSubshell = unsupported('list_subshell_request');
