import { type Connection, type HistoryEntry, requestHistory } from '../../history-request.ts';

/** What a kernel has run: asked for when it is wanted, and kept until there is more. */
export class FollowedHistory {
  #connection: Connection | undefined;
  #entries: readonly HistoryEntry[] | undefined;
  /** How often it has run more. */
  #more = 0;

  /** From now on that of this kernel, or of none. */
  follow(connection: Connection | undefined): void {
    this.#connection = connection;
    this.#entries = undefined;
  }

  /** The kernel has run something. */
  forget(): void {
    this.#entries = undefined;
    this.#more += 1;
  }

  /**
   * Newest first; undefined: another kernel is followed by now.
   * @throws Error if the kernel does not tell it
   */
  async entries(): Promise<readonly HistoryEntry[] | undefined> {
    const connection = this.#connection;
    if (connection === undefined) return [];
    if (this.#entries !== undefined) return this.#entries;
    const more = this.#more;
    try {
      const entries = await requestHistory(connection);
      if (connection !== this.#connection) return undefined;
      if (more === this.#more) this.#entries = entries;
      return entries;
    } catch (error) {
      if (connection !== this.#connection) return undefined;
      throw error;
    }
  }
}
