import type { KernelMessage } from '@jupyterlab/services';

/** The id of the request that a message belongs to. */
export function requestOf({ parent_header: parent }: KernelMessage.IMessage): string | undefined {
  return 'msg_id' in parent ? parent.msg_id : undefined;
}

export function isInputRequest(message: KernelMessage.IMessage): message is KernelMessage.IInputRequestMsg {
  return message.channel === 'stdin' && message.header.msg_type === 'input_request';
}
