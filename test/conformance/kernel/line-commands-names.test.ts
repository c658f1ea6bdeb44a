/** `%who`, `%reset`, `%check` and `%env`, through a real kernel. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CellRunner } from '../../real-kernel/cell-runner.ts';
import { contentsOf, recordOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const cells = new CellRunner(await kernel.connect());

describe('%who', () => {
  before(() =>
    cells.ok(`%reset -f
let ran = 0;
const ageOfUser = 36, nameOfUser = 'Ada', userId = 7n;
const trap = { get here() { ran += 1; return 1 }, toString() { ran += 1; return '' } };
const proxy = new Proxy({}, { get() { ran += 1 }, ownKeys() { ran += 1; return [] } });
class Point { x = 1 }
const point = new Point(), rows = Array.from({ length: 1000 }, (_, i) => ({ i }));
function area(w: number, h: number) { return w * h }`),
  );

  test('lists names with type and value, and runs none of their code', async () => {
    const lines = (await cells.displayed('%who')).split('\n').map((line) => line.replace(/ {2,}/g, ' | '));
    assert.ok(lines.includes('ageOfUser | number | 36'), lines.join('\n'));
    assert.ok(lines.includes("nameOfUser | string | 'Ada'"));
    assert.ok(lines.includes('userId | bigint | 7n'));
    assert.ok(lines.includes('trap | Object | { here: [Getter], toString: [Function: toString] }'));
    assert.ok(lines.includes('proxy | Object | [Proxy]'));
    assert.ok(lines.includes('Point | class | [class Point]'));
    assert.ok(lines.includes('area | function | [Function: area]'));
    const long = lines.find((line) => line.startsWith('rows')) ?? '';
    assert.match(long, /^rows \| Array \| .*… 996 more/);
    assert.ok(long.length < 130);
    assert.equal(await cells.value('ran'), '0');
  });

  test('filters by a beginning or a pattern', async () => {
    assert.equal(await cells.displayed('%who user'), 'userId  bigint  7n');
    assert.match(await cells.displayed('%who *OfUser'), /^ageOfUser .*\nnameOfUser .*$/);
    assert.equal(await cells.displayed('%who nothing'), 'The cells have declared nothing.');
  });

  test('is a function, which gives rows', async () => {
    assert.equal(
      await cells.value("const [row] = elara.who('user'); row"),
      "{ name: 'userId', type: 'bigint', value: '7n' }",
    );
    const { published } = await cells.ok("elara.who('user')");
    const [result] = contentsOf(published, 'execute_result');
    assert.match(String(recordOf(result?.data)['text/html']), /^<table>.*<th>userId<\/th><td>bigint<\/td><td>7n<\/td>/);
  });
});

describe('%reset', () => {
  /** Runs a cell and answers its question. */
  async function answer(code: string, text: string): Promise<string> {
    const id = await cells.client.send('shell', 'execute_request', { code, allow_stdin: true });
    const question = await cells.client.receive('stdin');
    await cells.client.send('stdin', 'input_reply', { value: text }, { parentHeader: question.header });
    await Promise.all([cells.client.receive('shell'), cells.client.until(id)]);
    return String(question.content.prompt);
  }

  test('asks, and forgets nothing if the answer is no', async () => {
    await cells.ok('let kept = 1; 5');
    assert.match(await answer('%reset', 'n'), /Forget everything .*\? \[y\/N\] /);
    assert.equal(await cells.value('kept'), '1');
  });

  test('forgets names and results', async () => {
    await cells.ok(
      'const gone = { big: 1 }; class Shape {} \nfunction draw() {} \nimport { join } from "node:path"; gone',
    );
    await answer('%reset', 'yes');
    for (const name of ['kept', 'gone', 'Shape', 'draw', 'join']) {
      assert.equal(await cells.value(`typeof ${name}`), "'undefined'", name);
      assert.match(
        await cells.failure(name),
        new RegExp(`ReferenceError: ${name} is not defined\\n +at In\\[\\d+\\]:1:1`),
      );
    }
    assert.equal(await cells.displayed('%who'), 'The cells have declared nothing.');
    assert.equal(await cells.value("Object.values(Out).some((result) => typeof result === 'object')"), 'false');
  });

  test('lets names be declared again, whatever they were', async () => {
    await cells.ok('function gone() { return kept }\nconst kept = 3, process = "brewing"');
    assert.equal(await cells.value('[gone(), kept, { kept }, process]'), "[ 3, 3, { kept: 3 }, 'brewing' ]");
    assert.match(await cells.failure('kept = 4'), /Assignment to constant variable/);
    assert.equal(await cells.displayed('%who kept'), 'kept  number  3');
    const { reply } = await cells.client.ask('complete_request', { code: 'kep', cursor_pos: 3 });
    assert.deepEqual(reply.content.matches, ['kept']);
    const inspected = (await cells.client.ask('inspect_request', { code: 'kept', cursor_pos: 4, detail_level: 0 }))
      .reply;
    assert.match(String(recordOf(inspected.content.data)['text/plain']), /3/);
  });

  test('does not ask with -f, is a function, and can be done again', async () => {
    await cells.ok('%reset -f\nlet fresh = 1');
    assert.equal(await cells.value('[typeof kept, typeof process.pid, fresh]'), "[ 'undefined', 'number', 1 ]");
    await cells.ok('await elara.reset()');
    assert.equal(await cells.value('[typeof kept, typeof fresh]'), "[ 'undefined', 'undefined' ]");
    await cells.ok('let fresh = 2');
    assert.equal(await cells.value('fresh'), '2');
    const { reply } = await cells.client.ask('complete_request', { code: 'kep', cursor_pos: 3 });
    assert.deepEqual(reply.content.matches, []);
  });

  test('says so where it cannot ask', async () => {
    await cells.ok('let still = 1');
    const { reply } = await cells.client.execute('%reset', { allow_stdin: false });
    assert.match(String(reply.content.evalue), /This frontend answers no questions, .*: %reset -f does not ask/);
    assert.equal(await cells.value('still'), '1');
    assert.match(await cells.failure('%reset still'), /%reset takes no names/);
  });
});

describe('%check', () => {
  test('says and sets what type errors do', async () => {
    assert.equal(await cells.printed('%check warn'), 'Type errors in cells: warn');
    assert.equal(await cells.printed('%check off'), 'Type errors in cells: off');
    assert.equal(await cells.printed('%check'), 'Type errors in cells: off');
    assert.equal(await cells.value("[await elara.check('warn'), await elara.check()]"), "[ 'warn', 'warn' ]");
  });

  test('knows its words', async () => {
    assert.match(
      await cells.failure('%check sometimes'),
      /There is no way of checking sometimes\. It is written: %check error\|warn\|off/,
    );
    assert.match(await cells.failure('await elara.check(5)'), /There is no way of checking 5/);
  });
});

describe('%env', () => {
  test('sets, shows and lists variables, and masks what looks like a secret in the listing', async () => {
    assert.equal(await cells.printed('%env ELARA_TEST_MODE = "two words"'), 'ELARA_TEST_MODE=two words');
    assert.equal(await cells.printed('%env ELARA_TEST_MODE'), 'two words');
    assert.equal(await cells.value('process.env.ELARA_TEST_MODE'), "'two words'");
    assert.equal(await cells.printed('%env ELARA_TEST_TOKEN=abc=d'), 'ELARA_TEST_TOKEN=********');
    assert.equal(await cells.printed('%env ELARA_TEST_URL=postgres://me:pw@host/db'), 'ELARA_TEST_URL=********');
    assert.equal(
      await cells.printed('%env ELARA_TEST*'),
      'ELARA_TEST_MODE=two words\nELARA_TEST_TOKEN=********\nELARA_TEST_URL=********',
    );
    assert.equal(await cells.printed('%env ELARA_TEST_TOKEN'), 'abc=d');
    assert.match(await cells.printed('%env'), /^PATH=.+$/m);
    assert.doesNotMatch(await cells.printed('%env'), /abc=d|me:pw/);
    assert.equal(
      await cells.value(
        "import { execSync } from 'node:child_process'; String(execSync('echo $ELARA_TEST_MODE')).trim()",
      ),
      "'two words'",
    );
  });

  test('is a function, which removes too', async () => {
    assert.equal(
      await cells.value(
        "[elara.env('ELARA_TEST_MODE', 'x'), elara.env('ELARA_TEST_MODE'), elara.env('ELARA_TEST_MODE', null)]",
      ),
      "[ 'x', 'x', undefined ]",
    );
    assert.equal(
      await cells.value('[elara.env().ELARA_TEST_TOKEN, elara.env().ELARA_TEST_MODE]'),
      "[ '********', undefined ]",
    );
  });

  test('says what is wrong', async () => {
    assert.match(
      await cells.failure('%env ELARA_TEST_NOTHING'),
      /CommandError: There is no environment variable ELARA_TEST_NOTHING/,
    );
    assert.match(await cells.failure('%env A B=1'), /'A B' is no name of a variable/);
    assert.match(await cells.failure('%env =1'), /'' is no name of a variable/);
  });
});
