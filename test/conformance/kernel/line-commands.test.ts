/** "`%`-like line commands kept few and documented … They are real functions too." Each of them through a real kernel. */
import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Answered } from '@elara/kernel/server/testing/test-client';
import { contentsOf, recordOf, resultOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
let client = await kernel.connect();
const { folder } = kernel;

async function ok(code: string): Promise<Answered> {
  const answered = await client.execute(code);
  assert.equal(answered.reply.content.status, 'ok', JSON.stringify(answered.reply.content));
  return answered;
}

/** What a cell prints. */
async function printed(code: string): Promise<string> {
  return textOf((await ok(code)).published).trimEnd();
}

/** The value of a cell. */
async function value(code: string): Promise<unknown> {
  return resultOf((await ok(code)).published);
}

/** The text of what a cell displays. */
async function displayed(code: string): Promise<string> {
  const contents = contentsOf((await ok(code)).published, 'display_data');
  return contents.map(({ data }) => String(recordOf(data)['text/plain'])).join('\n');
}

/** The error of a cell, as its traceback says it. */
async function failure(code: string): Promise<string> {
  const { reply } = await client.execute(code);
  assert.equal(reply.content.status, 'error', code);
  assert.ok(Array.isArray(reply.content.traceback));
  return stripVTControlCharacters(reply.content.traceback.join('\n'));
}

async function payloadOf(code: string): Promise<unknown> {
  return (await ok(code)).reply.content.payload;
}

const TIMES = /^Wall time [\d.]+ (?:ns|µs|ms|s), CPU time [\d.]+ (?:µs|ms|s)(?: \(user .*, system .*\))?$/;

describe('%time', () => {
  test('prints the times of an expression, which stays the result', async () => {
    const { published } = await ok('%time [3, 1, 2].sort()');
    assert.match(textOf(published).trimEnd(), TIMES);
    assert.equal(resultOf(published), '[ 1, 2, 3 ]');
    assert.deepEqual(shape(published), ['busy', 'execute_input', 'stdout', 'execute_result', 'idle']);
  });

  test('waits for promises, and times statements', async () => {
    const { published } = await ok(
      '%time const waited = await new Promise((r) => setTimeout(r, 20, 7))\n%time for (const _ of [1]) {}',
    );
    assert.equal(textOf(published).trimEnd().split('\n').length, 2);
    assert.equal(await value('%time Promise.resolve(waited)'), '7');
  });

  test('of a whole cell comes before its result', async () => {
    const { published } = await ok('%%time\nlet sum = 0;\nfor (let n = 1; n <= 4; n += 1) sum += n;\nsum');
    assert.match(textOf(published).trimEnd(), TIMES);
    assert.equal(resultOf(published), '10');
    assert.equal(await value('sum'), '10');
  });

  test('keeps the places of errors', async () => {
    assert.match(
      await failure('%cd\n  %time [1].map(() => missing)'),
      /ReferenceError: missing is not defined\n {4}at In\[\d+\]:2:23/,
    );
    assert.match(await failure('%%time\n\nmissing'), /at In\[\d+\]:3:1/);
    assert.match(await failure('%time 1 +'), /SyntaxError: .*\n {4}at In\[\d+\]:1:10\n%time 1 \+\n {9}\^/);
    assert.match(await failure('%time'), /%time needs code after it on its line/);
  });

  test('is a function', async () => {
    const { published } = await ok('[elara.time(() => 2), await elara.time(async () => 3)]');
    assert.equal(resultOf(published), '[ 2, 3 ]');
    assert.equal(textOf(published).trimEnd().split('\n').length, 2);
  });
});

describe('%bench', () => {
  const LINES =
    /^[\d.]+ \S+ ± [\d.]+ \S+ per loop \(mean ± deviation of 2 runs, 5 loops each\)\nmedian [\d.]+ \S+, min [\d.]+ \S+$/;

  test('gives statistics of an expression, of what is awaited, and of a cell', async () => {
    assert.match(await displayed('%bench -n 5 -r 2 [3, 1, 2].sort()'), LINES);
    assert.match(await displayed('%bench -n 5 -r 2 await null'), LINES);
    assert.match(
      await displayed(
        '%%bench -n 5 -r 2\nimport { join } from "node:path";\nconst inner = join("a", "b");\nawait inner',
      ),
      LINES,
    );
    assert.equal(await value('typeof inner'), "'undefined'");
  });

  test('chooses how many loops there are', async () => {
    const calls = await value(
      'let calls = 0; const { loops, runs } = await elara.bench(() => { calls += 1 }, { runs: 1 }); [loops > 1000, runs, calls > loops]',
    );
    assert.equal(calls, '[ true, 1, true ]');
  });

  test('is a function, whose result has the numbers', async () => {
    assert.equal(
      await value(
        'const bench = await elara.bench(async () => 1, { loops: 3, runs: 4 }); [bench.times.length, bench.min <= bench.median, bench.median <= bench.max, bench.mean > 0, bench.deviation >= 0]',
      ),
      '[ 4, true, true, true, true ]',
    );
    assert.match(
      await failure('await elara.bench(() => 1, { loops: 0 })'),
      /CommandError: loops is 0, which is no number from 1/,
    );
  });

  test('of code that throws fails where it does', async () => {
    assert.match(
      await failure('%bench [1].map(() => missing)'),
      /ReferenceError: missing is not defined\n {4}at In\[\d+\]:1:22/,
    );
  });

  for (const [what, code] of [
    ['a busy loop', '%bench -n 1000000000 Math.random()'],
    [
      'an await',
      '%bench -r 1000 await new Promise((r) => setTimeout(r, 1, (globalThis.loops = (globalThis.loops ?? 0) + 1)))',
    ],
    ['work that never ends', '%bench await new Promise(() => {})'],
  ] as const) {
    test(`is interrupted in ${what}`, async () => {
      const id = await client.send('shell', 'execute_request', { code });
      for (;;) if ((await client.next()).header.msg_type === 'execute_input') break;
      await client.ask('interrupt_request', {}, { channel: 'control' });
      const reply = await client.receive('shell');
      assert.equal(reply.parentHeader.msg_id, id);
      assert.equal(reply.content.ename, 'InterruptError');
      assert.equal(await value('1 + 1'), '2');
    });
  }

  test('that was interrupted in an await does not go on', async () => {
    const before = await value('loops');
    await ok('await new Promise((r) => setTimeout(r, 30))');
    assert.equal(await value('loops'), before);
  });

  test('says how far long work is, and what came of it in the same place', async () => {
    const { published } = await ok(
      '%bench -r 2 -n 1 Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1400)',
    );
    const texts = [...contentsOf(published, 'display_data'), ...contentsOf(published, 'update_display_data')].map(
      ({ data }) => String(recordOf(data)['text/plain']),
    );
    assert.equal(texts.length, 3);
    assert.equal(texts[0], 'Run 1 of 2 …');
    assert.match(texts[2] ?? '', /^[\d.]+ s ±/);
  });
});

describe('%who', () => {
  before(() =>
    ok(`%reset -f
let ran = 0;
const ageOfUser = 36, nameOfUser = 'Ada', userId = 7n;
const trap = { get here() { ran += 1; return 1 }, toString() { ran += 1; return '' } };
const proxy = new Proxy({}, { get() { ran += 1 }, ownKeys() { ran += 1; return [] } });
class Point { x = 1 }
const point = new Point(), rows = Array.from({ length: 1000 }, (_, i) => ({ i }));
function area(w: number, h: number) { return w * h }`),
  );

  test('lists names with type and value, and runs none of their code', async () => {
    const lines = (await displayed('%who')).split('\n').map((line) => line.replace(/ {2,}/g, ' | '));
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
    assert.equal(await value('ran'), '0');
  });

  test('filters by a beginning or a pattern', async () => {
    assert.equal(await displayed('%who user'), 'userId  bigint  7n');
    assert.match(await displayed('%who *OfUser'), /^ageOfUser .*\nnameOfUser .*$/);
    assert.equal(await displayed('%who nothing'), 'The cells have declared nothing.');
  });

  test('is a function, which gives rows', async () => {
    assert.equal(
      await value("const [row] = elara.who('user'); row"),
      "{ name: 'userId', type: 'bigint', value: '7n' }",
    );
    const { published } = await ok("elara.who('user')");
    const [result] = contentsOf(published, 'execute_result');
    assert.match(String(recordOf(result?.data)['text/html']), /^<table>.*<th>userId<\/th><td>bigint<\/td><td>7n<\/td>/);
  });
});

describe('%load', () => {
  let url: string;
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/lib.ts' ? 200 : 404;
    response.end(request.url === '/lib.ts' ? 'export const a = 1;\n' : 'nothing');
  });
  before(async () => {
    await writeFile(join(folder, 'lib.ts'), '\uFEFFconst a = 1;\r\nconst b = 2;\r\nconst c = 3;\r\n');
    const cells = [
      { cell_type: 'code', source: ['1 +\n', ' 1'] },
      { cell_type: 'markdown', source: '# Title' },
      { cell_type: 'code', source: 'last' },
    ];
    await writeFile(
      join(folder, 'two words.ipynb'),
      JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }),
    );
    await writeFile(join(folder, 'broken.ipynb'), '{');
    await writeFile(join(folder, 'image.png'), Buffer.from([0x89, 0x50, 0, 1]));
    await mkdir(join(folder, 'sub'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  const next = (text: string): unknown => [{ source: 'set_next_input', text, replace: true }];

  test('puts a file in the place of the cell', async () => {
    assert.deepEqual(
      await payloadOf('%load lib.ts'),
      next('// %load lib.ts\nconst a = 1;\nconst b = 2;\nconst c = 3;'),
    );
  });

  test('puts some of its lines there', async () => {
    assert.deepEqual(await payloadOf('%load lib.ts 2-'), next('// %load lib.ts 2-\nconst b = 2;\nconst c = 3;'));
    assert.deepEqual(
      await payloadOf("await elara.load('lib.ts', '3 2')"),
      next('// %load lib.ts 3 2\nconst c = 3;\nconst b = 2;'),
    );
  });

  test('takes the code cells of a notebook', async () => {
    assert.deepEqual(await payloadOf('%load "two words.ipynb"'), next('// %load two words.ipynb\n1 +\n 1\n\nlast'));
    assert.deepEqual(await payloadOf('%load "two words.ipynb" 2'), next('// %load two words.ipynb 2\nlast'));
  });

  test('takes an address', async () => {
    assert.deepEqual(await payloadOf(`%load ${url}/lib.ts`), next(`// %load ${url}/lib.ts\nexport const a = 1;`));
    assert.match(await failure(`%load ${url}/nothing.ts`), /CommandError: cannot load .*: 404 Not Found/);
    assert.match(await failure('%load http://127.0.0.1:1/'), /CommandError: cannot load http:\/\/127\.0\.0\.1:1\/: /);
  });

  test('says why it cannot', async () => {
    const failures: readonly (readonly [code: string, message: RegExp])[] = [
      ['%load', /%load needs a file or an address\. It is written: %load FILE\|URL \[RANGES\]/],
      ['%load missing.ts', /cannot load missing\.ts: there is no such file or folder\n {4}at async In\[\d+\]:1:1/],
      ['%load sub', /cannot load sub: it is a folder/],
      ['%load image.png', /cannot load image\.png: it is not text/],
      ['%load broken.ipynb', /cannot load broken\.ipynb: it is not JSON/],
      ['%load lib.ts 7-9', /lib\.ts has 3 lines, none of them in 7-9/],
      ['%load lib.ts 3-1', /3-1 ends before it begins/],
      ['%load a b', /%load takes one file; b is one more/],
      ['%load "a', /A quote is open in "a/],
    ];
    for (const [code, message] of failures) assert.match(await failure(code), message, code);
  });
});

describe('%save', () => {
  before(async () => {
    client.close();
    await kernel.running.restart();
    client = await kernel.connect();
    for (const code of ['const first = 1;', '%time first + 1', '`multi\nline`']) await ok(code);
  });

  test('writes a script that elara run reads', async () => {
    assert.equal(await printed('%save all.ts'), `3 cells saved in ${join(folder, 'all.ts')}`);
    assert.equal(
      await readFile(join(folder, 'all.ts'), 'utf8'),
      '// %%\nconst first = 1;\n\n// %%\n%time first + 1\n\n// %%\n`multi\nline`\n',
    );
  });

  test('overwrites a file only if it is told to', async () => {
    assert.match(
      await failure('%save all.ts 1'),
      /CommandError: cannot save .*all\.ts: it is there already; -f overwrites it/,
    );
    assert.equal(await printed('%save -f all.ts 3 1'), `2 cells saved in ${join(folder, 'all.ts')}`);
    assert.equal(await readFile(join(folder, 'all.ts'), 'utf8'), '// %%\n`multi\nline`\n\n// %%\nconst first = 1;\n');
  });

  test('writes a notebook', async () => {
    assert.equal(await value("await elara.save('some.ipynb', { ranges: '1-2' })"), `'${join(folder, 'some.ipynb')}'`);
    const notebook: unknown = JSON.parse(await readFile(join(folder, 'some.ipynb'), 'utf8'));
    const { nbformat, cells } = recordOf(notebook);
    assert.equal(nbformat, 4);
    assert.deepEqual(Array.isArray(cells) && cells.map(({ source, execution_count: count }) => [count, source]), [
      [1, 'const first = 1;'],
      [2, '%time first + 1'],
    ]);
  });

  test('takes cells of an earlier session, also when the worker has died', async () => {
    await client.execute('process.exit(1)');
    assert.equal(await printed('%save later.ts 1 ~1/1'), `2 cells saved in ${join(folder, 'later.ts')}`);
    assert.match(
      await readFile(join(folder, 'later.ts'), 'utf8'),
      /^\/\/ %%\nconst first = 1;\n\n\/\/ %%\n%time \[3, 1, 2\]/,
    );
  });

  test('says why it cannot', async () => {
    const failures: readonly (readonly [code: string, message: RegExp])[] = [
      ['%save', /%save needs the name of a file/],
      ['%save a.ts b', /b is no range of cells/],
      ['%save a.ts 90-99', /90-99 names no cell that was executed/],
      ['%save a.ts 0', /0 is no range of numbers from 1/],
      ['%save a.ts ~9/2', /~9\/2 names no cell that was executed/],
      ['%save -x a.ts', /There is no option -x/],
      ['%save nowhere/a.ts 1', /cannot save .*: there is no such file or folder/],
      ['%save -f sub 1', /cannot save .*sub: it is a folder/],
    ];
    for (const [code, message] of failures) assert.match(await failure(code), message, code);
  });
});

describe('%reset', () => {
  /** Runs a cell and answers its question. */
  async function answer(code: string, text: string): Promise<string> {
    const id = await client.send('shell', 'execute_request', { code, allow_stdin: true });
    const question = await client.receive('stdin');
    await client.send('stdin', 'input_reply', { value: text }, { parentHeader: question.header });
    await Promise.all([client.receive('shell'), client.until(id)]);
    return String(question.content.prompt);
  }

  test('asks, and forgets nothing if the answer is no', async () => {
    await ok('let kept = 1; 5');
    assert.match(await answer('%reset', 'n'), /Forget everything .*\? \[y\/N\] /);
    assert.equal(await value('kept'), '1');
  });

  test('forgets names and results', async () => {
    await ok('const gone = { big: 1 }; class Shape {} \nfunction draw() {} \nimport { join } from "node:path"; gone');
    await answer('%reset', 'yes');
    for (const name of ['kept', 'gone', 'Shape', 'draw', 'join']) {
      assert.equal(await value(`typeof ${name}`), "'undefined'", name);
      assert.match(await failure(name), new RegExp(`ReferenceError: ${name} is not defined\\n +at In\\[\\d+\\]:1:1`));
    }
    assert.equal(await displayed('%who'), 'The cells have declared nothing.');
    assert.equal(await value("Object.values(Out).some((result) => typeof result === 'object')"), 'false');
  });

  test('lets names be declared again, whatever they were', async () => {
    await ok('function gone() { return kept }\nconst kept = 3, process = "brewing"');
    assert.equal(await value('[gone(), kept, { kept }, process]'), "[ 3, 3, { kept: 3 }, 'brewing' ]");
    assert.match(await failure('kept = 4'), /Assignment to constant variable/);
    assert.equal(await displayed('%who kept'), 'kept  number  3');
    const { reply } = await client.ask('complete_request', { code: 'kep', cursor_pos: 3 });
    assert.deepEqual(reply.content.matches, ['kept']);
    const inspected = (await client.ask('inspect_request', { code: 'kept', cursor_pos: 4, detail_level: 0 })).reply;
    assert.match(String(recordOf(inspected.content.data)['text/plain']), /3/);
  });

  test('does not ask with -f, is a function, and can be done again', async () => {
    await ok('%reset -f\nlet fresh = 1');
    assert.equal(await value('[typeof kept, typeof process.pid, fresh]'), "[ 'undefined', 'number', 1 ]");
    await ok('await elara.reset()');
    assert.equal(await value('[typeof kept, typeof fresh]'), "[ 'undefined', 'undefined' ]");
    await ok('let fresh = 2');
    assert.equal(await value('fresh'), '2');
    const { reply } = await client.ask('complete_request', { code: 'kep', cursor_pos: 3 });
    assert.deepEqual(reply.content.matches, []);
  });

  test('says so where it cannot ask', async () => {
    await ok('let still = 1');
    const { reply } = await client.execute('%reset', { allow_stdin: false });
    assert.match(String(reply.content.evalue), /This frontend answers no questions, .*: %reset -f does not ask/);
    assert.equal(await value('still'), '1');
    assert.match(await failure('%reset still'), /%reset takes no names/);
  });
});

describe('%cd', () => {
  before(async () => {
    await writeFile(join(folder, 'sub', 'here.ts'), "export const where = 'sub';");
    await writeFile(join(folder, 'sub', 'data.json'), '{ "n": 5 }');
  });

  test('prints and changes the folder from which everything is found', async () => {
    assert.equal(await printed('%cd'), folder);
    assert.equal(await printed('%cd sub'), join(folder, 'sub'));
    assert.equal(
      await value(
        "import { where } from './here.ts'; [where, (await import('./data.json')).default.n, require('./data.json').n]",
      ),
      "[ 'sub', 5, 5 ]",
    );
    assert.equal(
      await value(
        "[process.cwd(), import.meta.dirname, __dirname, import.meta.resolve('./here.ts')].map((path) => path.split('/sub')[1])",
      ),
      "[ '', '', '', '/here.ts' ]",
    );
    assert.equal(await printed('%cd -'), folder);
    assert.match(await failure("await import('./here.ts')"), /Cannot find module/);
    assert.equal(await printed('%cd -'), join(folder, 'sub'));
    assert.equal(await value("elara.cd('..')"), `'${folder}'`);
  });

  test('knows ~ and names with blanks', async () => {
    await mkdir(join(folder, 'two words'));
    assert.equal(await printed('%cd two words'), join(folder, 'two words'));
    assert.equal(await printed(`%cd "${folder}"`), folder);
    assert.equal(await printed('%cd ~'), await realpath(homedir()));
    assert.equal(await printed('%cd -'), folder);
  });

  test('says why it cannot, and stays where it is', async () => {
    await mkdir(join(folder, 'locked'));
    await chmod(join(folder, 'locked'), 0);
    assert.match(
      await failure('%cd nowhere'),
      /CommandError: cannot change to .*nowhere: there is no such file or folder\n/,
    );
    assert.match(await failure('%cd lib.ts'), /cannot change to .*lib\.ts: it is not a folder/);
    // Root may enter any folder.
    if (process.getuid?.() !== 0) assert.match(await failure('%cd locked'), /cannot change to .*locked: you may not/);
    await ok(`elara.cd('${folder}')`);
    assert.equal(await printed('%cd'), folder);
  });
});

describe('%env', () => {
  test('sets, shows and lists variables, and masks what looks like a secret in the listing', async () => {
    assert.equal(await printed('%env ELARA_TEST_MODE = "two words"'), 'ELARA_TEST_MODE=two words');
    assert.equal(await printed('%env ELARA_TEST_MODE'), 'two words');
    assert.equal(await value('process.env.ELARA_TEST_MODE'), "'two words'");
    assert.equal(await printed('%env ELARA_TEST_TOKEN=abc=d'), 'ELARA_TEST_TOKEN=********');
    assert.equal(await printed('%env ELARA_TEST_URL=postgres://me:pw@host/db'), 'ELARA_TEST_URL=********');
    assert.equal(
      await printed('%env ELARA_TEST*'),
      'ELARA_TEST_MODE=two words\nELARA_TEST_TOKEN=********\nELARA_TEST_URL=********',
    );
    assert.equal(await printed('%env ELARA_TEST_TOKEN'), 'abc=d');
    assert.match(await printed('%env'), /^PATH=.+$/m);
    assert.doesNotMatch(await printed('%env'), /abc=d|me:pw/);
    assert.equal(
      await value("import { execSync } from 'node:child_process'; String(execSync('echo $ELARA_TEST_MODE')).trim()"),
      "'two words'",
    );
  });

  test('is a function, which removes too', async () => {
    assert.equal(
      await value(
        "[elara.env('ELARA_TEST_MODE', 'x'), elara.env('ELARA_TEST_MODE'), elara.env('ELARA_TEST_MODE', null)]",
      ),
      "[ 'x', 'x', undefined ]",
    );
    assert.equal(
      await value('[elara.env().ELARA_TEST_TOKEN, elara.env().ELARA_TEST_MODE]'),
      "[ '********', undefined ]",
    );
  });

  test('says what is wrong', async () => {
    assert.match(
      await failure('%env ELARA_TEST_NOTHING'),
      /CommandError: There is no environment variable ELARA_TEST_NOTHING/,
    );
    assert.match(await failure('%env A B=1'), /'A B' is no name of a variable/);
    assert.match(await failure('%env =1'), /'' is no name of a variable/);
  });
});

describe('%history', () => {
  before(async () => {
    client.close();
    await kernel.running.restart();
    client = await kernel.connect();
    for (const code of ['const one = 1;', 'one +\n  1', "'needle'"]) await ok(code);
  });

  test('prints this session, numbered if it is asked to', async () => {
    assert.equal(await printed('%history'), "const one = 1;\none +\n  1\n'needle'");
    assert.equal(await printed('%history -n 1-2'), '3/1: const one = 1;\n3/2: one +\n      1');
    assert.equal(await printed('%history 3 1'), "'needle'\nconst one = 1;");
  });

  test('prints the last ones, and those of other sessions', async () => {
    assert.equal(await printed('%history 2'), '%history -n 1-2\n%history 3 1');
    assert.equal(await printed('%history ~1/1-2'), 'const first = 1;\n%time first + 1');
    assert.equal(await printed('%history -n 2/3'), '2/3: `multi\n    line`');
  });

  test('searches all sessions', async () => {
    assert.equal(await printed('%history -n -g "const ?* = 1;"'), '2/1: const first = 1;\n3/1: const one = 1;');
    assert.equal(await printed('%history -g const ?* 1'), '%history -n -g "const ?* = 1;"');
    assert.equal(await printed('%history -g "no such thing at all "'), 'There are no such cells.');
  });

  test('is a function, which gives entries', async () => {
    assert.equal(
      await value("(await elara.history({ ranges: '1' }))[0]"),
      "{ session: 3, line: 1, source: 'const one = 1;' }",
    );
    assert.equal(await value("(await elara.history({ pattern: 'needle', last: 1 })).length"), '1');
    assert.match(await failure('await elara.history({ last: 0 })'), /last is 0, which is no number from 1/);
  });

  test('says what is wrong', async () => {
    assert.match(await failure('%history x'), /x is neither a number nor a range of cells/);
    assert.match(await failure('%history 5-3'), /5-3 ends before it begins/);
    assert.match(await failure('%history -g'), /-g needs a pattern/);
    assert.match(await failure('%history -q'), /There is no option -q/);
  });
});

describe('%check', () => {
  test('says and sets what type errors do', async () => {
    assert.equal(await printed('%check warn'), 'Type errors in cells: warn');
    assert.equal(await printed('%check off'), 'Type errors in cells: off');
    assert.equal(await printed('%check'), 'Type errors in cells: off');
    assert.equal(await value("[await elara.check('warn'), await elara.check()]"), "[ 'warn', 'warn' ]");
  });

  test('knows its words', async () => {
    assert.match(
      await failure('%check sometimes'),
      /There is no way of checking sometimes\. It is written: %check error\|warn\|off/,
    );
    assert.match(await failure('await elara.check(5)'), /There is no way of checking 5/);
  });
});

describe('%help', () => {
  test('lists the commands, and describes one', async () => {
    for (const code of ['%', '%help', 'display(elara.help())']) {
      const text = await displayed(code);
      for (const name of [
        'time',
        'bench',
        'who',
        'load',
        'save',
        'reset',
        'cd',
        'env',
        'npm',
        'check',
        'history',
        'help',
      ]) {
        assert.match(text, new RegExp(`^%${name} `, 'm'));
      }
    }
    assert.match(await displayed('%help time'), /^%time EXPRESSION\n/);
    assert.match(await failure('%help tiem'), /There is no line command %tiem: did you mean %time\?/);
  });

  test('is in the pager after a question mark', async () => {
    const [page] = [await payloadOf('%bench?')].flat();
    const { source, data } = recordOf(page);
    assert.equal(source, 'page');
    assert.match(String(recordOf(data)['text/plain']), /^%bench /);
  });
});

describe('line commands', () => {
  test('that are unknown fail the cell before it runs', async () => {
    assert.match(
      await failure('let never = 1;\n%tiem never'),
      /^SyntaxError: There is no line command %tiem: did you mean %time\?\n {4}at In\[\d+\]:2:1\n%tiem never\n\^$/,
    );
    assert.equal(await value('typeof never'), "'undefined'");
  });

  test('are completed, explained and known to be complete', async () => {
    const ask = async (msgType: string, content: Record<string, string | number>): Promise<Record<string, unknown>> =>
      (await client.ask(msgType, content)).reply.content;
    const completed = await ask('complete_request', { code: '"🎈"\n%ben', cursor_pos: 8 });
    assert.deepEqual([completed.matches, completed.cursor_start, completed.cursor_end], [['%bench'], 4, 8]);
    const inside = await ask('complete_request', { code: '%cd 🎈\n%time Math.flo', cursor_pos: 20 });
    assert.deepEqual([inside.matches, inside.cursor_start, inside.cursor_end], [['floor'], 17, 20]);
    const explained = await ask('inspect_request', { code: '%time 1', cursor_pos: 3, detail_level: 0 });
    assert.match(String(recordOf(explained.data)['text/plain']), /^%time EXPRESSION/);
    const expression = await ask('inspect_request', { code: '%time Math.floor', cursor_pos: 14, detail_level: 0 });
    assert.match(String(recordOf(expression.data)['text/plain']), /floor/);
    const statuses: readonly (readonly [code: string, status: string])[] = [
      ['%who', 'complete'],
      ["%cd don't (", 'complete'],
      ['%time f(', 'incomplete'],
      ['%%time', 'incomplete'],
      ['%%time\nf()', 'complete'],
      ['%%time\nf(', 'incomplete'],
      ['%time let a b', 'invalid'],
    ];
    for (const [code, status] of statuses)
      assert.equal((await ask('is_complete_request', { code })).status, status, code);
  });

  test('are magic to clients of 2011', async () => {
    const old = await kernel.connect({ old: true });
    const info = async (name: string): Promise<Record<string, unknown>> =>
      (await old.ask('object_info_request', { name, detail_level: 0 })).reply.content;
    const time = await info('%time');
    assert.deepEqual([time.found, time.ismagic, time.definition], [true, true, '%time EXPRESSION']);
    assert.match(String(time.docstring), /Runs once/);
    assert.equal((await info('%%bench')).ismagic, true);
    assert.equal((await info('time')).ismagic, true);
    await ok('const time = 1');
    assert.equal((await info('time')).ismagic, false);
    assert.equal((await info('%nothing')).found, false);
  });

  test('do not mind what a cell calls elara', async () => {
    await ok('const elara = 1');
    assert.match(await printed('%time elara'), TIMES);
    assert.equal(await value('elara'), '1');
    assert.match(String(await value('globalThis.elara')), /^elara \{ time, bench, /);
  });

  test('leave the global names as they are', async () => {
    assert.equal(await value("Object.keys(globalThis).includes('elara')"), 'false');
  });
});

test('completion looks into the members of elara without running anything of the cells', async () => {
  await ok('%reset -f');
  const { reply } = await client.ask('complete_request', { code: 'elara.', cursor_pos: 6 });
  const matches = reply.content.matches;
  assert.ok(
    Array.isArray(matches) && ['time', 'bench', 'who'].every((name) => matches.includes(name)),
    String(matches),
  );
});
