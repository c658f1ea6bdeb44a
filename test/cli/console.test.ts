import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { basename } from 'node:path';
import { test } from 'node:test';
import { newConnectionInfo, writeConnectionFile } from '@elara/protocol/connection';
import { Place } from './elara.ts';

test('what comes on stdin is run a statement at a time, in our kernel when none is named', async () => {
  await using place = await Place.make();
  const code =
    'const double = (x: number) => {\n  return x * 2;\n}\n\n[1, 2]\n  .map(double)\nconsole.log("hi")\n"end";\n';
  const ended = await place.run(['console'], code);
  assert.equal(ended.code, 0, ended.stderr);
  assert.equal(ended.stdout, '[ 2, 4 ]\nhi\n');
});

test('a cell that fails is told on stderr, the rest still runs, and the exit code is 1', async () => {
  await using place = await Place.make();
  const { code, stdout, stderr } = await place.run(['console'], 'throw new Error("no")\n1 + 1');
  assert.equal(code, 1);
  assert.equal(stdout, '2\n');
  assert.match(stderr, /Error: no\n.*In\[1\]:1:/);
  assert.doesNotMatch(stderr, /\x1b/);
});

test('the lines that follow a question are its answers', async () => {
  await using place = await Place.make();
  const { stdout, stderr } = await place.run(['console'], 'const who = await input("who? ")\nAda\nwho + "!"\n');
  assert.equal(stdout, "'Ada!'\n");
  assert.match(stderr, /who\? /);
});

test('a question mark asks the kernel, and alone it helps', async () => {
  await using place = await Place.make();
  const { stdout } = await place.run(['console'], 'const answer = 42\n?answer\n?\n');
  assert.match(stdout, /^const answer: 42[\s\S]*Ctrl-D/);
});

test('--existing attaches to a kernel that runs, which keeps its names and goes on', async () => {
  await using place = await Place.make();
  const kernel = place.start(['kernel']);
  const said = await kernel.saw(/Connection file: (.*)\n/);
  const file = /Connection file: (.*)\n/.exec(said)?.[1] ?? '';
  assert.equal((await place.run(['console', '--existing', file], 'let shared = 1\n')).code, 0);
  assert.equal((await place.run(['console', '--existing', basename(file)], 'shared += 1\n')).stdout, '2\n');
  assert.equal((await place.run(['console', '--existing'], 'shared\n')).stdout, '2\n');
  kernel.child.kill('SIGTERM');
  assert.equal((await kernel.ended).code, 0);
});

test('a kernel that cannot be reached is told with the reason and what to do', async () => {
  await using place = await Place.make();
  const info = newConnectionInfo({
    shell_port: 1,
    iopub_port: 1,
    stdin_port: 1,
    control_port: 1,
    hb_port: 1,
    key: 'hidden',
  });
  await writeConnectionFile(place.path('dead.json'), info);
  await place.write('broken.json', '{"key": "hidden"');
  await chmod(place.path('broken.json'), 0o600);
  const uses: [string[], number, RegExp][] = [
    [['--existing', 'missing.json'], 1, /missing\.json/],
    [['--existing', 'dead.json'], 1, /No kernel runs at tcp:\/\/127\.0\.0\.1:1\b.*start another/],
    [['--existing', 'broken.json'], 1, /broken\.json is not JSON/],
    [['--kernel', 'nope'], 1, /No kernel named "nope"/],
    [['--kernel', 'nope', '--existing', 'dead.json'], 2, /only one of/],
    [['--images', 'sixel'], 2, /kitty, iterm2 or none/],
  ];
  if (process.platform !== 'win32') {
    await writeConnectionFile(place.path('open.json'), info);
    await chmod(place.path('open.json'), 0o644);
    uses.push([['--existing', 'open.json'], 1, /open\.json bears a key and others can use it.*chmod 600/]);
  }
  for (const [args, expected, reason] of uses) {
    const { code, stderr } = await place.run(['console', ...args]);
    assert.equal(code, expected, stderr);
    assert.match(stderr, reason);
    assert.doesNotMatch(stderr, /hidden/);
  }
});

test('a kernel that dies ends the console with the reason', async () => {
  await using place = await Place.make();
  const { code, stderr } = await place.run(['console'], 'process.kill(process.ppid, "SIGKILL")\n1\n');
  assert.equal(code, 1);
  assert.match(stderr, /elara console: The kernel .* ended by SIGKILL/);
});
