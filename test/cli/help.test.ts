import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ENTRY, Place } from './elara.ts';

const commands = ['run', 'console', 'kernel', 'install', 'uninstall', 'list'];

test('without a command it says what there is', async () => {
  await using place = await Place.make();
  const { code, stdout } = await place.run([]);
  assert.equal(code, 0);
  for (const command of commands) assert.match(stdout, new RegExp(`^  ${command} `, 'm'));
  assert.equal((await place.run(['--help'])).stdout, stdout);
});

test('--version says version and Node', async () => {
  await using place = await Place.make();
  const { code, stdout } = await place.run(['--version']);
  assert.equal(code, 0);
  assert.equal(stdout, `elara 0.1.0 (Node ${process.versions.node})\n`);
});

for (const command of commands) {
  test(`${command} has --help and --version, and refuses options that it does not know`, async () => {
    await using place = await Place.make();
    const [help, again, version, unknown] = await Promise.all([
      place.run([command, '--help']),
      place.run(['help', command]),
      place.run([command, '--version']),
      place.run([command, '--no-such-option']),
    ]);
    assert.equal(help.code, 0);
    assert.match(help.stdout, new RegExp(`^Usage: elara ${command} `));
    assert.equal(again.stdout, help.stdout);
    assert.match(version.stdout, /^elara \d/);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, new RegExp(`--no-such-option[\\s\\S]*See 'elara ${command} --help'`));
    assert.equal(unknown.stdout, '');
  });
}

test('a command that does not exist is a usage error that names those that do', async () => {
  await using place = await Place.make();
  const { code, stderr } = await place.run(['constructor']);
  assert.equal(code, 2);
  assert.match(stderr, /no command 'constructor'.*run, console/);
});

test('a command loads nothing of the others', async () => {
  const hook =
    "import { registerHooks } from 'node:module'; registerHooks({ load(url, context, next) { console.error(url); return next(url, context); } });";
  const loads = async (...args: string[]): Promise<string> => {
    const preload = `--import=data:text/javascript,${encodeURIComponent(hook)}`;
    return (await promisify(execFile)(process.execPath, [preload, ENTRY, ...args])).stderr;
  };
  const [overview, kernel, list] = await Promise.all([
    loads('--help'),
    loads('kernel', '--help'),
    loads('list', '--help'),
  ]);
  assert.doesNotMatch(overview, /protocol|server|console\/|run\//);
  assert.match(kernel, /server\/server\.ts/);
  assert.doesNotMatch(kernel, /console\/command|nbformat|cli\/run\//);
  assert.doesNotMatch(list, /zeromq|server\//);
});
