/** How many signatures a session remembers unless told otherwise. Spec: "Wire". */
export const REPLAY_WINDOW = 65_536;

/** 128 bits in hex: two messages agree in that many by chance less often than memory fails. */
const REMEMBERED_CHARACTERS = 32;

/**
 * The signatures of the messages received lately. Only verified ones may be remembered, or anyone could push the real
 * ones out. Costs about 5 MB when full (65,536 signatures), next to nothing before.
 */
export class ReplayWindow {
  readonly #capacity: number;
  readonly #seen = new Set<string>();

  /** @param capacity Number of signatures kept; at that many the oldest tenth is forgotten. */
  constructor(capacity = REPLAY_WINDOW) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`replay window must be a positive number of signatures, not ${capacity}`);
    }
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#seen.size;
  }

  /** Remembers a verified signature. False where it was remembered already: the message is a replay. */
  admit(signature: Buffer): boolean {
    const digest = signature.toString('latin1', 0, REMEMBERED_CHARACTERS);
    if (this.#seen.has(digest)) return false;
    if (this.#seen.size >= this.#capacity) this.#cull();
    this.#seen.add(digest);
    return true;
  }

  #cull(): void {
    let surplus = Math.ceil(this.#capacity / 10);
    // A Set keeps the order of insertion, so the first are the oldest.
    for (const digest of this.#seen) {
      if (surplus-- === 0) return;
      this.#seen.delete(digest);
    }
  }
}
