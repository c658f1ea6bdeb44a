import type { StreamName } from './outbox.ts';

/** Most UTF-16 units of a text that is encoded here. */
export const PIECE = 1 << 20;
/** A shorter text is not worth the check. */
const LONG = 1 << 12;

/** Made when the first long text is: 3 MiB. The number of its bytes is a multiple of 4. */
let scratch: { readonly bytes: Buffer; readonly words: Uint32Array } | undefined;

/**
 * Content of a `stream` message. Valid until the next call: a long text without anything to be escaped is written into
 * memory that is used again, which is several times faster than `JSON.stringify`.
 */
export function streamContent(name: StreamName, text: string): Uint8Array {
  const start = `{"name":"${name}","text":"`;
  if (text.length < LONG || text.length > PIECE || !text.isWellFormed()) return escaped(start, text);
  scratch ??= allocate();
  const { bytes, words } = scratch;
  // The text begins at a whole word.
  const at = Math.ceil(start.length / 4) * 4;
  const end = at + bytes.write(text, at);
  bytes.fill(' ', end, end + 3);
  if (needsEscape(words, at / 4, Math.ceil(end / 4))) return escaped(start, text);
  bytes.write(start.padStart(at), 0);
  bytes.write('"}', end);
  return bytes.subarray(0, end + 2);
}

function escaped(start: string, text: string): Uint8Array {
  return Buffer.from(`${start}${JSON.stringify(text).slice(1)}}`);
}

function allocate(): NonNullable<typeof scratch> {
  const bytes = Buffer.allocUnsafeSlow(PIECE * 3 + 64);
  return { bytes, words: new Uint32Array(bytes.buffer) };
}

/** Whether any of the bytes, four a word, is a control character, a quote or a backslash. */
function needsEscape(words: Uint32Array, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    const word = words[index] ?? 0;
    const quote = word ^ 0x22222222;
    const backslash = word ^ 0x5c5c5c5c;
    // A byte that is less than what is subtracted from it borrows into its highest bit.
    const found =
      ((word - 0x20202020) & ~word) | ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash);
    if ((found & 0x80808080) !== 0) return true;
  }
  return false;
}
