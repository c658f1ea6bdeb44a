/** The rows of a table, fetched in pages when they are looked at. */
import type { TableFilter, TablePage, TableQuery, TableRow, TableSort } from '../../src/views/table.ts';

/** Rows of a page, and pages that are kept. */
const PAGE = 100;
const MOST_PAGES = 100;

export interface RowStoreOptions {
  ask(query: TableQuery): Promise<TablePage>;
  /** Rows have come, or the table is another one. */
  onChange(): void;
  onError(message: string): void;
}

export class RowStore {
  readonly #options: RowStoreOptions;
  #sort: TableSort | undefined;
  #filters: readonly TableFilter[] = [];
  /** By number. What was shown before is kept until the first new page comes. */
  #pages = new Map<number, readonly TableRow[]>();
  #asked = new Map<number, number>();
  #latest: TablePage | undefined;
  #generation = 0;
  /** The answer to the first question of a generation: the others would only be in its way. */
  #first: Promise<void> = Promise.resolve();

  constructor(options: RowStoreOptions) {
    this.#options = options;
  }

  /** The last page that came: its sizes and columns are those of the table. */
  get latest(): TablePage | undefined {
    return this.#latest;
  }

  get sort(): TableSort | undefined {
    return this.#sort;
  }

  /** Asks anew, in another order or for other rows. @param near The row that is seen. */
  async reset(sort: TableSort | undefined, filters: readonly TableFilter[], near: number): Promise<void> {
    this.#sort = sort;
    this.#filters = filters;
    await this.reload(near);
  }

  /** Asks for the rows again: they may have changed. */
  async reload(near: number): Promise<void> {
    this.#generation += 1;
    this.#asked = new Map();
    this.#first = this.#fetch(Math.floor(near / PAGE), true);
    await this.#first;
  }

  /** The row at a place of the order; undefined: it is asked for. */
  row(place: number): TableRow | undefined {
    const number = Math.floor(place / PAGE);
    const page = this.#pages.get(number);
    if (page === undefined) this.#ask(number);
    return page?.[place % PAGE];
  }

  #ask(number: number): void {
    if (this.#asked.get(number) === this.#generation) return;
    this.#asked.set(number, this.#generation);
    const generation = this.#generation;
    void this.#first.then(() => {
      if (generation === this.#generation) void this.#fetch(number, false);
    });
  }

  async #fetch(number: number, fresh: boolean): Promise<void> {
    const generation = this.#generation;
    this.#asked.set(number, generation);
    const sort = this.#sort;
    try {
      const page = await this.#options.ask({
        start: number * PAGE,
        count: PAGE,
        ...(sort && { sort }),
        filters: this.#filters,
        fresh,
      });
      if (generation !== this.#generation) return;
      if (fresh) this.#pages = new Map();
      this.#latest = page;
      // Of fewer rows than before, the last ones were given.
      if (page.start === number * PAGE) this.#keep(number, page.rows);
      // A wide table comes in smaller pages.
      if (page.rows.length < Math.min(PAGE, page.matched - page.start)) await this.#rest(number, page, generation);
      this.#options.onChange();
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#options.onError(error instanceof Error ? error.message : String(error));
    }
  }

  async #rest(number: number, first: TablePage, generation: number): Promise<void> {
    const rows = [...first.rows];
    const wanted = Math.min(PAGE, first.matched - first.start);
    const sort = this.#sort;
    while (rows.length < wanted && generation === this.#generation) {
      const start = first.start + rows.length;
      const query = { start, count: wanted - rows.length, ...(sort && { sort }), filters: this.#filters, fresh: false };
      const page = await this.#options.ask(query);
      if (page.rows.length === 0) return;
      rows.push(...page.rows);
    }
    if (generation === this.#generation) this.#keep(number, rows);
  }

  #keep(number: number, rows: readonly TableRow[]): void {
    this.#pages.delete(number);
    this.#pages.set(number, rows);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) return;
      this.#pages.delete(oldest);
      this.#asked.delete(oldest);
    }
  }
}
