/** `%load`, `%save`, `%cd` and `%history`, through a real kernel. */
import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CellRunner } from '../../real-kernel/cell-runner.ts';
import { recordOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const cells = new CellRunner(await kernel.connect());
const { folder } = kernel;

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
      await cells.payload('%load lib.ts'),
      next('// %load lib.ts\nconst a = 1;\nconst b = 2;\nconst c = 3;'),
    );
  });

  test('puts some of its lines there', async () => {
    assert.deepEqual(await cells.payload('%load lib.ts 2-'), next('// %load lib.ts 2-\nconst b = 2;\nconst c = 3;'));
    assert.deepEqual(
      await cells.payload("await elara.load('lib.ts', '3 2')"),
      next('// %load lib.ts 3 2\nconst c = 3;\nconst b = 2;'),
    );
  });

  test('takes the code cells of a notebook', async () => {
    assert.deepEqual(await cells.payload('%load "two words.ipynb"'), next('// %load two words.ipynb\n1 +\n 1\n\nlast'));
    assert.deepEqual(await cells.payload('%load "two words.ipynb" 2'), next('// %load two words.ipynb 2\nlast'));
  });

  test('takes an address', async () => {
    assert.deepEqual(await cells.payload(`%load ${url}/lib.ts`), next(`// %load ${url}/lib.ts\nexport const a = 1;`));
    assert.match(await cells.failure(`%load ${url}/nothing.ts`), /CommandError: cannot load .*: 404 Not Found/);
    assert.match(
      await cells.failure('%load http://127.0.0.1:1/'),
      /CommandError: cannot load http:\/\/127\.0\.0\.1:1\/: /,
    );
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
    for (const [code, message] of failures) assert.match(await cells.failure(code), message, code);
  });
});

describe('%save', () => {
  before(async () => {
    cells.client.close();
    await kernel.running.restart();
    cells.client = await kernel.connect();
    for (const code of ['const first = 1;', '%time first + 1', '`multi\nline`']) await cells.ok(code);
  });

  test('writes a script that elara run reads', async () => {
    assert.equal(await cells.printed('%save all.ts'), `3 cells saved in ${join(folder, 'all.ts')}`);
    assert.equal(
      await readFile(join(folder, 'all.ts'), 'utf8'),
      '// %%\nconst first = 1;\n\n// %%\n%time first + 1\n\n// %%\n`multi\nline`\n',
    );
  });

  test('overwrites a file only if it is told to', async () => {
    assert.match(
      await cells.failure('%save all.ts 1'),
      /CommandError: cannot save .*all\.ts: it is there already; -f overwrites it/,
    );
    assert.equal(await cells.printed('%save -f all.ts 3 1'), `2 cells saved in ${join(folder, 'all.ts')}`);
    assert.equal(await readFile(join(folder, 'all.ts'), 'utf8'), '// %%\n`multi\nline`\n\n// %%\nconst first = 1;\n');
  });

  test('writes a notebook', async () => {
    assert.equal(
      await cells.value("await elara.save('some.ipynb', { ranges: '1-2' })"),
      `'${join(folder, 'some.ipynb')}'`,
    );
    const notebook: unknown = JSON.parse(await readFile(join(folder, 'some.ipynb'), 'utf8'));
    const { nbformat, cells: saved } = recordOf(notebook);
    assert.equal(nbformat, 4);
    assert.deepEqual(Array.isArray(saved) && saved.map(({ source, execution_count: count }) => [count, source]), [
      [1, 'const first = 1;'],
      [2, '%time first + 1'],
    ]);
  });

  test('takes cells of an earlier session, also when the worker has died', async () => {
    await cells.client.execute('process.exit(1)');
    assert.equal(await cells.printed('%save later.ts 1 ~1/1'), `2 cells saved in ${join(folder, 'later.ts')}`);
    assert.match(
      await readFile(join(folder, 'later.ts'), 'utf8'),
      /^\/\/ %%\nconst first = 1;\n\n\/\/ %%\n%load lib\.ts\n$/,
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
    for (const [code, message] of failures) assert.match(await cells.failure(code), message, code);
  });
});

describe('%cd', () => {
  before(async () => {
    await writeFile(join(folder, 'sub', 'here.ts'), "export const where = 'sub';");
    await writeFile(join(folder, 'sub', 'data.json'), '{ "n": 5 }');
  });

  test('prints and changes the folder from which everything is found', async () => {
    assert.equal(await cells.printed('%cd'), folder);
    assert.equal(await cells.printed('%cd sub'), join(folder, 'sub'));
    assert.equal(
      await cells.value(
        "import { where } from './here.ts'; [where, (await import('./data.json')).default.n, require('./data.json').n]",
      ),
      "[ 'sub', 5, 5 ]",
    );
    assert.equal(
      await cells.value(
        "[process.cwd(), import.meta.dirname, __dirname, import.meta.resolve('./here.ts')].map((path) => path.split('/sub')[1])",
      ),
      "[ '', '', '', '/here.ts' ]",
    );
    assert.equal(await cells.printed('%cd -'), folder);
    assert.match(await cells.failure("await import('./here.ts')"), /Cannot find module/);
    assert.equal(await cells.printed('%cd -'), join(folder, 'sub'));
    assert.equal(await cells.value("elara.cd('..')"), `'${folder}'`);
  });

  test('knows ~ and names with blanks', async () => {
    await mkdir(join(folder, 'two words'));
    assert.equal(await cells.printed('%cd two words'), join(folder, 'two words'));
    assert.equal(await cells.printed(`%cd "${folder}"`), folder);
    assert.equal(await cells.printed('%cd ~'), await realpath(homedir()));
    assert.equal(await cells.printed('%cd -'), folder);
  });

  test('says why it cannot, and stays where it is', async () => {
    await mkdir(join(folder, 'locked'));
    await chmod(join(folder, 'locked'), 0);
    assert.match(
      await cells.failure('%cd nowhere'),
      /CommandError: cannot change to .*nowhere: there is no such file or folder\n/,
    );
    assert.match(await cells.failure('%cd lib.ts'), /cannot change to .*lib\.ts: it is not a folder/);
    // Root may enter any folder.
    if (process.getuid?.() !== 0)
      assert.match(await cells.failure('%cd locked'), /cannot change to .*locked: you may not/);
    await cells.ok(`elara.cd('${folder}')`);
    assert.equal(await cells.printed('%cd'), folder);
  });
});

describe('%history', () => {
  before(async () => {
    cells.client.close();
    await kernel.running.restart();
    cells.client = await kernel.connect();
    for (const code of ['const one = 1;', 'one +\n  1', "'needle'"]) await cells.ok(code);
  });

  test('prints this session, numbered if it is asked to', async () => {
    assert.equal(await cells.printed('%history'), "const one = 1;\none +\n  1\n'needle'");
    assert.equal(await cells.printed('%history -n 1-2'), '3/1: const one = 1;\n3/2: one +\n      1');
    assert.equal(await cells.printed('%history 3 1'), "'needle'\nconst one = 1;");
  });

  test('prints the last ones, and those of other sessions', async () => {
    assert.equal(await cells.printed('%history 2'), '%history -n 1-2\n%history 3 1');
    assert.equal(await cells.printed('%history ~1/1-2'), 'const first = 1;\n%time first + 1');
    assert.equal(await cells.printed('%history -n 2/3'), '2/3: `multi\n    line`');
  });

  test('searches all sessions', async () => {
    assert.equal(await cells.printed('%history -n -g "const ?* = 1;"'), '2/1: const first = 1;\n3/1: const one = 1;');
    assert.equal(await cells.printed('%history -g const ?* 1'), '%history -n -g "const ?* = 1;"');
    assert.equal(await cells.printed('%history -g "no such thing at all "'), 'There are no such cells.');
  });

  test('is a function, which gives entries', async () => {
    assert.equal(
      await cells.value("(await elara.history({ ranges: '1' }))[0]"),
      "{ session: 3, line: 1, source: 'const one = 1;' }",
    );
    assert.equal(await cells.value("(await elara.history({ pattern: 'needle', last: 1 })).length"), '1');
    assert.match(await cells.failure('await elara.history({ last: 0 })'), /last is 0, which is no number from 1/);
  });

  test('says what is wrong', async () => {
    assert.match(await cells.failure('%history x'), /x is neither a number nor a range of cells/);
    assert.match(await cells.failure('%history 5-3'), /5-3 ends before it begins/);
    assert.match(await cells.failure('%history -g'), /-g needs a pattern/);
    assert.match(await cells.failure('%history -q'), /There is no option -q/);
  });
});
