import { Session } from '../session.ts';
import type { Completion } from '../snippets.ts';
import { median } from '../statistics.ts';
import { type Figures, type Measure, ms } from './measure.ts';

const rounds = 50;

/** Asks once. */
export async function completeOnce(
  session: Session,
  { code, match }: Completion,
  round: number,
): Promise<{ readonly ms: number; readonly found: boolean }> {
  const text = code(round);
  const { ms, replies } = await session.ask('complete_request', { code: text, cursor_pos: text.length });
  return { ms, found: replies[0]?.includes(match) === true };
}

async function complete(session: Session, completion: Completion): Promise<Figures> {
  await session.execute(session.kernel.snippets.setup);
  const times: number[] = [];
  let right = 0;
  for (let round = 0; round < rounds; round++) {
    const { ms, found } = await completeOnce(session, completion, round);
    times.push(ms);
    if (found) right++;
  }
  return { p50: median(times), found: right / rounds };
}

const show: Measure['show'] = ({ p50, found }) => (found ? ms(p50) : `not found, ${ms(p50)}`);

export const completeMember: Measure = {
  key: 'completeMember',
  title: 'completion of live members, p50',
  run: (session) => complete(session, session.kernel.snippets.completeMember),
  show,
};

export const completeTyped: Measure = {
  key: 'completeTyped',
  title: 'completion that needs types, p50',
  run: (session) => complete(session, session.kernel.snippets.completeTyped),
  show,
};

const starts = 3;

export const firstCompletion: Measure = {
  key: 'firstCompletion',
  title: 'first completion after start',
  async run({ kernel }) {
    // Nothing has been executed: all that it needs is started for it.
    const { setup, completeTyped } = kernel.snippets;
    const { code, match } = completeTyped;
    const times: number[] = [];
    let right = 0;
    for (let start = 0; start < starts; start++) {
      using session = await Session.start(kernel);
      const { ms, found } = await completeOnce(session, { code: (round) => `${setup}\n${code(round)}`, match }, start);
      times.push(ms);
      if (found) right++;
    }
    return { ms: median(times), found: right / starts };
  },
  show: ({ ms: time, found }) => (found ? ms(time) : `not found, ${ms(time)}`),
};
