import { cpus } from 'node:os';
import { processUsage } from './process-usage.ts';

export interface Usage {
  /** Bytes of all processes together. */
  readonly memory: number;
  /** Percent of one processor that they used since the measurement before; 0 at the first, as psutil has it. */
  readonly percent: number;
  /** Percent of all processors that the machine used since then; undefined at the first. */
  readonly hostPercent: number | undefined;
}

interface Sample {
  /** Time of the measurement, in ms. */
  readonly at: number;
  /** Processor time of each process, in seconds. */
  readonly seconds: ReadonlyMap<number, number>;
  readonly hostBusy: number;
  readonly hostAll: number;
}

/** Measures what processes use, each time since the time before. */
export class UsageMeter {
  #before: Sample | undefined;

  async measure(pids: readonly number[]): Promise<Usage> {
    let memory = 0;
    const seconds = new Map<number, number>();
    for (const pid of pids) {
      const usage = await processUsage(pid);
      if (usage === undefined) continue;
      memory += usage.memory;
      seconds.set(pid, usage.seconds);
    }
    const now: Sample = { at: performance.now(), seconds, ...hostTimes() };
    const before = this.#before;
    this.#before = now;
    if (before === undefined) return { memory, percent: 0, hostPercent: undefined };
    let used = 0;
    for (const [pid, total] of seconds) used += total - (before.seconds.get(pid) ?? total);
    const all = now.hostAll - before.hostAll;
    return {
      memory,
      percent: (100_000 * used) / Math.max(now.at - before.at, 1),
      hostPercent: all > 0 ? (100 * (now.hostBusy - before.hostBusy)) / all : undefined,
    };
  }
}

/** Time of all processors since the machine started, in ms. */
function hostTimes(): { hostBusy: number; hostAll: number } {
  let hostBusy = 0;
  let hostAll = 0;
  for (const { times } of cpus()) {
    const working = times.user + times.nice + times.sys + times.irq;
    hostBusy += working;
    hostAll += working + times.idle;
  }
  return { hostBusy, hostAll };
}
