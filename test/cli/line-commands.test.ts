/** Line commands where `elara run` executes scripts and notebooks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notebook, Place } from './elara.ts';

test('a script with line commands runs', async () => {
  await using place = await Place.make();
  await place.write(
    'script.ts',
    [
      'const rows: number[] = [1, 2, 3]',
      '%time rows.map((n) => n * 2)',
      '// %% second',
      '%%time',
      'console.log(rows.length);',
      '// %%',
      '%env ELARA_SCRIPT=yes',
      'console.log(process.env.ELARA_SCRIPT)',
      '%save -f saved.ts 1-2',
    ].join('\n'),
  );
  const { code, stdout, stderr } = await place.run(['run', '--show', 'script.ts']);
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /Wall time .*\n\[ 2, 4, 6 \]\n3\nWall time .*\nELARA_SCRIPT=yes\nyes\n2 cells saved in .*saved\.ts\n/,
  );
  assert.equal((await place.run(['run', 'saved.ts'])).code, 0);
});

test('a failure names the line of the script', async () => {
  await using place = await Place.make();
  await place.write('bad.ts', 'const a = 1;\n// %%\n%time a;\n%time a.b.c\n');
  const { code, stderr } = await place.run(['run', 'bad.ts']);
  assert.equal(code, 1);
  assert.match(stderr, /bad\.ts:4/);
});

test('in a notebook, %reset asks if somebody answers, and says so if nobody does', async () => {
  await using place = await Place.make();
  await place.write('n.ipynb', notebook('let kept = 1;', '%reset'));
  const { code, stderr } = await place.run(['run', 'n.ipynb']);
  assert.equal(code, 1);
  assert.match(stderr, /%reset -f does not ask/);
  const answered = await place.run(['run', '--ask', 'n.ipynb']);
  assert.match(answered.stderr, /Forget everything that the cells have declared/);
});
