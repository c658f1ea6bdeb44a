import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeLog } from '../server/log.ts';
import { answerCompletion } from './answer-completion.ts';
import { answerInspection } from './answer-inspection.ts';
import { checkCell } from './cell-check.ts';
import { Types } from './index.ts';

/** Pieces of cells, good and bad, that are put together at random. */
const PIECES = [
  ...'a b c this . ?. ( ) [ ] { } < > => = ; , : ... ! @ # % %% ` ${ " \' / // /* */ \\ | & ? ??'.split(' '),
  ...'const let var class function type interface enum namespace import export from default async await'.split(' '),
  ...'extends implements return yield new typeof keyof declare global using abstract static get set'.split(' '),
  ...['\n', '\r\n', ' ', '🎈', '"x"', '1n', '<a>', '</a>', '/** @jsx h */', '%time ', '%%check error', '\u2028', '\0'],
  ...['import x from "node:fs"', "import('npm:x')", 'z.object({', '({ a: 1 })', 'let a: b = c', 'globalThis.a = 1'],
];

/** The same numbers in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const types = new Types({ folder: import.meta.dirname, javascript: false, log: makeLog('error') });
after(() => types[Symbol.dispose]());

test('no cell and no place in it ends the language server, or is without an answer', async () => {
  const below = randomNumbers(3);
  const service = await types.service();
  await service.ready();
  const { pid } = service.engine;
  for (let count = 1; count <= 300; count += 1) {
    const code = Array.from({ length: 1 + below(25) }, () => PIECES[below(PIECES.length)]).join(
      below(2) === 0 ? ' ' : '',
    );
    const cursor = below(code.length + 1);
    const { signal } = new AbortController();
    const nothing = async (): Promise<undefined> => undefined;
    const completed = await answerCompletion(types, code, cursor, nothing, signal);
    const { cursor_start: start = 0, cursor_end: end = 0 } = completed ?? {};
    assert.ok(Number(start) <= Number(end) && Number(end) <= code.length, JSON.stringify([code, cursor]));
    await answerInspection(types, { code, cursor, detailLevel: 1 }, nothing);
    const cell = { code, count };
    types.begin(cell);
    await checkCell(types, cell);
    types.ran(cell, { ok: below(2) === 0, declared: [] });
  }
  assert.equal(service.engine.pid, pid);
});
