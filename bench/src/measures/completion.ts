import type { Session } from '../session.ts';
import type { Completion } from '../snippets.ts';
import { median } from '../statistics.ts';
import { type Figures, type Measure, ms } from './measure.ts';

const rounds = 50;

async function complete(session: Session, { code, match }: Completion): Promise<Figures> {
  await session.execute(session.kernel.snippets.setup);
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    const { ms, replies } = await session.ask('complete_request', { code, cursor_pos: code.length });
    times.push(ms);
    if (replies[0]?.includes(match)) found++;
  }
  return { p50: median(times), found: found / rounds };
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
