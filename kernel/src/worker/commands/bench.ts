import { inspect } from 'node:util';
import type { DisplayGlobals, DisplayHandle } from '../display/index.ts';
import { InterruptError } from '../errors.ts';
import { currentCell } from '../running-cell.ts';
import { misused } from './command.ts';
import { durationText } from './duration.ts';
import { isThenable } from './timing.ts';

export interface BenchOptions {
  /** How many times the code runs in a run. Default: as many as take a fifth of a second. */
  readonly loops?: number;
  /** How many runs there are. Default: 7. */
  readonly runs?: number;
}

const RUNS = 7;
/** A run takes at least so long where the number of its loops is chosen, in ns. */
const RUN_NS = 2e8;
/** Work that takes longer says how far it is, in ns. */
const LONG_NS = 4e9;

/** What the runs took. Times are in ms for one loop. */
export class BenchResult {
  readonly loops: number;
  /** Of each run, in the order in which they ran. */
  readonly times: readonly number[];

  constructor(loops: number, times: readonly number[]) {
    this.loops = loops;
    this.times = times;
  }

  get runs(): number {
    return this.times.length;
  }

  get mean(): number {
    return this.times.reduce((sum, time) => sum + time, 0) / this.runs;
  }

  /** Standard deviation of the runs. */
  get deviation(): number {
    const { mean } = this;
    return Math.sqrt(this.times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / this.runs);
  }

  get median(): number {
    const sorted = this.times.toSorted((a, b) => a - b);
    const middle = Math.floor(this.runs / 2);
    return this.runs % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  }

  get min(): number {
    return Math.min(...this.times);
  }

  get max(): number {
    return Math.max(...this.times);
  }

  toString(): string {
    const [mean, deviation, median, min] = [this.mean, this.deviation, this.median, this.min].map((ms) =>
      durationText(ms * 1e6),
    );
    const runs = `${this.runs} ${this.runs === 1 ? 'run' : 'runs'}`;
    const loops = `${this.loops.toLocaleString('en')} ${this.loops === 1 ? 'loop' : 'loops'}`;
    return `${mean} ± ${deviation} per loop (mean ± deviation of ${runs}, ${loops} each)\nmedian ${median}, min ${min}`;
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** Runs `code` repeatedly; what it returns is awaited in each loop if it is a promise. */
export async function bench(code: () => unknown, options: BenchOptions, progress: BenchProgress): Promise<BenchResult> {
  const runs = counted('runs', options.runs ?? RUNS);
  const chosen = options.loops === undefined ? undefined : counted('loops', options.loops);
  const begun = process.hrtime.bigint();
  const calibrated = await calibrate(code, chosen);
  const { loops } = calibrated;
  const isLong = Number(process.hrtime.bigint() - begun) + runs * calibrated.runNs >= LONG_NS;
  const times: number[] = [];
  while (times.length < runs) {
    if (isLong) progress.show(`Run ${times.length + 1} of ${runs} …`);
    times.push((await run(code, loops, calibrated.isAsync)) / loops / 1e6);
  }
  return new BenchResult(loops, times);
}

/** Reads `-n LOOPS -r RUNS`. */
export function benchOptions(text: string): BenchOptions {
  const [, loops] = /-n\s*(\d+)/.exec(text) ?? [];
  const [, runs] = /-r\s*(\d+)/.exec(text) ?? [];
  return { ...(loops !== undefined && { loops: Number(loops) }), ...(runs !== undefined && { runs: Number(runs) }) };
}

function counted(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw misused(`${name} is ${inspect(value)}, which is no number from 1`, '%bench [-n LOOPS] [-r RUNS] CODE');
}

interface Calibration {
  readonly loops: number;
  readonly isAsync: boolean;
  /** How long a run is going to take, in ns. */
  readonly runNs: number;
}

/** Runs the code once for itself, and then with 1, 2, 5, 10, … loops until they take long enough. */
async function calibrate(code: () => unknown, chosen: number | undefined): Promise<Calibration> {
  const begun = process.hrtime.bigint();
  const first = code();
  const isAsync = isThenable(first);
  if (isAsync) await first;
  const firstNs = Number(process.hrtime.bigint() - begun);
  if (chosen !== undefined) return { loops: chosen, isAsync, runNs: firstNs * chosen };
  if (firstNs >= RUN_NS) return { loops: 1, isAsync, runNs: firstNs };
  for (let power = 1; ; power *= 10) {
    for (const factor of [1, 2, 5]) {
      const loops = factor * power;
      const runNs = await run(code, loops, isAsync);
      if (runNs >= RUN_NS) return { loops, isAsync, runNs };
    }
  }
}

/** Takes a turn of the event loop first, in which an interrupt and what else has come is seen to. In ns. */
async function run(code: () => unknown, loops: number, isAsync: boolean): Promise<number> {
  await new Promise(setImmediate);
  stopIfInterrupted();
  const begun = process.hrtime.bigint();
  if (isAsync) {
    for (let loop = 0; loop < loops; loop += 1) {
      await code();
      stopIfInterrupted();
    }
  } else for (let loop = 0; loop < loops; loop += 1) code();
  return Number(process.hrtime.bigint() - begun);
}

function stopIfInterrupted(): void {
  if (currentCell()?.answered === true) throw new InterruptError();
}

/** How far long work is, and then what came of it, in one place. */
export class BenchProgress {
  readonly #display: DisplayGlobals;
  #handle: DisplayHandle | undefined;

  constructor(display: DisplayGlobals) {
    this.#display = display;
  }

  show(text: string): void {
    const bundle = { 'text/plain': text };
    if (this.#handle === undefined) this.#handle = this.#display.display(bundle);
    else void this.#handle.update(bundle);
  }

  /** Takes back what is shown, if anything is, for somebody who shows the result. */
  end(): void {
    if (this.#handle !== undefined) this.show('');
  }
}
