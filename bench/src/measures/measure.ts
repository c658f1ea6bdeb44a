import type { Session } from '../session.ts';

/** What one run of a measure found, by name. The report shows the median of each over the runs. */
export type Figures = Readonly<Record<string, number>>;

/** One row of the table. */
export interface Measure {
  readonly key: string;
  readonly title: string;
  run(session: Session): Promise<Figures>;
  show(figures: Figures): string;
}

/** A duration in ms as the table shows it: two digits where they matter. */
export function ms(value: number | undefined): string {
  if (value === undefined) return '?';
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`;
}

export function count(value: number | undefined): string {
  return value === undefined ? '?' : Math.round(value).toLocaleString('en');
}
