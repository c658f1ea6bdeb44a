import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { escapeHtml } from '../display/html.ts';
import type { Publisher } from '../publisher.ts';

/** No more often than this is what is going on told anew, in ms: a terminal prints each line of it. */
const PACE_MS = 400;

/**
 * What a cell shows while packages are installed for it: one line, which tells how far that is, and in the end what came of
 * it. It is only there once there is something to tell.
 */
export class Progress {
  readonly #publisher: Publisher;
  readonly #id = randomUUID();
  /** npm's events belong to the cell that waits for it. */
  readonly #inCell = AsyncLocalStorage.snapshot();
  readonly #pieces = new Set<string>();
  readonly #done: string[] = [];
  #current = '';
  #shown = false;
  #last = 0;

  constructor(publisher: Publisher) {
    this.#publisher = publisher;
  }

  /** Begins to install `what`. */
  start(what: string): void {
    this.#current = what;
    this.#pieces.clear();
    this.#show(`Installing ${what} …`);
  }

  /** A line of npm's log. */
  log(line: string): void {
    const piece = /^npm http (?:fetch GET 200|cache) \S*?([^/\s]+)\.tgz\b/.exec(line)?.[1];
    if (piece === undefined) return;
    this.#pieces.add(piece);
    if (performance.now() - this.#last < PACE_MS) return;
    const { size } = this.#pieces;
    this.#show(`Installing ${this.#current} … ${size} ${size === 1 ? 'package' : 'packages'}, ${piece}`);
  }

  /** What was begun last is done. */
  done(result: string): void {
    this.#done.push(result);
    this.#show('');
  }

  fail(): void {
    this.#done.push(`${this.#current} was not installed.`);
    this.#show('');
  }

  #show(current: string): void {
    this.#last = performance.now();
    const lines = current === '' ? this.#done : [...this.#done, current];
    const text = lines.join('\n');
    const html = `<div style="opacity: 0.7; white-space: pre-line">${escapeHtml(text)}</div>`;
    const type = this.#shown ? 'update_display_data' : 'display_data';
    this.#shown = true;
    this.#inCell(() =>
      this.#publisher.publish(type, {
        data: { 'text/plain': text, 'text/html': html },
        metadata: {},
        transient: { display_id: this.#id },
      }),
    );
  }
}
