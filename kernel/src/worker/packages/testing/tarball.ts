import { gzipSync } from 'node:zlib';

const BLOCK = 512;
const NAME_BYTES = 100;

/** A tarball as npm packs it: the files, by path, in the folder `package`. */
export function tarball(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const blocks = [...files].flatMap(([path, content]) => [
    header(`package/${path}`, content.length),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}

/** POSIX.1-1988: ustar. */
function header(path: string, size: number): Buffer {
  const cut = path.length > NAME_BYTES ? path.indexOf('/', path.length - NAME_BYTES - 1) : -1;
  const block = Buffer.alloc(BLOCK);
  block.write(path.slice(cut + 1), 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  // The sum is taken with blanks in its own place.
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  if (cut > 0) block.write(path.slice(0, cut), 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
