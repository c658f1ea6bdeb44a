import { median } from '../statistics.ts';
import { type Measure, ms } from './measure.ts';

const rounds = 50;
const foundTrue = /"found":\s*true/;

export const inspect: Measure = {
  key: 'inspect',
  title: 'inspect a function, p50',
  async run(session) {
    const { setup, inspect: code } = session.kernel.snippets;
    await session.execute(setup);
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < rounds; round++) {
      const { ms, replies } = await session.ask('inspect_request', { code, cursor_pos: code.length, detail_level: 0 });
      times.push(ms);
      if (foundTrue.test(replies[0]?.toString() ?? '')) found++;
    }
    return { p50: median(times), found: found / rounds };
  },
  show: ({ p50, found }) => (found ? `found, ${ms(p50)}` : `not found, ${ms(p50)}`),
};
