/** What was typed before, to go back to; what is being typed is kept meanwhile. */
export class InputHistory {
  readonly #entries: string[];
  #at: number;
  #draft = '';

  constructor(entries: readonly string[]) {
    this.#entries = [...entries];
    this.#at = this.#entries.length;
  }

  add(text: string): void {
    if (text.trim() !== '' && this.#entries.at(-1) !== text) this.#entries.push(text);
    this.#at = this.#entries.length;
  }

  /** The entry before the one that is shown; undefined at the oldest. */
  older(shown: string): string | undefined {
    if (this.#at === 0) return undefined;
    this.#keep(shown);
    this.#at -= 1;
    return this.#entries[this.#at];
  }

  /** The entry after the one that is shown, at last what was being typed; undefined there. */
  newer(shown: string): string | undefined {
    if (this.#at >= this.#entries.length) return undefined;
    this.#keep(shown);
    this.#at += 1;
    return this.#at === this.#entries.length ? this.#draft : this.#entries[this.#at];
  }

  /** The latest entry that holds `part`, `skip` such entries left out; undefined where there is none. */
  find(part: string, skip: number): string | undefined {
    const distinct = new Set(this.#entries.toReversed().filter((entry) => entry.includes(part)));
    return [...distinct][skip];
  }

  #keep(shown: string): void {
    if (this.#at === this.#entries.length) this.#draft = shown;
  }
}
