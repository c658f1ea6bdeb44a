const M = 0x5bd1e995;
/** Frontends compute the names of cells with the seed that they are told. */
export const HASH_SEED = 0xc70f6907;

/** MurmurHash2 (32 bits) of a text in UTF-8, by which Jupyter's frontends name the code of a cell. */
export function murmur2(text: string, seed: number): number {
  const data = new TextEncoder().encode(text);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const end = data.length - (data.length % 4);
  let hash = seed ^ data.length;
  for (let at = 0; at < end; at += 4) {
    let word = Math.imul(view.getUint32(at, true), M);
    word ^= word >>> 24;
    hash = Math.imul(hash, M) ^ Math.imul(word, M);
  }
  const rest = data.subarray(end);
  for (const [index, byte] of rest.entries()) hash ^= byte << (8 * index);
  if (rest.length > 0) hash = Math.imul(hash, M);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, M);
  hash ^= hash >>> 15;
  return hash >>> 0;
}
