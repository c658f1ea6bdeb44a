import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { notebook, Place } from './elara.ts';

interface WrittenCell {
  readonly id: string;
  readonly source: string[];
  readonly execution_count: number | null;
  readonly outputs: Record<string, unknown>[];
  readonly metadata: Record<string, unknown>;
}

interface WrittenNotebook {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: {
    readonly kernelspec: { readonly name: string };
    readonly language_info: { readonly name: string };
  };
  readonly cells: WrittenCell[];
}

async function written(place: Place, name: string): Promise<WrittenNotebook> {
  return JSON.parse(await place.read(name));
}

const stdoutOf = (text: string[]) => ({ output_type: 'stream', name: 'stdout', text });
const resultOf = (count: number, text: string) => ({
  output_type: 'execute_result',
  execution_count: count,
  metadata: {},
  data: { 'text/plain': [text] },
});

test('a notebook is executed by a kernel that is not installed, and written as nbformat 4.5', async () => {
  await using place = await Place.make();
  const cells = notebook(
    'const n: number = 20;\nconsole.log("a\\nb");\nn + 1',
    '',
    'process.stdout.write("10 %\\r"); process.stdout.write("99 %\\n"); n * 2;',
  );
  await place.write('n.ipynb', { ...cells, nbformat_minor: 2, mine: true });
  const { code, stdout, stderr } = await place.run(['run', 'n.ipynb', '--output', 'out.ipynb']);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /^ok +\[1\/3\].*const n: number = 20;$/m);
  assert.match(stderr, /^skipped \[2\/3\]/m);
  const out = await written(place, 'out.ipynb');
  assert.deepEqual([out.nbformat, out.nbformat_minor], [4, 5]);
  assert.equal(out.metadata.language_info.name, 'typescript');
  assert.equal('mine' in out, true);
  const [first, empty, last] = out.cells;
  assert.deepEqual(first?.outputs, [stdoutOf(['a\n', 'b\n']), resultOf(1, '21')]);
  assert.deepEqual([empty?.execution_count, empty?.outputs], [null, []]);
  assert.deepEqual(last?.outputs, [stdoutOf(['99 %\n'])]);
  assert.deepEqual([first?.execution_count, last?.execution_count], [1, 2]);
  assert.deepEqual(await readdir(place.path('runtime')), []);
});

test('a failing cell ends the run with notebook, cell, line and traceback; --output has what ran', async () => {
  await using place = await Place.make();
  await place.write('n.ipynb', notebook('1', 'function f() {\n  throw new TypeError("bad");\n}\n\nf()', '3'));
  const { code, stderr } = await place.run(['run', 'n.ipynb', '--output', 'out.ipynb']);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /elara run: n\.ipynb: cell 2 \(In\[2\]\), line 2: TypeError: bad\n {2}TypeError: bad\n.*In\[2\]:2:/,
  );
  assert.doesNotMatch(stderr, /\x1b/);
  const { cells } = await written(place, 'out.ipynb');
  assert.equal(cells[1]?.outputs[0]?.output_type, 'error');
  assert.deepEqual([cells[2]?.execution_count, cells[2]?.outputs], [null, []]);
});

test('--inplace writes a notebook that ran, and leaves one that failed or was killed as it was', async () => {
  await using place = await Place.make();
  await place.write('good.ipynb', notebook('1 + 1'));
  await place.write('bad.ipynb', notebook('1 + 1', 'throw 1'));
  await place.write(
    'long.ipynb',
    notebook('console.log("begun")', 'await new Promise(() => setInterval(() => {}, 1000))'),
  );
  const [bad, long] = [await place.read('bad.ipynb'), await place.read('long.ipynb')];
  const { code, stderr } = await place.run(['run', '--inplace', 'good.ipynb', 'bad.ipynb']);
  assert.equal(code, 1);
  assert.match(stderr, /ok .*good\.ipynb\nfailed .*bad\.ipynb\n1 of 2 files ran to their end/);
  assert.deepEqual((await written(place, 'good.ipynb')).cells[0]?.outputs, [resultOf(1, '2')]);
  assert.equal(await place.read('bad.ipynb'), bad);

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const run = place.start(['run', '--inplace', '--show', 'long.ipynb']);
    await run.saw(/begun/);
    run.child.kill(signal);
    const ended = await run.ended;
    if (signal === 'SIGINT') {
      assert.equal(ended.code, 130);
      assert.match(ended.stderr, /interrupted; long\.ipynb is as it was/);
      assert.deepEqual(await readdir(place.path('runtime')), []);
    }
    assert.equal(await place.read('long.ipynb'), long);
  }
  assert.deepEqual(
    (await readdir(place.folder)).filter((name) => name.endsWith('.tmp')),
    [],
  );
});

test('--allow-errors and the tags raises-exception and skip-execution', async () => {
  await using place = await Place.make();
  await place.write(
    'n.ipynb',
    notebook(
      { source: 'throw new Error("wanted")', tags: ['raises-exception'] },
      { source: 'throw new Error("never")', tags: ['skip-execution'] },
      'throw new Error("not wanted")',
      '"end"',
    ),
  );
  assert.match((await place.run(['run', 'n.ipynb'])).stderr, /cell 3 \(In\[2\]\), line 1: Error: not wanted/);
  const { code, stderr } = await place.run(['run', '--allow-errors', '--output', 'out.ipynb', 'n.ipynb']);
  assert.equal(code, 0, stderr);
  const { cells } = await written(place, 'out.ipynb');
  assert.deepEqual(cells[3]?.outputs, [resultOf(3, "'end'")]);
});

test('--timeout interrupts a cell that takes longer', async () => {
  await using place = await Place.make();
  await place.write('n.ipynb', notebook('1', 'while (true) {}'));
  const { code, stderr } = await place.run(['run', '--timeout', '4', 'n.ipynb']);
  assert.equal(code, 1);
  assert.match(stderr, /cell 2 \(In\[2\]\).*Timeout: the cell did not end within 4 s/);
});

test('--parameters are put in after the tagged cell', async () => {
  await using place = await Place.make();
  await place.write('p.json', { city: 'Rome', list: [1, 2] });
  await place.write(
    'n.ipynb',
    notebook(
      { source: 'const city = "Paris";\nlet n = 1;\nlet list: number[] = [];', tags: ['parameters'] },
      '[city, n, list].join(" ")',
    ),
  );
  const { code, stderr, stdout } = await place.run(['run', '--show', 'n.ipynb', '-p', 'p.json', '-p', 'n=7']);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "'Rome 7 1,2'\n");
});

test('a script runs in cells, and its failure names the line of the file', async () => {
  await using place = await Place.make();
  await place.write(
    's.ts',
    '// %% One\nconst n: number = 1;\nn + 1\n\n// %% Two\nconst f = () => {\n  throw new Error("x");\n};\nf()\n',
  );
  const { code, stdout, stderr } = await place.run(['run', '--show', 's.ts', '--output', 's.ipynb']);
  assert.equal(code, 1);
  assert.equal(stdout, '2\n');
  assert.match(stderr, /elara run: s\.ts:7: cell 2 \(In\[2\]\), line 2: Error: x/);
  assert.deepEqual(
    (await written(place, 's.ipynb')).cells.map((cell) => cell.metadata),
    [{ title: 'One' }, { title: 'Two' }],
  );
  assert.equal((await place.run(['run', '--inplace', 's.ts'])).code, 2);
});

test('cells run in the folder of their notebook', async () => {
  await using place = await Place.make();
  await mkdir(place.path('sub'));
  await place.write('sub/data.txt', 'inside');
  await place.write(
    'sub/n.ipynb',
    notebook('import { readFileSync } from "node:fs";\nreadFileSync("data.txt", "utf8")'),
  );
  assert.equal((await place.run(['run', '--show', 'sub/n.ipynb'])).stdout, "'inside'\n");
});

test('questions are answered by the cell itself or by stdin, and refused otherwise', async () => {
  await using place = await Place.make();
  const question = 'const name = await input("name? ");\nname.toUpperCase()';
  await place.write('own.ipynb', notebook({ source: question, answers: ['Ada'] }));
  await place.write('n.ipynb', notebook(question));
  assert.equal((await place.run(['run', '--show', 'own.ipynb'])).stdout, "name? Ada\n'ADA'\n");
  const asked = await place.run(['run', '--show', '--ask', 'n.ipynb'], 'Grace\n');
  assert.equal(asked.stdout, "'GRACE'\n", asked.stderr);
  assert.match(asked.stderr, /name\? /);
  const refused = await place.run(['run', 'n.ipynb']);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /cell 1/);
  const ended = await place.run(['run', '--ask', 'n.ipynb']);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /stdin is at its end/);
});

test('output that comes late belongs to the cell that made it, an error too', async () => {
  await using place = await Place.make();
  const wait = 'await new Promise((resolve) => setTimeout(resolve, 200));';
  await place.write('n.ipynb', notebook('setTimeout(() => console.log("late"), 50);', wait));
  await place.run(['run', '--inplace', 'n.ipynb']);
  const { cells } = await written(place, 'n.ipynb');
  assert.deepEqual(cells[0]?.outputs, [stdoutOf(['late\n'])]);
  assert.deepEqual(cells[1]?.outputs, []);
  await place.write('e.ipynb', notebook('setTimeout(() => { throw new Error("late"); }, 50);', wait, '3'));
  const { code, stderr } = await place.run(['run', 'e.ipynb']);
  assert.equal(code, 1);
  assert.match(stderr, /cell 1 \(In\[1\]\), line 1: Error: late/);
});

test('--show prints text as it is and names images', async () => {
  await using place = await Place.make();
  await place.write(
    'n.ipynb',
    notebook(
      'display({ [Symbol.for("Jupyter.display")]: () => ({ "image/png": "iVBORw0KGgo=" }) });\nconsole.error("e"); 5',
    ),
  );
  const { stdout, stderr } = await place.run(['run', '--show', 'n.ipynb']);
  assert.equal(stdout, '[image/png 8 B]\n5\n');
  assert.match(stderr, /^e$/m);
});

test('what cannot be run is told with the reason', async () => {
  await using place = await Place.make();
  await place.write('corrupt.ipynb', '{"cells": [');
  const kernelspec = { name: 'nobody-s', language: "nobody's" };
  await place.write('absent.ipynb', { ...notebook('1'), metadata: { kernelspec } });
  await place.write('n.ipynb', notebook('1'));
  const uses: [string[], number, RegExp][] = [
    [[], 2, /at least one/],
    [['no.ipynb'], 1, /no\.ipynb: there is no such file/],
    [['corrupt.ipynb'], 1, /corrupt\.ipynb: is not JSON, so no notebook/],
    [['absent.ipynb'], 1, /absent\.ipynb: No kernel named "nobody-s"/],
    [['n.ipynb', '--kernel', 'nope'], 1, /No kernel named "nope"/],
    [['n.ipynb', '--output', 'no/such/folder.ipynb'], 1, /folder\.ipynb: cannot be written/],
    [['n.ipynb', 'n.ipynb', '--output', 'x'], 2, /--output is for one/],
    [['n.ipynb', '--timeout', 'soon'], 2, /number of seconds/],
    [['n.txt'], 1, /neither a notebook/],
  ];
  for (const [args, expected, reason] of uses) {
    const { code, stderr } = await place.run(['run', ...args]);
    assert.equal(code, expected, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, reason);
  }
});
