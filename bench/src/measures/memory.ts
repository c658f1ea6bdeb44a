import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../session.ts';
import { count, type Figures, type Measure } from './measure.ts';

/** Time to come to rest before memory is read. */
const restMs = 1000;

async function run(session: Session): Promise<Figures> {
  await session.execute(session.kernel.snippets.expression);
  await sleep(restMs);
  return { ...session.memory() };
}

const show: Measure['show'] = ({ rss, pss }) => `${count(rss)} MiB (PSS ${count(pss)})`;

export const memoryAtStart: Measure = { key: 'memoryAtStart', title: 'memory of the process tree at start', run, show };

export const memoryAtEnd: Measure = { key: 'memoryAtEnd', title: 'memory of the process tree at the end', run, show };
