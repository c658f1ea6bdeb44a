/** A bar that shows how far a loop is. */
import { type Classes, make } from './controls.ts';
import type { Widget } from './widget.ts';

export interface ProgressOptions {
  readonly description?: string;
  /** How many elements there are, where the iterable does not say. */
  readonly total?: number;
}

export interface ProgressParts {
  readonly classes: Classes;
  readonly display: (value: unknown) => unknown;
  readonly flush: () => void;
}

/** A screen does not show more than so many steps in a second; ms between two. */
const SHOW_MS = 50;

type Source = Iterable<unknown> | AsyncIterable<unknown>;

/** Iterates over what is given, and shows a bar when that begins. A number n stands for 0 … n-1. */
export function progress(parts: ProgressParts, source: number | Source, options: ProgressOptions = {}): Source {
  const total = typeof source === 'number' ? source : (options.total ?? sizeOf(source));
  const elements = typeof source === 'number' ? upTo(source) : source;
  const begin = (): Bar => new Bar(parts, total, options.description ?? '');
  const asynchronous = {
    async *[Symbol.asyncIterator]() {
      using bar = begin();
      for await (const element of elements) {
        yield element;
        bar.step();
      }
      bar.finish();
    },
  };
  if (!(Symbol.iterator in elements)) return asynchronous;
  return Object.assign(asynchronous, {
    *[Symbol.iterator]() {
      using bar = begin();
      for (const element of elements) {
        yield element;
        bar.step();
      }
      bar.finish();
    },
  });
}

function* upTo(total: number): Generator<number> {
  for (let n = 0; n < total; n++) yield n;
}

function sizeOf(source: Source): number | undefined {
  if ('length' in source && typeof source.length === 'number') return source.length;
  return 'size' in source && typeof source.size === 'number' ? source.size : undefined;
}

class Bar implements Disposable {
  readonly #bar: Widget;
  readonly #text: Widget;
  readonly #total: number | undefined;
  readonly #flush: () => void;
  readonly #begin = performance.now();
  #shown = performance.now();
  #done = 0;
  #finished = false;

  constructor({ classes, display, flush }: ProgressParts, total: number | undefined, description: string) {
    this.#total = total;
    this.#flush = flush;
    // Of a loop whose end is not known only that it goes on is shown.
    const known = total !== undefined && total > 0;
    const bar = { description, min: 0, max: known ? total : 1, value: known ? 0 : 1, barStyle: known ? '' : 'info' };
    this.#bar = make(classes, 'FloatProgress', bar);
    this.#text = make(classes, 'Label', { value: this.#said() });
    display(make(classes, 'HBox', [this.#bar, this.#text]));
  }

  step(): void {
    this.#done += 1;
    const now = performance.now();
    if (now - this.#shown < SHOW_MS) return;
    this.#shown = now;
    this.#show();
    // A loop that awaits nothing has no end of a tick at which this would happen by itself.
    this.#flush();
  }

  finish(): void {
    this.#finished = true;
    this.#show('success', this.#done);
  }

  /** A loop that was left before its end stays as it is. */
  [Symbol.dispose](): void {
    if (!this.#finished) this.#show('danger');
  }

  #show(barStyle?: string, max?: number): void {
    const value = this.#total === undefined ? undefined : this.#done;
    this.#bar.set({
      value,
      barStyle,
      ...(this.#total !== undefined && max !== undefined && { max: Math.max(max, 1) }),
    });
    this.#text.set({ value: this.#said() });
  }

  #said(): string {
    const seconds = (performance.now() - this.#begin) / 1000;
    const count = this.#total === undefined ? `${this.#done}` : `${this.#done}/${this.#total}`;
    if (this.#done === 0) return count;
    const left = this.#total === undefined ? 0 : (seconds / this.#done) * (this.#total - this.#done);
    const rate = this.#done / seconds;
    const speed =
      rate >= 1 ? `${rate >= 100 ? Math.round(rate) : rate.toPrecision(3)}/s` : `${(1 / rate).toPrecision(3)} s each`;
    return `${count} [${clock(seconds)}${left > 0 ? ` < ${clock(left)}` : ''}, ${speed}]`;
  }
}

/** Minutes and seconds: `02:05`, and hours where there are some. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part) => String(part).padStart(2, '0')).join(':');
}
