import { publicationTo2011 } from '@elara/protocol/dialect-2011';
import type { Encoded } from '@elara/protocol/message';
import { isRecord, parseJson } from './values.ts';

export interface NamedContent {
  readonly msgType: string;
  readonly content: Encoded<unknown>;
}

/** A message for iopub by the names of 2011; undefined where that age has nothing of the kind. */
export function translateTo2011(msgType: string, content: Encoded<unknown>): NamedContent | undefined {
  const value = content instanceof Uint8Array ? parseJson(content) : content;
  return isRecord(value) ? publicationTo2011(msgType, value) : { msgType, content };
}
