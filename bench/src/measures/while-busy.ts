/** What is answered while a cell runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../session.ts';
import type { Snippets } from '../snippets.ts';
import { median } from '../statistics.ts';
import { completeOnce } from './completion.ts';
import { type Figures, type Measure, ms } from './measure.ts';

const busyMs = 5000;
/** It has been running for so long when it is asked. */
const settleMs = 200;
const mostRounds = 30;

async function whileBusy(session: Session, code: string): Promise<Figures> {
  const { client, kernel } = session;
  const { setup, completeMember, completeTyped, inspect, expression } = kernel.snippets;
  await session.execute(setup);
  const inspectOnce = async () => {
    const content = { code: inspect, cursor_pos: inspect.length, detail_level: 0 };
    const { ms, replies } = await session.ask('inspect_request', content);
    return { ms, found: /"found":\s*true/.test(replies[0]?.toString() ?? '') };
  };
  const questions = {
    typed: (round: number) => completeOnce(session, completeTyped, round),
    live: (round: number) => completeOnce(session, completeMember, round),
    inspect: inspectOnce,
  };
  for (const ask of Object.values(questions)) await ask(-1);
  const times: Record<string, number[]> = { typed: [], live: [], inspect: [] };
  // Nobody waits for its reply: what is executed next comes after it.
  const tag = client.newTag();
  const end = performance.now() + busyMs;
  await client.send(client.execute(code, tag));
  await sleep(settleMs);
  for (let round = 0; round < mostRounds && performance.now() < end; round++) {
    for (const [name, ask] of Object.entries(questions)) {
      const { ms, found } = await ask(round);
      // What waits until the cell has ended is no answer while it runs.
      if (found && performance.now() < end) times[name]?.push(ms);
    }
  }
  await session.execute(expression);
  return Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, all.length > 0 ? median(all) : Number.NaN]),
  );
}

function busy(key: string, what: string, code: (snippets: Snippets) => string): Measure {
  return {
    key,
    title: `${what}: completion with types, live completion, inspect, p50`,
    run: (session) => whileBusy(session, code(session.kernel.snippets)),
    show: ({ typed, live, inspect }) =>
      [typed, live, inspect].map((time) => (Number.isNaN(time) ? 'none' : ms(time))).join(', '),
  };
}

export const busyInLoop = busy('busyInLoop', 'while a loop runs', ({ loopFor }) => loopFor(busyMs));
export const busyInAwait = busy('busyInAwait', 'while a cell awaits', ({ awaitFor }) => awaitFor(busyMs));
