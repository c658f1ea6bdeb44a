/** The types of a notebook so long that its cells share several documents: names, places and errors are those of the cells. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { contentsOf, recordOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const CELLS = 80;

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect({ patienceMs: 30_000 });

/** Executes a cell. Returns the texts of its type errors. */
async function run(code: string): Promise<string> {
  const { reply, published } = await client.execute(code);
  assert.equal(reply.content.status, 'ok', code);
  return contentsOf(published, 'display_data')
    .map(({ data }) => String(recordOf(data)['text/plain']))
    .join('\n');
}

async function matches(code: string): Promise<unknown> {
  const { reply } = await client.ask('complete_request', { code, cursor_pos: code.length });
  return reply.content.matches;
}

async function hover(code: string): Promise<string> {
  const { reply } = await client.ask('inspect_request', { code, cursor_pos: code.length, detail_level: 1 });
  return String(recordOf(reply.content.data ?? {})['text/plain']);
}

/** Each declares names of its own; every tenth declares `latest` anew, every seventh assigns to `held`. */
function cell(number: number): string {
  const before = number === 1 ? '0' : `row${number - 1}.value`;
  const more = [
    number % 10 === 0 ? `const latest = { of${number}: row${number} };` : '',
    number % 7 === 0 ? `held = ${number % 2 === 0 ? "'text'" : '{ from: 1 }'};` : '',
    number % 9 === 0 ? `const wrong${number}: number = row${number}.label${number};` : '',
  ];
  return `
// The ${number}th: its names are its own, and so are the names of its parameters.
interface Row${number} { value: number; label${number}: string }
/** What cell ${number} has. */
const row${number}: Row${number} = { value: ${before} + 1, label${number}: 'x' };
function value${number}(row: Row${number}, latest = 1) { return row.value * latest }
${more.filter((line) => line !== '').join('\n')}`;
}

suite(`${CELLS} cells`, () => {
  test('their errors are in place', async () => {
    assert.equal(
      await run(
        'let held: string | { from: number } | undefined; const latest = { of0: 0 }; const first = () => latest;',
      ),
      '',
    );
    for (let number = 1; number <= CELLS; number++) {
      const shown = await run(cell(number));
      if (number % 9 !== 0) assert.equal(shown, '', `cell ${number}`);
      else {
        const line = 7 + (number % 10 === 0 ? 1 : 0) + (number % 7 === 0 ? 1 : 0);
        assert.match(shown, new RegExp(`^In\\[${number + 1}\\]:${line}:7 - warning TS2322: Type 'string'`));
      }
    }
  });

  test('names of early cells and of late ones are completed', async () => {
    for (const number of [1, 20, 40, 41, 60, CELLS]) {
      assert.deepEqual(await matches(`[row${number}].map((row) => row.lab`), [`label${number}`]);
      assert.deepEqual(await matches(`row${number}.val`), ['value']);
    }
  });

  test('a name is what the last cell made of it, and what a cell saw stays', async () => {
    assert.deepEqual(await matches('[latest].map((one) => one.of'), [`of${CELLS}`]);
    assert.deepEqual(await matches('[first()].map((one) => one.of'), ['of0']);
    assert.deepEqual(await matches('[held].map((one) => one.fr'), ['from']);
    assert.equal(await run("held = 'text';"), '');
    assert.match(await run('held.from'), /Property 'from' does not exist on type 'string'/);
  });

  test('a name is found where it was declared, with its comment', async () => {
    for (const number of [1, 33, 64, CELLS]) {
      const text = await hover(`row${number}`);
      assert.match(text, new RegExp(`^const row${number}: Row${number}`));
      assert.match(text, new RegExp(`What cell ${number} has\\.`));
      assert.match(text, new RegExp(`In\\[${number + 1}\\]:5:7`));
      assert.match(await hover(`value${number}`), new RegExp(`In\\[${number + 1}\\]:6:10`));
    }
    assert.match(await hover('latest'), new RegExp(`In\\[${CELLS + 1}\\]:7:7`));
    assert.match(await hover('held'), /In\[1\]:1:5/);
  });

  test('what is declared anew by a cell of the same page counts from then on, in errors too', async () => {
    assert.equal(await run(`const row${CELLS} = 'text';`), '');
    assert.match(await run(`row${CELLS}.value`), /Property 'value' does not exist on type '"text"'/);
    assert.equal(await run(`value${CELLS - 1}(row${CELLS - 1})`), '');
    assert.match(await run(`value${CELLS}(row${CELLS})`), /'string' is not assignable to parameter of type 'Row80'/);
    assert.match(await hover(`row${CELLS}`), new RegExp(`In\\[${CELLS + 4}\\]:1:7`));
  });

  test('nothing is completed that only documents know', async () => {
    for (const code of ['$', 'el', 'held.valueOf(); held = $el']) {
      const found = await matches(code);
      assert.ok(Array.isArray(found) && !found.some((match) => String(match).includes('$elara')), code);
    }
  });
});
