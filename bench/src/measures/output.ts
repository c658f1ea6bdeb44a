/** How fast output flows, and whether all of it arrives: before `idle`, as it must, or in the two seconds after. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../session.ts';
import { count, type Figures, type Measure } from './measure.ts';

const lines = 100_000;
const printedBytes = 20_000_000;
const lateMs = 2000;

/** Text on stdout among the content frames of iopub messages. */
function stdout(contents: readonly Buffer[]): string {
  const texts: string[] = [];
  for (const content of contents) {
    const { name, text }: { name?: unknown; text?: unknown } = JSON.parse(content.toString());
    if (name === 'stdout' && typeof text === 'string') texts.push(text);
  }
  return texts.join('');
}

/** Units of output (as `count` counts them) that came before idle, and after it. */
async function flow(session: Session, code: string, wanted: number, count: (text: string) => number): Promise<Figures> {
  const { ms, published, late } = await session.execute(code);
  await sleep(lateMs);
  const arrived = count(stdout(published));
  return { perSecond: (arrived * 1000) / ms, arrived: arrived / wanted, late: count(stdout(late)) / wanted };
}

function whole({ arrived = 0, late = 0 }: Figures): string {
  if (arrived === 1 && late === 0) return 'all there';
  const percent = (share: number) => `${(share * 100).toPrecision(3)} %`;
  return `**${percent(arrived)} arrive**${late > 0 ? `, ${percent(late)} after idle` : ''}`;
}

export const printedLines: Measure = {
  key: 'lines',
  title: `${count(lines)} printed lines`,
  run: (session) => flow(session, session.kernel.snippets.lines(lines), lines, (text) => text.split('\n').length - 1),
  show: (figures) => `${count(figures.perSecond)} lines/s, ${whole(figures)}`,
};

export const bigPrint: Measure = {
  key: 'print',
  title: `one print of ${printedBytes / 1e6} MB`,
  run: (session) => flow(session, session.kernel.snippets.print(printedBytes), printedBytes + 1, (text) => text.length),
  show: (figures) => `${count((figures.perSecond ?? 0) / 1e6)} MB/s, ${whole(figures)}`,
};
