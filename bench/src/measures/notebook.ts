/** A long notebook in a kernel of its own: what its last cells cost beside the first ones, and how it is completed at the end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { NeverFinished, Session } from '../session.ts';
import { median } from '../statistics.ts';
import { completeOnce } from './completion.ts';
import { count, type Measure, ms } from './measure.ts';

const cells = 500;
/** So many at the beginning and at the end are compared. */
const compared = 20;
/** After so many cells, memory is read. */
const memoryAfter = 100;
const restMs = 1000;
/** Every so many cells somebody completes, so that the types are there all the time. */
const completeEvery = 10;
const rounds = 30;
/** All cells together may take so long. */
const longestMs = 60_000;

export const notebook: Measure = {
  key: 'notebook',
  title: `notebook of ${cells} cells: execute p50 of its first and last ${compared}, completion p50; memory after ${memoryAfter}`,
  async run({ kernel }) {
    using session = await Session.start(kernel);
    const { cell, completeOfCell } = kernel.snippets;
    const times: number[] = [];
    let memory = { rss: Number.NaN, pss: Number.NaN };
    const startedAt = performance.now();
    for (let number = 1; number <= cells; number++) {
      times.push((await session.execute(cell(number))).ms);
      if (number % completeEvery === 0) await completeOnce(session, completeOfCell(number), number);
      if (number === memoryAfter) {
        await sleep(restMs);
        memory = session.memory();
      }
      if (performance.now() - startedAt > longestMs) {
        throw new NeverFinished(`only ${number} cells of ${cells} in ${longestMs / 1000} s`);
      }
    }
    const completions: number[] = [];
    let right = 0;
    for (let round = 0; round < rounds; round++) {
      // Of the first cell, the last, and those between them.
      const number = 1 + Math.round((round / (rounds - 1)) * (cells - 1));
      const { ms, found } = await completeOnce(session, completeOfCell(number), round);
      completions.push(ms);
      if (found) right++;
    }
    return {
      first: median(times.slice(0, compared)),
      last: median(times.slice(-compared)),
      complete: median(completions),
      found: right / rounds,
      ...memory,
    };
  },
  show: ({ first, last, complete, found, rss }) =>
    `${ms(first)}, ${ms(last)}; ${found ? ms(complete) : `not found, ${ms(complete)}`}; ${count(rss)} MiB`,
};
