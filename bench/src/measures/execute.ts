import { NeverFinished, type Session } from '../session.ts';
import { quantile } from '../statistics.ts';
import type { Measure } from './measure.ts';

const warmUp = 100;
const rounds = 500;
/** tslab loses a reply or an idle now and then: such cells are counted, and too many of them end the measure. */
const lostAfterMs = 2000;
const mostLost = 5;

/** Time from sending the cell to its reply and its idle, in ms; `undefined` when one of them did not come. */
async function time(session: Session): Promise<number | undefined> {
  try {
    return (await session.execute(session.kernel.snippets.expression, { timeoutMs: lostAfterMs })).ms;
  } catch (error) {
    if (error instanceof NeverFinished) return undefined;
    throw error;
  }
}

export const execute: Measure = {
  key: 'execute',
  title: `execute \`1+1\` -> reply and idle, p50 / p99 of ${rounds}`,
  async run(session) {
    const times: number[] = [];
    let lost = 0;
    for (let round = -warmUp; round < rounds; round++) {
      const ms = await time(session);
      if (ms === undefined && ++lost > mostLost) throw new NeverFinished(`${lost} cells without reply or idle`);
      if (ms !== undefined && round >= 0) times.push(ms);
    }
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), lost };
  },
  show: ({ p50, p99, lost }) => `${p50?.toFixed(2)} / ${p99?.toFixed(1)} ms${lost ? `, ${lost} lost` : ''}`,
};
