import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../statistics.ts';
import { type Measure, ms } from './measure.ts';

const rounds = 5;
/** The loop has been running for so long when it is interrupted. */
const busyMs = 200;

export const interrupt: Measure = {
  key: 'interrupt',
  title: 'busy loop: interrupt -> reply and idle, then the next cell',
  async run(session) {
    const { busyLoop, expression } = session.kernel.snippets;
    const stops: number[] = [];
    const nexts: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const busy = Promise.withResolvers<void>();
      const flight = session.execute(busyLoop, { onBusy: busy.resolve });
      await Promise.race([busy.promise, flight]);
      await sleep(busyMs);
      const interruptedAt = performance.now();
      await session.interrupt();
      stops.push((await flight).landedAt - interruptedAt);
      nexts.push((await session.execute(expression)).ms);
    }
    return { stop: median(stops), next: median(nexts) };
  },
  show: ({ stop, next }) => `${ms(stop)}, ${ms(next)}`,
};
