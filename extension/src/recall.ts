/** A line of input that goes through what was written before, as a terminal's does with the up and down keys. */
export class Recall {
  /** Undefined: it has not come yet. */
  #earlier: readonly string[] | undefined;
  /** -1: what is being written now. */
  #at = -1;
  #draft = '';
  /** How often "up" was asked for before there was anything to recall, and what stood in the line. */
  #early = { times: 0, current: '' };

  /**
   * Takes what was written before, newest first. It may come late: the keys that were pressed until then count now, unless
   * something else was written since.
   * @param current What stands in the line. Returns what shall stand there.
   */
  take(earlier: readonly string[], current: string): string {
    this.#earlier = earlier;
    const { times, current: then } = this.#early;
    let text = current;
    if (then === current) for (let time = 0; time < times; time++) text = this.up(text);
    return text;
  }

  /** @param current What stands in the line. Returns what shall stand there. */
  up(current: string): string {
    if (this.#earlier === undefined) {
      const { times, current: then } = this.#early;
      this.#early = { times: then === current ? times + 1 : 1, current };
      return current;
    }
    if (this.#at === -1) this.#draft = current;
    // What somebody has begun to write restricts what is recalled.
    const at = this.#earlier.findIndex((text, index) => index > this.#at && text.startsWith(this.#draft));
    if (at === -1) return current;
    this.#at = at;
    return this.#earlier[at] ?? current;
  }

  down(current: string): string {
    if (this.#earlier === undefined) {
      this.#early.times = Math.max(0, this.#early.times - 1);
      return current;
    }
    if (this.#at === -1) return current;
    this.#at = this.#earlier.findLastIndex((text, index) => index < this.#at && text.startsWith(this.#draft));
    return this.#earlier[this.#at] ?? this.#draft;
  }
}
