import { Session } from '../session.ts';
import { median } from '../statistics.ts';
import { type Measure, ms } from './measure.ts';

/** Starts beside the one that the other measures use. */
const moreStarts = 4;

export const startup: Measure = {
  key: 'startup',
  title: 'process start -> kernel_info_reply',
  async run(session) {
    const times = [session.startMs];
    for (let start = 0; start < moreStarts; start++) {
      using another = await Session.start(session.kernel);
      times.push(another.startMs);
    }
    return { ms: median(times) };
  },
  show: ({ ms: time }) => ms(time),
};
