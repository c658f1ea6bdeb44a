import type { Timer } from '../../language/index.ts';
import type { Publisher } from '../publisher.ts';
import { currentCell, type RunningCell } from '../running-cell.ts';
import { durationText } from './duration.ts';

/** `%time`, `%%time` and `elara.time`. */
export class Timing {
  readonly #output: Publisher;
  /** Of the statements that run now. */
  readonly #begun = new WeakMap<RunningCell, Map<number, Timer>>();

  constructor(output: Publisher) {
    this.#output = output;
  }

  timer(): Timer {
    return { cpu: process.threadCpuUsage(), wall: process.hrtime.bigint() };
  }

  /** Says how long it took to make `value`, or until it settled. */
  timed<T>(timer: Timer, value: T): T | Promise<Awaited<T>> {
    if (!isThenable(value)) {
      this.report(timer);
      return value;
    }
    return Promise.resolve(value).finally(() => this.report(timer));
  }

  begin(id: number): void {
    const cell = currentCell();
    if (cell === undefined) return;
    const begun = this.#begun.get(cell) ?? new Map<number, Timer>();
    this.#begun.set(cell, begun.set(id, this.timer()));
  }

  end(id: number): void {
    const cell = currentCell();
    const timer = cell && this.#begun.get(cell)?.get(id);
    if (timer !== undefined) this.report(timer);
  }

  report({ wall, cpu }: Timer): void {
    const elapsed = Number(process.hrtime.bigint() - wall);
    const { user, system } = process.threadCpuUsage(cpu);
    const parts = user + system === 0 ? '' : ` (user ${microseconds(user)}, system ${microseconds(system)})`;
    this.#output.write(
      'stdout',
      `Wall time ${durationText(elapsed)}, CPU time ${microseconds(user + system)}${parts}\n`,
    );
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value instanceof Promise ||
    (typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function')
  );
}

function microseconds(time: number): string {
  return time === 0 ? '0 µs' : durationText(time * 1000);
}
