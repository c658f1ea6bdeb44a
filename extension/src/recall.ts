/** A line of input that goes through what was written before, as a terminal's does with the up and down keys. */
export class Recall {
  #earlier: readonly string[] = [];
  /** -1: what is being written now. */
  #at = -1;
  #draft = '';

  /** What was written before, newest first. It may come late: until then there is nothing to recall. */
  set earlier(earlier: readonly string[]) {
    this.#earlier = earlier;
    this.#at = -1;
  }

  /** @param current What stands in the line. Returns what shall stand there. */
  up(current: string): string {
    if (this.#at === -1) this.#draft = current;
    // What somebody has begun to write restricts what is recalled.
    for (let at = this.#at + 1; at < this.#earlier.length; at++) {
      const text = this.#earlier[at];
      if (text?.startsWith(this.#draft)) {
        this.#at = at;
        return text;
      }
    }
    return current;
  }

  down(current: string): string {
    for (let at = this.#at - 1; at >= 0; at--) {
      const text = this.#earlier[at];
      if (text?.startsWith(this.#draft)) {
        this.#at = at;
        return text;
      }
    }
    if (this.#at === -1) return current;
    this.#at = -1;
    return this.#draft;
  }
}
