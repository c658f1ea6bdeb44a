/** The ratios that Elara is built to reach, computed from one run. */
import { failed, type Results } from './results.ts';

interface Goal {
  readonly title: string;
  readonly goal: string;
  readonly measure: string;
  readonly figure: string;
  /** Divided by this kernel's figure; absent: the figure itself. */
  readonly against?: string;
  /** Divided by this other figure of the same kernel. */
  readonly over?: { readonly measure: string; readonly figure: string };
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
  { title: 'completion that needs types, p50, ms', goal: '<= 10', measure: 'completeTyped', figure: 'p50' },
  { title: 'completion that needs types: share that is right', goal: '1', measure: 'completeTyped', figure: 'found' },
  {
    title: 'completion of live members, p50 / deno',
    goal: '<= 1',
    measure: 'completeMember',
    figure: 'p50',
    against: 'deno',
  },
  { title: 'inspect, p50, ms', goal: '<= 5', measure: 'inspect', figure: 'p50' },
  { title: 'first completion after start, ms', goal: '<= 1000', measure: 'firstCompletion', figure: 'ms' },
  ...whileBusy('a loop runs', 'busyInLoop'),
  ...whileBusy('a cell awaits', 'busyInAwait'),
  { title: 'completion in a notebook of 500 cells, p50, ms', goal: '<= 30', measure: 'notebook', figure: 'complete' },
  {
    title: 'execute of cells 481 to 500 / of cells 1 to 20, p50',
    goal: '<= 1.1',
    measure: 'notebook',
    figure: 'last',
    over: { measure: 'notebook', figure: 'first' },
  },
  { title: 'memory with types after 100 cells, RSS, MiB', goal: '<= 400', measure: 'notebook', figure: 'rss' },
];

/** What is answered while a cell is busy, beside what it takes otherwise. */
function whileBusy(when: string, measure: string): Goal[] {
  const idle = [
    ['typed', 'completeTyped', 'completion that needs types'],
    ['live', 'completeMember', 'completion of live members'],
    ['inspect', 'inspect', 'inspect'],
  ] as const;
  return idle.map(([figure, other, title]) => ({
    title: `${title} while ${when} / idle, p50`,
    goal: '<= 2',
    measure,
    figure,
    over: { measure: other, figure: 'p50' },
  }));
}

export interface Ratio {
  readonly title: string;
  readonly goal: string;
  readonly value: number | undefined;
}

export function ratios(results: Results, kernel: string): Ratio[] {
  const figure = (name: string, { measure, figure }: Pick<Goal, 'measure' | 'figure'>) => {
    const result = results.of(name, measure);
    const value = failed(result) ? undefined : result[figure];
    return Number.isNaN(value) ? undefined : value;
  };
  const divisor = (goal: Goal) => {
    if (goal.over !== undefined) return figure(kernel, goal.over);
    return goal.against === undefined ? 1 : figure(goal.against, goal);
  };
  return goals.map((goal) => {
    const ours = figure(kernel, goal);
    const theirs = divisor(goal);
    return {
      title: goal.title,
      goal: goal.goal,
      value: ours === undefined || theirs === undefined ? undefined : ours / theirs,
    };
  });
}
