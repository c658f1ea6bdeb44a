import type { ReceivedMessage } from '@elara/protocol/message';
import type { KernelMessage } from '@jupyterlab/services';
import type { KeptMessage } from './messages.ts';

/** A message for JSON: its buffers in base64. */
export function toJson({ header, parentHeader, metadata, content, buffers }: ReceivedMessage): KeptMessage {
  const encoded = buffers.map((buffer) => Buffer.from(buffer).toString('base64'));
  return { header: { ...header }, parentHeader: { ...parentHeader }, metadata, content, buffers: encoded };
}

/** The message as @jupyterlab/services has it. */
export function fromJson(message: KeptMessage): KernelMessage.IIOPubMessage {
  return {
    header: message.header,
    parent_header: message.parentHeader,
    metadata: message.metadata,
    content: message.content,
    buffers: message.buffers.map((buffer) => new Uint8Array(Buffer.from(buffer, 'base64'))),
    channel: 'iopub',
  } as unknown as KernelMessage.IIOPubMessage;
}
