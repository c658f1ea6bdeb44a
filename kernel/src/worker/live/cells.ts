/** Sources are forgotten, the oldest first, above this many UTF-16 units. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** The sources of the cells, as their author wrote them, by their names: `In[3]`. */
export class Cells {
  readonly #sources = new Map<string, string>();
  #length = 0;

  remember(count: number, code: string): void {
    const name = `In[${count}]`;
    this.#forget(name);
    this.#sources.set(name, code);
    this.#length += code.length;
    for (const oldest of this.#sources.keys()) {
      if (this.#length <= MAX_LENGTH || oldest === name) break;
      this.#forget(oldest);
    }
  }

  get(name: string): string | undefined {
    return this.#sources.get(name);
  }

  /** The cells in whose text a word is, the latest first. */
  *mentioning(word: string): Generator<readonly [name: string, code: string]> {
    for (const entry of [...this.#sources].reverse()) if (entry[1].includes(word)) yield entry;
  }

  #forget(name: string): void {
    this.#length -= this.#sources.get(name)?.length ?? 0;
    this.#sources.delete(name);
  }
}
