import { quantile } from '../statistics.ts';
import type { Measure } from './measure.ts';

const warmUp = 100;
const rounds = 500;

export const execute: Measure = {
  key: 'execute',
  title: `execute \`1+1\` -> reply and idle, p50 / p99 of ${rounds}`,
  async run(session) {
    const times: number[] = [];
    for (let round = -warmUp; round < rounds; round++) {
      const { ms } = await session.execute(session.kernel.snippets.expression);
      if (round >= 0) times.push(ms);
    }
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  },
  show: ({ p50, p99 }) => `${p50?.toFixed(2)} / ${p99?.toFixed(1)} ms`,
};
