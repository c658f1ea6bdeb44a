/** Pictures that move: PNGs of one size, one after the other in one file. Spec: PNG (third edition), "APNG". */
import { crc32 } from 'node:zlib';

export interface Frame {
  readonly png: Buffer;
  /** How long it is shown, in milliseconds. */
  readonly ms: number;
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** All frames in one file, which begins anew when it ends. */
export function animatedPng(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error('An animated picture has one frame at least.');
  const header = chunksOf(first.png).find(({ type }) => type === 'IHDR');
  if (header === undefined) throw new Error('The first frame is no PNG.');
  let sequence = 0;
  const parts = frames.flatMap(({ png, ms }, index) => {
    const chunks = chunksOf(png);
    if (!chunks.some(({ type, data }) => type === 'IHDR' && data.equals(header.data))) {
      throw new Error(`Frame ${index} is not of the size and kind of the first.`);
    }
    const control = chunk('fcTL', frameControl(sequence++, header.data, ms));
    const images = chunks.filter(({ type }) => type === 'IDAT');
    // The first frame is what a program shows that knows of no others.
    if (index === 0) return [control, ...images.map(({ data }) => chunk('IDAT', data))];
    return [control, ...images.map(({ data }) => chunk('fdAT', Buffer.concat([number32(sequence++), data])))];
  });
  const animation = chunk('acTL', Buffer.concat([number32(frames.length), number32(0)]));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header.data), animation, ...parts, chunk('IEND', Buffer.alloc(0))]);
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** The whole picture, in place of the one before. */
function frameControl(sequence: number, header: Buffer, ms: number): Buffer {
  const data = Buffer.alloc(26);
  data.writeUInt32BE(sequence, 0);
  header.copy(data, 4, 0, 8);
  data.writeUInt16BE(ms, 20);
  data.writeUInt16BE(1000, 22);
  return data;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([number32(data.length), body, number32(crc32(body))]);
}

function number32(value: number): Buffer {
  const data = Buffer.alloc(4);
  data.writeUInt32BE(value);
  return data;
}
