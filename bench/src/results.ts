/** What the runs found, for each kernel and measure. */
import type { Figures } from './measures/measure.ts';
import { median } from './statistics.ts';

/** Medians over the runs, or why there are none. */
export type Result = Figures | { readonly failed: string };

export function failed(result: Result): result is { readonly failed: string } {
  return typeof result.failed === 'string';
}

export class Results {
  readonly #runs = new Map<string, Figures[]>();
  readonly #failures = new Map<string, string>();

  add(kernel: string, measure: string, figures: Figures): void {
    const key = `${kernel}/${measure}`;
    this.#runs.set(key, [...(this.#runs.get(key) ?? []), figures]);
  }

  fail(kernel: string, measure: string, reason: string): void {
    this.#failures.set(`${kernel}/${measure}`, reason);
  }

  hasFailed(kernel: string, measure: string): boolean {
    return this.#failures.has(`${kernel}/${measure}`);
  }

  of(kernel: string, measure: string): Result {
    const key = `${kernel}/${measure}`;
    const failure = this.#failures.get(key);
    if (failure !== undefined) return { failed: failure };
    const runs = this.#runs.get(key);
    if (runs === undefined) return { failed: 'not measured' };
    const names = Object.keys(runs[0] ?? {});
    return Object.fromEntries(names.map((name) => [name, median(runs.map((figures) => figures[name] ?? Number.NaN))]));
  }
}
