/** Files that a person has chosen in a FileUpload. */
import { bytesOf, isRecord } from './buffers.ts';

export interface UploadedFile {
  readonly name: string;
  /** Media type, as the browser guesses it. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
  readonly content: Uint8Array;
}

/** Undefined for what is no such file. */
export function acceptFile(value: unknown): UploadedFile | undefined {
  if (!isRecord(value)) return undefined;
  const { name, type = '', lastModified } = value;
  const content = bytesOf(value.content);
  if (typeof name !== 'string' || typeof type !== 'string' || content === undefined) return undefined;
  if (!(lastModified instanceof Date)) return undefined;
  return { name, type, size: content.length, lastModified, content };
}

export function fileFromWire(value: unknown): unknown {
  return isRecord(value) ? { ...value, lastModified: new Date(Number(value.last_modified)) } : value;
}

export function fileToWire(value: object): unknown {
  const file = acceptFile(value);
  if (file === undefined) return null;
  const { lastModified, ...others } = file;
  return { ...others, last_modified: lastModified.getTime() };
}
