/**
 * The messages of the link that there are many of, as bytes; the others travel as structured clones. Pure: what is large
 * is neither copied nor parsed, on either side.
 *
 * - A publication: `1 u8, count u16, count lengths u32, the parts`, little endian; its parts are the message type, the
 *   parent, the content, the metadata and the buffers. A length of ABSENT says that there is none.
 * - An answer or an execution: JSON, which does not begin with that 1.
 */
import type { Answer, ExecuteCommand, Publication } from './link.ts';

const PUBLICATION = 1;
const ABSENT = 0xffff_ffff;
const LENGTHS_AT = 3;
const NOTHING = Buffer.alloc(0);

export function encodePublication({ msgType, parent, content, metadata, buffers = [] }: Publication): Uint8Array[] {
  const parts = [Buffer.from(msgType), parent ?? undefined, content, metadata, ...buffers];
  const header = Buffer.allocUnsafe(LENGTHS_AT + 4 * parts.length);
  header[0] = PUBLICATION;
  let at = header.writeUInt16LE(parts.length, 1);
  for (const part of parts) at = header.writeUInt32LE(part?.byteLength ?? ABSENT, at);
  return [header, ...parts.filter((part) => part !== undefined)];
}

export function encodeAnswer(answer: Answer): Uint8Array {
  return Buffer.from(JSON.stringify(answer));
}

export function decodeEvent(bytes: Uint8Array): Publication | Answer {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer[0] === PUBLICATION ? decodePublication(buffer) : (JSON.parse(buffer.toString()) as Answer);
}

function decodePublication(bytes: Buffer): Publication {
  const count = bytes.readUInt16LE(1);
  let start = LENGTHS_AT + 4 * count;
  const parts: (Buffer | undefined)[] = [];
  for (let index = 0; index < count; index += 1) {
    const length = bytes.readUInt32LE(LENGTHS_AT + 4 * index);
    parts.push(length === ABSENT ? undefined : bytes.subarray(start, start + length));
    if (length !== ABSENT) start += length;
  }
  const [msgType = NOTHING, parent = null, content = NOTHING, metadata, ...buffers] = parts;
  return {
    op: 'publish',
    msgType: msgType.toString(),
    parent,
    content,
    ...(metadata !== undefined && { metadata }),
    ...(buffers.length > 0 && { buffers: buffers.filter((buffer) => buffer !== undefined) }),
  };
}

type EncodedExecution = Omit<ExecuteCommand, 'parent'> & { readonly parent: string };

/** The parent, JSON too, is a text in it. */
export function encodeExecution(command: ExecuteCommand): Uint8Array {
  const parent = Buffer.from(command.parent).toString();
  return Buffer.from(JSON.stringify({ ...command, parent } satisfies EncodedExecution));
}

export function decodeExecution(bytes: Uint8Array): ExecuteCommand {
  const command = JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
  ) as EncodedExecution;
  return { ...command, parent: Buffer.from(command.parent) };
}
