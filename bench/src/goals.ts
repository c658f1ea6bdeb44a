/** The ratios that Elara is built to reach, computed from one run. */
import { failed, type Results } from './results.ts';

interface Goal {
  readonly title: string;
  readonly goal: string;
  readonly measure: string;
  readonly figure: string;
  /** Divided by this kernel's figure; absent: the figure itself. */
  readonly against?: string;
}

const goals: readonly Goal[] = [
  { title: 'startup / deno', goal: '<= 0.65', measure: 'startup', figure: 'ms', against: 'deno' },
  { title: 'execute p50 / deno', goal: '<= 0.45, aim 0.35', measure: 'execute', figure: 'p50', against: 'deno' },
  { title: '300 executes at once / deno', goal: '>= 3', measure: 'burst', figure: 'perSecond', against: 'deno' },
  { title: '100,000 lines: share that is there', goal: '1', measure: 'lines', figure: 'arrived' },
  {
    title: '100,000 lines: rate / ipykernel',
    goal: '>= 2',
    measure: 'lines',
    figure: 'perSecond',
    against: 'ipykernel',
  },
  { title: 'print of 20 MB: share that is there', goal: '1', measure: 'print', figure: 'arrived' },
  {
    title: 'print of 20 MB: rate / ipykernel',
    goal: '>= 3',
    measure: 'print',
    figure: 'perSecond',
    against: 'ipykernel',
  },
  { title: 'interrupt of a busy loop, ms', goal: '<= 20', measure: 'interrupt', figure: 'stop' },
  { title: 'next cell after it, ms', goal: '<= 10', measure: 'interrupt', figure: 'next' },
  { title: 'memory at start / deno, RSS', goal: '<= 0.6', measure: 'memoryAtStart', figure: 'rss', against: 'deno' },
  { title: 'memory at start / deno, PSS', goal: '<= 0.6', measure: 'memoryAtStart', figure: 'pss', against: 'deno' },
  { title: 'memory at the end / deno, RSS', goal: '<= 0.25', measure: 'memoryAtEnd', figure: 'rss', against: 'deno' },
  { title: 'memory at the end / deno, PSS', goal: '<= 0.25', measure: 'memoryAtEnd', figure: 'pss', against: 'deno' },
];

export interface Ratio {
  readonly title: string;
  readonly goal: string;
  readonly value: number | undefined;
}

export function ratios(results: Results, kernel: string): Ratio[] {
  const figure = (name: string, { measure, figure }: Goal) => {
    const result = results.of(name, measure);
    return failed(result) ? undefined : result[figure];
  };
  return goals.map((goal) => {
    const ours = figure(kernel, goal);
    const theirs = goal.against === undefined ? 1 : figure(goal.against, goal);
    return {
      title: goal.title,
      goal: goal.goal,
      value: ours === undefined || theirs === undefined ? undefined : ours / theirs,
    };
  });
}
