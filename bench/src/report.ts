import { arch, cpus, platform } from 'node:os';
import { type Ratio, ratios } from './goals.ts';
import type { Measure } from './measures/measure.ts';
import { failed, type Result, type Results } from './results.ts';
import { table } from './table.ts';

export interface Report {
  /** Names, ours first. */
  readonly kernels: readonly string[];
  readonly rows: readonly Measure[];
  readonly repeat: number;
  readonly results: Results;
}

const machine = `${platform} ${arch}, ${cpus().length} x ${cpus()[0]?.model}`;

function goalsOf({ kernels, results }: Report): Ratio[] {
  return kernels.includes('elara') ? ratios(results, 'elara') : [];
}

/** The table, what the kernels did not finish, and the ratios of the goals. */
export function asText(report: Report): string {
  const { kernels, rows, repeat, results } = report;
  const show = (measure: Measure, result: Result) => (failed(result) ? 'never finishes' : measure.show(result));
  const cells = rows.map((measure) => [
    measure.title,
    ...kernels.map((kernel) => show(measure, results.of(kernel, measure.key))),
  ]);
  const failures = kernels.flatMap((kernel) =>
    rows.flatMap(({ key, title }) => {
      const result = results.of(kernel, key);
      return failed(result) ? [`- ${kernel}, ${title}: ${result.failed}; started anew after it.`] : [];
    }),
  );
  const goals = goalsOf(report).filter(({ value }) => value !== undefined);
  return [
    `Medians of ${repeat} runs of each kernel, taken in turns. ${machine}.\n`,
    table(['', ...kernels], cells),
    ...(failures.length > 0 ? ['', ...failures] : []),
    ...(goals.length > 0
      ? [
          '',
          table(
            ['ratio', 'elara', 'goal'],
            goals.map(({ title, value, goal }) => [title, value?.toFixed(2) ?? '', goal]),
          ),
        ]
      : []),
  ].join('\n');
}

export function asJson(report: Report): object {
  const { kernels, rows, repeat, results } = report;
  const figures = (kernel: string) => Object.fromEntries(rows.map(({ key }) => [key, results.of(kernel, key)]));
  return {
    machine,
    repeat,
    kernels: Object.fromEntries(kernels.map((name) => [name, figures(name)])),
    ratios: goalsOf(report),
  };
}
