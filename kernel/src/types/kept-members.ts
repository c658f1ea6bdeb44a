import type { TypedCompletion } from './complete.ts';

/** How many lists are kept: people write about a few things at a time. */
const MOST_KEPT = 20;

/** Lists of members, by what they are members of, until something changes that they may depend on. */
export class KeptMembers {
  readonly #state: () => number;
  /** The state that they were asked in. */
  #asked: number | undefined;
  readonly #lists = new Map<string, TypedCompletion>();

  /** @param state Another number whenever answers may be others. */
  constructor(state: () => number) {
    this.#state = state;
  }

  of(path: string): TypedCompletion | undefined {
    this.#forgetOld();
    return this.#lists.get(path);
  }

  /** What keeps a list that is asked for now. One that something has overtaken is not kept. */
  keeper(path: string): (list: TypedCompletion) => void {
    const asked = this.#state();
    return (list) => {
      this.#forgetOld();
      if (asked !== this.#asked) return;
      const [oldest] = this.#lists.keys();
      if (this.#lists.size >= MOST_KEPT && oldest !== undefined) this.#lists.delete(oldest);
      this.#lists.set(path, list);
    };
  }

  #forgetOld(): void {
    const now = this.#state();
    if (now !== this.#asked) this.#lists.clear();
    this.#asked = now;
  }
}
