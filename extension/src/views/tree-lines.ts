import { Emitter } from '../emitter.ts';

/** While the lines are of one thing. */
class Era {
  readonly ended = Promise.withResolvers<void>();
  listing: Promise<void> | undefined;
  isStale = false;
}

/**
 * The first lines of a tree. VS Code forgets all lines while it lists them anew, and a button that is pressed then is
 * nobody's: so lines are listed before VS Code asks for them, and as long as they are the same, each stays the same object,
 * and no more than what it shows is drawn anew.
 */
export class TreeLines<Line extends object> {
  readonly #list: () => Promise<readonly Line[]>;
  readonly #idOf: (line: Line) => string;
  readonly #changed = new Emitter<Line[] | undefined>();
  #lines: readonly Line[] | undefined;
  #era = new Era();

  /** @param list Never rejects */
  constructor(list: () => Promise<readonly Line[]>, idOf: (line: Line) => string) {
    this.#list = list;
    this.#idOf = idOf;
  }

  /** Lines that show something else; undefined: others came or went. */
  get onDidChange(): Emitter<Line[] | undefined>['event'] {
    return this.#changed.event;
  }

  /** As they were when they were listed last. */
  async get(): Promise<Line[]> {
    while (this.#lines === undefined) await Promise.race([this.#listNow(), this.#era.ended.promise]);
    return [...this.#lines];
  }

  /** They may be others, or show something else. */
  refresh(): void {
    // Nobody has looked yet.
    if (this.#lines === undefined && this.#era.listing === undefined) return;
    this.#era.isStale = true;
    void this.#listNow();
  }

  /** They are of something else now: what is being listed is of no use, however long it takes. */
  reset(): void {
    this.#lines = undefined;
    this.#era.ended.resolve();
    this.#era = new Era();
    this.#changed.fire(undefined);
  }

  #listNow(): Promise<void> {
    const era = this.#era;
    era.listing ??= this.#listAll(era).finally(() => {
      era.listing = undefined;
    });
    return era.listing;
  }

  async #listAll(era: Era): Promise<void> {
    do {
      era.isStale = false;
      const next = await this.#list();
      if (era !== this.#era) return;
      this.#take(next);
    } while (era.isStale);
  }

  #take(next: readonly Line[]): void {
    const before = this.#lines;
    const known = new Map(before?.map((line) => [this.#idOf(line), line]));
    const lines = next.map((line) => {
      const there = known.get(this.#idOf(line));
      return there === undefined ? line : Object.assign(there, line);
    });
    this.#lines = lines;
    if (before === undefined) return;
    const isSame = lines.length === before.length && lines.every((line, at) => line === before[at]);
    this.#changed.fire(isSame ? lines : undefined);
  }
}
