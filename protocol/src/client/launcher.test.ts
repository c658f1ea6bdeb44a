import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, stat, utimes } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConnectionFile, writeConnectionFile } from '../connection.ts';
import { installKernelSpec, type KernelSpec } from '../kernelspec.ts';
import { newConnection } from './address.ts';
import { attachKernel } from './attach.ts';
import type { Execution } from './execution.ts';
import { KernelLauncher, launchKernel } from './launcher.ts';
import { isMessage } from './messages.ts';
import { EchoKernel } from './testing/echo-kernel.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

process.env.JUPYTER_RUNTIME_DIR = temporaryFolder();

const MAIN = join(import.meta.dirname, 'testing/echo-kernel-main.ts');

function toy(spec: Partial<KernelSpec> = {}, ...args: string[]): KernelSpec {
  const argv: KernelSpec['argv'] = [process.execPath, MAIN, '-f', '{connection_file}', ...args];
  return { argv, display_name: 'Toy', language: 'toy', interrupt_mode: 'message', ...spec };
}

async function textOf(execution: Execution): Promise<string> {
  let text = '';
  for await (const message of execution) if (isMessage(message, 'stream')) text += message.content.text;
  return text.trim();
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  while (isRunning(pid) && !isZombie(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Ended, and not yet reaped by the process that adopted it: in containers that may take its time. */
function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // No /proc here, or reaped by now.
    return false;
  }
}

test('a kernel is started from its kernelspec, runs code, and leaves nothing behind', async () => {
  const kernel = await launchKernel({ spec: toy() });
  assert.equal((await stat(kernel.connectionFile)).mode & 0o777, 0o600);
  const info = await readConnectionFile(kernel.connectionFile);
  assert.equal(info.ip, '127.0.0.1');
  assert.equal(info.kernel_name, 'Toy');
  assert.equal(await textOf(kernel.client.execute('say hi')), 'hi');
  await kernel.shutdown();
  assert.deepEqual(await kernel.process.ended, { code: 0, signal: null });
  assert.equal(existsSync(kernel.connectionFile), false);
});

test('`await using` shuts it down', async () => {
  let pid: number;
  {
    await using kernel = await launchKernel({ spec: toy() });
    pid = kernel.process.pid;
    assert.ok(isRunning(pid));
  }
  assert.equal(isRunning(pid), false);
});

test('by name: the kernelspec is looked for where Jupyter looks', async () => {
  const home = temporaryFolder();
  const host = { home, env: {} };
  await installKernelSpec({ name: 'toy', user: true, sourceFiles: { 'kernel.json': JSON.stringify(toy()) } }, host);
  await using kernel = await launchKernel({ name: 'toy', host });
  assert.equal((await readConnectionFile(kernel.connectionFile)).kernel_name, 'toy');
  await assert.rejects(launchKernel({ name: 'none', host }), { code: 'ERR_NO_SUCH_KERNEL' });
});

test('the kernel has the environment and the folder that were asked for', async () => {
  const cwd = temporaryFolder();
  await using kernel = await launchKernel({ spec: toy({ env: { A: 'of $B' } }), env: { B: 'launch' }, cwd });
  assert.equal(await textOf(kernel.client.execute('env A')), 'of launch');
  assert.equal(await textOf(kernel.client.execute('cwd')), cwd);
  assert.equal(await textOf(kernel.client.execute('env JPY_PARENT_PID')), String(process.pid));
});

for (const interrupt_mode of ['message', 'signal'] as const) {
  test(`interrupt_mode ${interrupt_mode} stops what runs, and the kernel goes on`, async () => {
    await using kernel = await launchKernel({ spec: toy({ interrupt_mode }) });
    const execution = kernel.client.execute('wait 60000');
    for await (const message of execution) if (isMessage(message, 'execute_input')) break;
    await kernel.interrupt();
    const reply = await execution.done;
    assert.equal(reply.status === 'error' && reply.ename, 'Interrupted');
    assert.equal(await textOf(kernel.client.execute('say on')), 'on');
  });
}

test('a restart rejects what is awaited and keeps client, connection file and address', async () => {
  await using kernel = await launchKernel({ spec: toy() });
  const before = { pid: kernel.process.pid, info: await readConnectionFile(kernel.connectionFile) };
  const execution = kernel.client.execute('wait 60000');
  await kernel.restart();
  await assert.rejects(execution.done, { code: 'ERR_KERNEL_RESTARTED' });
  assert.notEqual(kernel.process.pid, before.pid);
  assert.deepEqual(await readConnectionFile(kernel.connectionFile), before.info);
  assert.equal((await kernel.client.execute('say 1').done).execution_count, 1);
});

test('a restart by another kernelspec, which is that of the next one too', async () => {
  await using kernel = await launchKernel({ spec: toy({ env: { A: 'before' } }) });
  await kernel.restart({ spec: toy({ env: { A: 'now' } }) });
  await kernel.restart();
  assert.equal(await textOf(kernel.client.execute('env A')), 'now');
});

test('a process that ends rejects everything that is awaited, and says how it ended', async () => {
  await using kernel = await launchKernel({ spec: toy() });
  const execution = kernel.client.execute('wait 60000');
  const request = kernel.client.isComplete('x', { timeoutMs: Number.POSITIVE_INFINITY });
  process.kill(kernel.process.pid, 'SIGKILL');
  await assert.rejects(execution.done, { code: 'ERR_KERNEL_DIED', message: /ended by SIGKILL/ });
  await assert.rejects(request, { code: 'ERR_KERNEL_DIED' });
  assert.equal(kernel.client.alive, false);
  assert.equal(existsSync(kernel.connectionFile), false);
});

test('the outputs before the end are there', async () => {
  await using kernel = await launchKernel({ spec: toy() });
  const execution = kernel.client.execute('say last words\nwait 50\nexit 3');
  const texts: string[] = [];
  await assert.rejects(
    async () => {
      for await (const message of execution) if (isMessage(message, 'stream')) texts.push(message.content.text);
    },
    { code: 'ERR_KERNEL_DIED', message: /exit code 3/ },
  );
  assert.deepEqual(texts, ['last words\n']);
});

test('two restarts at once are one', async () => {
  await using kernel = await launchKernel({ spec: toy() });
  await Promise.all([kernel.restart(), kernel.restart()]);
  assert.equal(await textOf(kernel.client.execute('say once')), 'once');
  await kernel.shutdown();
  await assert.rejects(kernel.restart(), { code: 'ERR_KERNEL_DIED', message: /was shut down/ });
});

test('a process that exits without shutting its kernel down takes it and its connection file along', async () => {
  const script = `
    const { launchKernel } = await import(${JSON.stringify(join(import.meta.dirname, 'launcher.ts'))});
    const kernel = await launchKernel({ spec: ${JSON.stringify(toy())} });
    console.log(JSON.stringify([kernel.process.pid, kernel.connectionFile]));
    process.exit(0);
  `;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const [pid, connectionFile]: [number, string] = JSON.parse(printed);
  await gone(pid);
  assert.equal(existsSync(connectionFile), false);
});

test('a kernel that died can be restarted', async () => {
  await using kernel = await launchKernel({ spec: toy() });
  process.kill(kernel.process.pid, 'SIGKILL');
  await kernel.process.ended;
  await kernel.restart();
  assert.equal(await textOf(kernel.client.execute('say back')), 'back');
  assert.ok(existsSync(kernel.connectionFile));
});

test('its children go with it, when it is shut down and when it dies', async () => {
  const kernel = await launchKernel({ spec: toy() });
  const first = Number(await textOf(kernel.client.execute('child')));
  process.kill(kernel.process.pid, 'SIGKILL');
  await gone(first);
  await kernel.restart();
  const second = Number(await textOf(kernel.client.execute('child')));
  await kernel.shutdown();
  await gone(second);
});

test('a kernel that does not end when it is asked to is killed after the grace time', async () => {
  const kernel = await launchKernel({ spec: toy({}, '--stubborn') });
  await kernel.shutdown({ graceMs: 200 });
  assert.deepEqual(await kernel.process.ended, { code: null, signal: 'SIGKILL' });
});

test('shutting down twice, or one that is dead, is fine', async () => {
  const kernel = await launchKernel({ spec: toy() });
  process.kill(kernel.process.pid, 'SIGKILL');
  await Promise.all([kernel.shutdown(), kernel.shutdown()]);
  await kernel.shutdown();
  await assert.rejects(kernel.client.kernelInfo(), { code: 'ERR_KERNEL_DIED' });
});

test('a process that ends before it is ready: the error has what it wrote', async () => {
  await assert.rejects(launchKernel({ spec: toy({}, '--die-first', 'no module named toy') }), {
    code: 'ERR_KERNEL_START',
    output: 'no module named toy',
    message: /ended with exit code 7 before it was ready\.\nno module named toy/,
  });
  assert.deepEqual(await readdir(process.env.JUPYTER_RUNTIME_DIR ?? ''), []);
});

test('a program that is not there: the error names it', async () => {
  await assert.rejects(launchKernel({ spec: toy({ argv: ['/nowhere/kernel'] }) }), {
    code: 'ERR_KERNEL_COMMAND',
    message: /nowhere.kernel.*cannot be run/,
  });
});

test('a process that never becomes a kernel is ended after the bound', async () => {
  const argv: KernelSpec['argv'] = [process.execPath, '-e', 'console.error("dawdling"); setInterval(() => {}, 1000)'];
  await assert.rejects(launchKernel({ spec: toy({ argv }), timeoutMs: 500 }), {
    code: 'ERR_KERNEL_START',
    output: 'dawdling',
  });
});

test('a port that somebody took in the meantime: it starts on others', async () => {
  // The program takes the shell port the first time that it is started, and finds it taken.
  const marker = join(temporaryFolder(), 'tried');
  const script = `
    import { existsSync, writeFileSync } from 'node:fs';
    if (!existsSync(${JSON.stringify(marker)})) {
      writeFileSync(${JSON.stringify(marker)}, '');
      console.error('Error: Address already in use');
      process.exit(1);
    }
    await import(${JSON.stringify(MAIN)});
  `;
  const argv: KernelSpec['argv'] = [
    process.execPath,
    '--input-type=module',
    '-e',
    script,
    '--',
    '-f',
    '{connection_file}',
  ];
  await using kernel = await launchKernel({ spec: toy({ argv }) });
  assert.ok(existsSync(marker));
  assert.equal(await textOf(kernel.client.execute('say hi')), 'hi');
});

test('a kernel of protocol 5.6 chooses its ports and registers them (JEP 66)', async () => {
  await using kernel = await launchKernel({ spec: toy({ kernel_protocol_version: '5.6' }) });
  assert.equal(await textOf(kernel.client.execute('say hi')), 'hi');
  await using other = await attachKernel(kernel.connectionFile);
  assert.equal(await textOf(other.execute('say me too')), 'me too');
  const { info } = kernel.client;
  await kernel.restart();
  assert.deepEqual(kernel.client.info, info);
  assert.equal(await textOf(kernel.client.execute('say again')), 'again');
  const files = await readdir(process.env.JUPYTER_RUNTIME_DIR ?? '');
  assert.deepEqual(
    files.filter((file) => file.startsWith('registration')),
    [],
  );
});

test('a kernel that says that it can is encrypted on request; another is refused', async () => {
  const spec = toy({ metadata: { supported_encryption: ['curve'] } });
  await using kernel = await launchKernel({ spec, encrypt: true });
  assert.equal((await readConnectionFile(kernel.connectionFile)).curve_publickey?.length, 40);
  assert.equal(await textOf(kernel.client.execute('say hi')), 'hi');
  await assert.rejects(launchKernel({ spec: toy(), encrypt: true }), { code: 'ERR_KERNEL_START' });
});

test('a launcher owns its kernels', async () => {
  const pids: number[] = [];
  {
    await using launcher = new KernelLauncher();
    const kernels = await Promise.all([1, 2, 3].map(() => launcher.launch({ spec: toy() })));
    pids.push(...kernels.map((kernel) => kernel.process.pid));
    const ports = new Set(kernels.map((kernel) => kernel.client.info.shell_port));
    assert.equal(ports.size, 3);
    await kernels[0]?.shutdown();
    assert.equal(launcher.kernels.length, 2);
  }
  assert.deepEqual(pids.map(isRunning), [false, false, false]);
});

test('attaching to a kernel that runs, busy or not, and to one that does not', async () => {
  await using kernel = await launchKernel({ spec: toy() });
  const busy = kernel.client.execute('wait 60000');
  for await (const message of busy) if (isMessage(message, 'execute_input')) break;
  await using other = await attachKernel(kernel.connectionFile);
  await other.interrupt();
  assert.equal((await busy.done).status, 'error');
  await assert.rejects(attachKernel('/nowhere/kernel-1.json'), { code: 'ERR_FILE_MISSING' });
});

test('attaching to a kernel that has yet to bind its ports waits for it', async () => {
  const info = await newConnection('toy');
  const file = join(temporaryFolder(), 'kernel-starting.json');
  await writeConnectionFile(file, info);
  const attaching = attachKernel(file);
  using _kernel = await EchoKernel.start(info);
  await using client = await attaching;
  assert.equal((await client.kernelInfo()).status, 'ok');
});

test("a dead kernel's connection file: a typed error, also if something else has its ports by now", async () => {
  const kernel = await launchKernel({ spec: toy() });
  const info = await readConnectionFile(kernel.connectionFile);
  await kernel.shutdown();
  const file = join(temporaryFolder(), 'kernel-dead.json');
  await writeConnectionFile(file, info);
  // Just written, it might be that of a kernel that is starting; an old one is not.
  await assert.rejects(attachKernel(file, { timeoutMs: 100 }), {
    code: 'ERR_KERNEL_NOT_RUNNING',
    message: /ECONNREFUSED/,
  });
  await utimes(file, 0, 0);
  await assert.rejects(attachKernel(file), { code: 'ERR_KERNEL_NOT_RUNNING', message: /ECONNREFUSED/ });
  const squatter = createServer((socket) => socket.resume()).listen(info.shell_port, info.ip);
  await once(squatter, 'listening');
  await assert.rejects(attachKernel(file, { timeoutMs: 300 }), {
    code: 'ERR_KERNEL_NOT_RUNNING',
    message: /has no heartbeat/,
  });
  squatter.close();
});
