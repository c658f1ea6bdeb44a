import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { TestWorker } from './testing.ts';

const plain = (lines: readonly string[] | undefined): string =>
  (lines ?? []).join('\n').replaceAll(/\u001b\[\d+m/g, '');

describe('a worker', () => {
  let worker: TestWorker;
  before(async () => {
    worker = await TestWorker.start();
  });
  after(() => worker[Symbol.asyncDispose]());

  /** The traceback of a cell that fails, without colours. */
  const failure = async (code: string): Promise<string> => {
    const { status, error } = await worker.run(code);
    assert.equal(status, 'error');
    return plain(error?.traceback);
  };

  test('gives the last expression as the result, undefined and a semicolon show nothing', async () => {
    assert.equal(await worker.value('const n: number = 20; n + 1'), '21');
    assert.equal(await worker.value('n + 1;'), undefined);
    assert.equal(await worker.value('undefined'), undefined);
    assert.equal(await worker.value('await Promise.resolve({ a: 1n })'), '{ a: 1n }');
    assert.equal(await worker.value('Symbol("s")'), 'Symbol(s)');
    assert.equal(await worker.value('-0'), '-0');
  });

  test('keeps results in _, __, _N, In and Out', async () => {
    await worker.run('"one"');
    const outcome = await worker.run('"two"');
    assert.equal(outcome.status, 'ok');
    assert.equal(await worker.value('[__, _]'), "[ 'one', 'two' ]");
    assert.equal(await worker.value('In.at(-1)'), "'In.at(-1)'");
    assert.equal(await worker.value('typeof Out'), "'object'");
  });

  test('credits late output to the cell that caused it', async () => {
    worker.published.length = 0;
    await worker.run('setTimeout(() => console.log("late"), 30); console.log("early")');
    await worker.run('await new Promise((resolve) => setTimeout(resolve, 100))');
    const parents = worker.of('stream').map(({ parent, content }) => [parent, content.text]);
    assert.equal(parents.length, 2);
    assert.deepEqual(
      parents.map(([, text]) => text),
      ['early\n', 'late\n'],
    );
    assert.equal(parents[0]?.[0], parents[1]?.[0]);
  });

  test('a line printed before a long computation does not wait for its end', async () => {
    worker.published.length = 0;
    const running = worker.run(
      'console.log("one"); console.log("two"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);',
    );
    while (worker.text('stdout') !== 'one\ntwo\n') await delay(5);
    worker.link.interrupt();
    assert.equal((await running).error?.ename, 'InterruptError');
  });

  test('errors name the place in the TypeScript source, and only the user\u2019s frames', async () => {
    const text = await failure(
      'interface A { b: string }\nfunction f(a: A): never {\n  throw new TypeError("no " + a.b);\n}\nf({ b: "x" })',
    );
    assert.match(text, /^TypeError: no x\n {4}at f \(In\[\d+\]:3:9\)\n {4}at In\[\d+\]:5:1$/);
  });

  test('causes and aggregated errors are shown with their frames', async () => {
    const text = await failure('throw new Error("outer", { cause: new RangeError("inner") })');
    assert.match(text, /Error: outer[\s\S]*\[cause\]\n {2}RangeError: inner\n {6}at In/);
    assert.match(
      await failure('await Promise.any([Promise.reject(new Error("a")), Promise.reject(7)])'),
      /AggregateError[\s\S]*\[errors 0\]\n {2}Error: a[\s\S]*\[errors 1\]\n {2}7/,
    );
  });

  test('a syntax error points at the place with a caret', async () => {
    assert.match(await failure('let a = 1;\nlet b = ;'), /^SyntaxError: .*\n {4}at In\[\d+\]:2:9\nlet b = ;\n {8}\^$/);
  });

  test('a SyntaxError that the code throws is no syntax error of the cell', async () => {
    assert.match(await failure('JSON.parse("{")'), /^SyntaxError: .*JSON.*\n {4}at .*In\[\d+\]:1:6/);
  });

  test('what is thrown need not be an error', async () => {
    assert.match(await failure('throw { code: 7 }'), /code: 7/);
    assert.match(await failure('throw undefined'), /undefined/);
    assert.match(await failure('throw Object.defineProperty(new Error("x"), "stack", { get() { throw 1 } })'), /x/);
  });

  test('rejections nobody handles and errors of timers reach their cell, and the worker lives', async () => {
    worker.published.length = 0;
    await worker.run('Promise.reject(new Error("rejected")); setTimeout(() => { throw new Error("timer") }, 10); 0');
    await worker.run('await new Promise((resolve) => setTimeout(resolve, 80))');
    const errors = worker.of('error');
    assert.deepEqual(
      errors.map(({ content }) => content.evalue),
      ['rejected', 'timer'],
    );
    assert.equal(new Set(errors.map(({ parent }) => parent)).size, 1);
    assert.equal(await worker.value('1 + 1'), '2');
  });

  const endless = {
    'a busy loop': 'for (;;);',
    'a busy loop after an await': 'await 1; for (;;);',
    'a loop in a promise reaction': 'Promise.resolve().then(() => { for (;;); }); await new Promise(() => {});',
    'a loop in a timer': 'setTimeout(() => { for (;;); }, 5); await new Promise(() => {})',
    'a loop in setImmediate': 'setImmediate(() => { for (;;); }); await new Promise(() => {})',
    'a loop in an event handler':
      'const e = new EventTarget(); e.addEventListener("x", () => { for (;;); }); setTimeout(() => e.dispatchEvent(new Event("x")), 5); await new Promise(() => {})',
    'a pending await': 'await new Promise(() => {})',
    'a pending prompt': 'prompt("?")',
    'a pending input': 'await input("?")',
    'a hostile result': '({ [Symbol.for("nodejs.util.inspect.custom")]() { for (;;); } })',
    'a prompt in a loop that catches everything': 'for (;;) try { prompt("?") } catch {}',
  };
  for (const [what, code] of Object.entries(endless)) {
    test(`an interrupt ends ${what}, and the namespace survives`, async () => {
      await worker.run('globalThis.kept = "kept"; const alsoKept = 1;');
      const running = worker.run(code);
      await delay(60);
      worker.link.interrupt();
      const outcome = await running;
      assert.equal(outcome.error?.ename, 'InterruptError');
      assert.equal(await worker.value('[kept, alsoKept]'), "[ 'kept', 1 ]");
      assert.equal(worker.ends.length, 0);
    });
  }

  test('interrupts of collected promises do not end the process', async () => {
    await worker.run(
      'require("node:v8").setFlagsFromString("--expose-gc"); const collect = require("node:vm").runInNewContext("gc");',
    );
    for (const code of [
      'await new Promise(() => {})',
      'await 1; for (;;);',
      'Promise.resolve().then(() => { for (;;); }); 1',
    ]) {
      const running = worker.run(code);
      await delay(40);
      worker.link.interrupt();
      await running;
      await worker.run('collect(); await null; collect();');
    }
    assert.equal(await worker.value('2'), '2');
  });

  test('garbage collection during an await for ever does not end the process', async () => {
    const running = worker.run('setTimeout(() => collect(), 20); await new Promise(() => {})');
    await delay(120);
    worker.link.interrupt();
    assert.equal((await running).error?.ename, 'InterruptError');
    assert.equal(worker.ends.length, 0);
  });

  test('an interrupt when nothing runs changes nothing', async () => {
    worker.link.interrupt();
    await delay(50);
    assert.equal(await worker.value('3'), '3');
  });

  test('prompt, confirm, input and password ask the person', async () => {
    worker.questions.length = 0;
    worker.answers.push('a', 'b', 'yes', 'secret');
    assert.equal(
      await worker.value('[prompt("first"), await input("second"), confirm("third"), await password()]'),
      "[ 'a', 'b', true, 'secret' ]",
    );
    assert.deepEqual(
      worker.questions.map(({ password }) => password),
      [false, false, false, true],
    );
  });

  test('process.stdin and readline read lines from the person', async () => {
    worker.answers.push('over the line');
    assert.equal(
      await worker.value(
        'const rl = (await import("node:readline/promises")).createInterface({ input: process.stdin }); const line = await rl.question("? "); rl.close(); line',
      ),
      "'over the line'",
    );
  });

  test('input is refused where the client does not allow it', async () => {
    for (const code of ['prompt("x")', 'await input("x")']) {
      assert.equal((await worker.run(code, { allowStdin: false })).error?.ename, 'InputRefusedError');
    }
  });

  test('user expressions are evaluated after the cell, each with its own end', async () => {
    const { userExpressions } = await worker.run('const base = 2', {
      userExpressions: { good: 'base * 2', bad: 'nope', broken: '1 +' },
    });
    assert.deepEqual(userExpressions.good, { status: 'ok', data: { 'text/plain': '4' }, metadata: {} });
    assert.equal(userExpressions.bad?.status, 'error');
    assert.equal(userExpressions.broken?.status, 'error');
  });

  test('a cell that fails leaves what it had set as it was declared, and what it had not set free', async () => {
    await worker.run('const set = 1; throw new Error("between"); let notSet = 2;');
    assert.match(await failure('set = 2'), /^TypeError: Assignment to constant variable\./);
    assert.equal(await worker.value('notSet = 3; notSet'), '3');
  });

  test('a name of the runtime that a cell takes is still named as the user wrote it', async () => {
    assert.match(await failure('const escape = 1; escape = 2'), /^TypeError: Assignment to constant variable\./);
    assert.match(await failure('unescape; const unescape = 1'), /^ReferenceError: .*unescape/);
  });

  test('name? answers in the pager, and an unknown name is an error', async () => {
    await worker.run('/** Adds. */ function add(a: number, b: number) { return a + b }');
    const [page] = (await worker.run('add?')).payload;
    assert.equal(page?.source, 'page');
    assert.match(JSON.stringify(page?.data), /Adds\./);
    assert.match(await failure('nowhere?'), /nowhere is not defined/);
  });

  test('a silent cell shows no result and leaves _ alone', async () => {
    await worker.run('"before"');
    worker.published.length = 0;
    await worker.run('"silent"', { silent: true });
    assert.equal(worker.of('execute_result').length, 0);
    assert.equal(await worker.value('_'), "'before'");
  });

  test('children and descriptors write to the cell, before its end', async () => {
    worker.raw.stdout = '';
    await worker.run(
      'require("node:child_process").execFileSync(process.execPath, ["-e", "console.log(1)"], { stdio: "inherit" }); require("node:fs").writeSync(1, "2\\n");',
    );
    assert.equal(worker.raw.stdout, '1\n2\n');
  });

  test('text that is larger than every buffer arrives whole, characters beyond the BMP too', async () => {
    worker.published.length = 0;
    await worker.run('console.log("\u{1d4b3}".repeat(700_001)); console.log("end")');
    const text = worker.text('stdout');
    assert.equal(text.length, 2 * 700_001 + '\nend\n'.length);
    assert.equal(text.includes('\ufffd'), false);
  });

  test('display data comes before the result, and both after the text before them', async () => {
    worker.published.length = 0;
    await worker.run('console.log("1"); display("2"); console.log("3"); "4"');
    assert.deepEqual(
      worker.published.map(({ msgType }) => msgType),
      ['stream', 'display_data', 'stream', 'execute_result'],
    );
  });

  test('assigning to a constant throws, also from another cell', async () => {
    await worker.run('const fixed = 1');
    assert.match(await failure('fixed = 2'), /^TypeError: Assignment to constant variable\./);
  });
});

describe('modules', () => {
  test('relative paths, JSON, CommonJS and import.meta are those of the notebook\u2019s folder', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'elara-'));
    t.after(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'typed.ts'), 'export const twice = (n: number): number => n * 2;');
    await writeFile(join(folder, 'old.cjs'), 'module.exports = { old: __filename };');
    await writeFile(join(folder, 'data.json'), '{"k": 5}');
    await using worker = await TestWorker.start(folder);
    assert.equal(await worker.value('import { twice } from "./typed.ts"; twice(21)'), '42');
    assert.equal(await worker.value('import data from "./data.json"; data.k'), '5');
    assert.equal(await worker.value('(await import("./data.json", { with: { type: "json" } })).default.k'), '5');
    assert.equal(await worker.value('require("./old.cjs").old === __dirname + "/old.cjs"'), 'true');
    assert.equal(await worker.value('import.meta.dirname === __dirname'), 'true');
    assert.match(
      (await worker.run('import { missing } from "./typed.ts"')).error?.evalue ?? '',
      /does not provide an export named 'missing'/,
    );
    assert.match((await worker.run('import "./nowhere.ts"')).error?.evalue ?? '', /nowhere/);
  });

  test('a package need not say that its files are modules', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'elara-'));
    t.after(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'package.json'), '{}');
    await writeFile(join(folder, 'typed.ts'), 'export const twice = (n: number): number => n * 2;');
    await using worker = await TestWorker.start(folder);
    assert.equal(await worker.value('import { twice } from "./typed.ts"; twice(21)'), '42');
    await worker.run('await new Promise((resolve) => setTimeout(resolve, 50))');
    assert.equal(worker.text('stderr') + worker.raw.stderr, '');
  });
});

test('an interrupt does not stop the answers to what was asked before it', async () => {
  await using worker = await TestWorker.start();
  await worker.run('const asked = { field: 1 }');
  const running = worker.run('for (;;);');
  const answers = Array.from({ length: 4 }, () => worker.link.complete({ code: 'asked.fie', cursor: 9 }));
  await delay(50);
  worker.link.interrupt();
  assert.equal((await running).error?.ename, 'InterruptError');
  for (const answer of answers) assert.deepEqual((await answer).matches, ['field']);
});

test('an interrupt while the worker starts stops the cell that waits for it, and not the start', async () => {
  for (const code of ['for (;;);', 'await new Promise(() => {})']) {
    await using worker = TestWorker.create();
    const started = worker.link.start();
    const running = worker.run(code);
    worker.link.interrupt();
    assert.equal((await running).error?.ename, 'InterruptError');
    await started;
    assert.equal(await worker.value('1 + 1'), '2');
  }
});

describe('the end of a worker', () => {
  test('what a cell and its exit handlers print before process.exit arrives', async () => {
    await using worker = await TestWorker.start();
    const code = 'process.on("exit", () => console.error("handler")); console.log("before"); process.exit(4)';
    await assert.rejects(worker.run(code), { code: 'ERR_WORKER_ENDED' });
    assert.equal(worker.text('stdout'), 'before\n');
    assert.equal(worker.text('stderr'), 'handler\n');
  });

  const ends = {
    'process.exit(3)': { code: 3, signal: null },
    'process.kill(process.pid, "SIGKILL"); for (;;);': { code: null, signal: 'SIGKILL' },
    'process.kill(process.pid, "SIGSEGV"); for (;;);': { code: null, signal: 'SIGSEGV' },
  };
  for (const [code, expected] of Object.entries(ends)) {
    test(`${code.split(';')[0]} rejects the cell with the reason, its output first`, async () => {
      await using worker = await TestWorker.start();
      await assert.rejects(
        worker.run(`console.log("before"); await new Promise((resolve) => setTimeout(resolve, 60)); ${code}`),
        { code: 'ERR_WORKER_ENDED' },
      );
      assert.equal(worker.text('stdout'), 'before\n');
      assert.deepEqual(
        worker.ends.map(({ code, signal }) => ({ code, signal })),
        [expected],
      );
      await worker.link.start();
      assert.equal(await worker.value('typeof kept'), "'undefined'");
    });
  }
});
