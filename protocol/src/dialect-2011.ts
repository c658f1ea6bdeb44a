/**
 * The one adapter between the dialect of 2011 ("Messaging in IPython") and today's messages, for kernels and clients of
 * either age. Spec: "The 2011 dialect". Contents only: identities, signatures and buffers are the same in both.
 */
import type { Header } from './message.ts';

export { publicationFrom2011, requestTo2011 } from './dialect-2011/client.ts';
export { crash2011, publicationTo2011, requestFrom2011 } from './dialect-2011/kernel.ts';
export type { Adapted, AdaptedRequest } from './dialect-2011/values.ts';

/** Whether a message is of the 2011 dialect: its header bears no version. */
export function is2011(header: Header): boolean {
  return header.version === undefined;
}

/** A header as it was in 2011. */
export function headerTo2011(header: Header): Header {
  const { version: _, subshell_id: __, ...others } = header;
  return others;
}
