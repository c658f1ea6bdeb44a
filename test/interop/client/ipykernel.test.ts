/** Our client drives a kernel that is not ours: ipykernel, which speaks 5.3 and is interrupted by a signal. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ReceivedMessage } from '@elara/protocol';
import { attachKernel, isMessage, KernelLauncher, type RunningKernel } from '@elara/protocol/client/index';
import { temporaryFolder } from '@elara/protocol/client/testing/temporary-folder';
import { peerPrefix, peerPython } from './python.ts';

process.env.JUPYTER_RUNTIME_DIR = temporaryFolder();
// Its history must neither be ours nor be that of the tests before.
process.env.IPYTHONDIR = temporaryFolder();

const launcher = new KernelLauncher();
const host = { sysPrefix: peerPrefix(), env: {} };
let kernel: RunningKernel;

before(async () => {
  kernel = await launcher.launch({ name: 'python3', host });
});

after(() => launcher[Symbol.asyncDispose]());

interface Output {
  readonly types: string[];
  readonly text: string;
  readonly results: unknown[];
}

async function collect(execution: AsyncIterable<ReceivedMessage>): Promise<Output> {
  const types: string[] = [];
  const results: unknown[] = [];
  let text = '';
  for await (const message of execution) {
    types.push(message.header.msg_type);
    if (isMessage(message, 'stream')) text += message.content.text;
    if (isMessage(message, 'execute_result')) results.push(message.content.data['text/plain']);
  }
  return { types, text, results };
}

/** Code that runs on and on, and says so first: ipykernel loses a signal that comes between execute_input and the code. */
const ENDLESS = 'print("go", flush=True)\nimport time\nwhile True: time.sleep(0.001)';

async function running(execution: AsyncIterable<ReceivedMessage>): Promise<void> {
  for await (const message of execution) if (isMessage(message, 'stream')) return;
}

test('kernel_info', async () => {
  const info = await kernel.client.kernelInfo();
  assert.equal(info.status === 'ok' && info.language_info.name, 'python');
});

test('execute: outputs in order, then the reply', async () => {
  const execution = kernel.client.execute('print("out")\n6 * 7');
  const output = await collect(execution);
  assert.deepEqual(output.types, ['status', 'execute_input', 'stream', 'execute_result', 'status']);
  assert.deepEqual([output.text, output.results], ['out\n', ['42']]);
  assert.equal((await execution.done).status, 'ok');
});

test('execute: an error is on iopub and in the reply; what was queued behind it is aborted', async () => {
  const failing = kernel.client.execute('import time; time.sleep(0.2); 1/0');
  const behind = kernel.client.execute('print("never")');
  const spared = kernel.client.execute('40 + 2', { stopOnError: false });
  const reply = await failing.done;
  assert.equal(reply.status === 'error' && reply.ename, 'ZeroDivisionError');
  assert.ok((await collect(failing)).types.includes('error'));
  assert.equal((await behind.done).status, 'aborted');
  // ipykernel aborts everything that is queued, also what does not want it.
  assert.ok(['ok', 'aborted'].includes((await spared.done).status));
});

test('execute: silent and user_expressions', async () => {
  const silent = kernel.client.execute('a = 5', { silent: true, userExpressions: { twice: 'a * 2', bad: 'nope' } });
  const reply = await silent.done;
  assert.ok(!(await collect(silent)).types.includes('execute_input'));
  assert.ok(reply.status === 'ok');
  const { twice, bad } = reply.user_expressions ?? {};
  assert.equal(twice?.status === 'ok' && twice.data['text/plain'], '10');
  assert.equal(bad?.status === 'error' && bad.ename, 'NameError');
});

test('display, update and clear of outputs', async () => {
  const code = `from IPython.display import display, clear_output
h = display({"text/plain": "one"}, raw=True, display_id=True)
h.update({"text/plain": "two"}, raw=True)
clear_output()`;
  const { types } = await collect(kernel.client.execute(code));
  assert.deepEqual(types.slice(2, -1), ['display_data', 'update_display_data', 'clear_output']);
});

test('ten thousand lines are all there', async () => {
  const { text } = await collect(kernel.client.execute('for i in range(10_000): print(i)'));
  assert.equal(text, Array.from({ length: 10_000 }, (_, line) => `${line}\n`).join(''));
});

test('binary buffers pass through a comm both ways', async () => {
  const code = `from ipykernel.comm import Comm
def opened(comm, message):
    comm.on_msg(lambda m: comm.send({"got": m["content"]["data"]}, buffers=[bytes(m["buffers"][0])[::-1]]))
get_ipython().kernel.comm_manager.register_target("echo", opened)`;
  assert.equal((await kernel.client.execute(code).done).status, 'ok');
  const answered = Promise.withResolvers<ReceivedMessage>();
  using _listening = kernel.client.onIopub((message) => {
    if (isMessage(message, 'comm_msg')) answered.resolve(message);
  });
  kernel.client.send('shell', 'comm_open', { comm_id: 'c1', target_name: 'echo', data: {} });
  kernel.client.send('shell', 'comm_msg', { comm_id: 'c1', data: { n: 1 } }, { buffers: [new Uint8Array([1, 2, 3])] });
  const answer = await answered.promise;
  assert.deepEqual(answer.content.data, { got: { n: 1 } });
  assert.deepEqual(answer.buffers[0], Buffer.from([3, 2, 1]));
  const comms = await kernel.client.commInfo('echo');
  assert.deepEqual(comms.status === 'ok' && Object.keys(comms.comms), ['c1']);
});

test('input and getpass are answered', async () => {
  const asked: [string, boolean][] = [];
  const execution = kernel.client.execute('import getpass; input("name? ") + getpass.getpass("secret? ")', {
    onInput: async (prompt, password) => {
      asked.push([prompt, password]);
      return password ? 'pw' : 'Ada ';
    },
  });
  assert.deepEqual((await collect(execution)).results, ["'Ada pw'"]);
  assert.deepEqual(asked, [
    ['name? ', false],
    ['secret? ', true],
  ]);
});

test('input that the client does not allow is an error at once', async () => {
  const reply = await kernel.client.execute('input()').done;
  assert.equal(reply.status === 'error' && reply.ename, 'StdinNotImplementedError');
});

test('input whose callback fails is an error there and here', async () => {
  const execution = kernel.client.execute('input()', { onInput: () => Promise.reject(new Error('no terminal')) });
  await assert.rejects(execution.done, /no terminal/);
  assert.deepEqual((await collect(kernel.client.execute('1'))).results, ['1']);
});

test('a busy loop is interrupted by a signal, and the namespace survives', async () => {
  await kernel.client.execute('kept = 1').done;
  const execution = kernel.client.execute('print("go", flush=True)\nwhile True: pass');
  await running(execution);
  await kernel.interrupt();
  const reply = await execution.done;
  assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt');
  assert.deepEqual((await collect(kernel.client.execute('kept'))).results, ['1']);
});

test('it is interrupted while it waits for input, and the question is over', async () => {
  const asked = Promise.withResolvers<AbortSignal>();
  const execution = kernel.client.execute('input()', {
    onInput: (_prompt, _password, ended) => {
      asked.resolve(ended);
      return new Promise(() => undefined);
    },
  });
  const ended = await asked.promise;
  await kernel.interrupt();
  const reply = await execution.done;
  assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt');
  assert.ok(ended.aborted);
});

test('complete and inspect count code points', async () => {
  const code = '"😀"; pri';
  const completion = await kernel.client.complete(code);
  assert.ok(completion.status === 'ok');
  assert.deepEqual([completion.matches[0], completion.cursor_start, completion.cursor_end], ['print', 5, 8]);
  const inspection = await kernel.client.inspect('print', 5);
  assert.ok(inspection.status === 'ok' && inspection.found);
});

test('is_complete', async () => {
  const statuses = await Promise.all(['1', 'for i in x:', '1 +/ )'].map((code) => kernel.client.isComplete(code)));
  assert.deepEqual(
    statuses.map(({ status }) => status),
    ['complete', 'incomplete', 'invalid'],
  );
});

test('history: the tail of it', async () => {
  await kernel.client.execute('"to remember"').done;
  const history = await kernel.client.history({ hist_access_type: 'tail', n: 1, raw: true, output: false });
  assert.equal(history.status === 'ok' && history.history[0]?.[2], '"to remember"');
});

test('ten clients at once: each its own replies, one shared iopub', async () => {
  await using attached = new AsyncDisposableStack();
  const clients = await Promise.all(Array.from({ length: 10 }, () => attachKernel(kernel.connectionFile)));
  for (const client of clients) attached.use(client);
  const heard = clients.map((client) => {
    const texts = new Map<string | undefined, string>();
    client.onIopub((message) => {
      const { msg_id } = message.parentHeader;
      // What is printed may come in parts.
      if (isMessage(message, 'stream')) texts.set(msg_id, (texts.get(msg_id) ?? '') + message.content.text);
    });
    return texts;
  });
  const outputs = await Promise.all(clients.map((client, n) => collect(client.execute(`print("client ${n}")`))));
  const expected = clients.map((_, n) => `client ${n}`);
  assert.deepEqual(
    outputs.map(({ text }) => text.trim()),
    expected,
  );
  // After one more execution of its own, each has heard all that came before.
  await Promise.all(clients.map((client) => client.execute('pass').done));
  for (const texts of heard) assert.deepEqual([...texts.values()].map((text) => text.trim()).sort(), expected);
});

test('attaching while it is busy: ready by control', async () => {
  const execution = kernel.client.execute(ENDLESS);
  await running(execution);
  await using other = await attachKernel(kernel.connectionFile);
  assert.ok(other.iopubSeen.aborted);
  await kernel.interrupt();
  assert.equal((await execution.done).status, 'error');
});

test('a restart: what ran is rejected, the namespace is empty, the client stays', async () => {
  const execution = kernel.client.execute(ENDLESS);
  await running(execution);
  await kernel.restart();
  await assert.rejects(execution.done, { code: 'ERR_KERNEL_RESTARTED' });
  const reply = await kernel.client.execute('kept').done;
  assert.equal(reply.status === 'error' && reply.ename, 'NameError');
});

test('kill -9 is noticed, its last outputs are there, and a restart brings it back', async () => {
  const execution = kernel.client.execute('print("last", end="", flush=True); import time; time.sleep(1000)');
  const texts: string[] = [];
  await assert.rejects(
    async () => {
      for await (const message of execution) {
        if (!isMessage(message, 'stream')) continue;
        texts.push(message.content.text);
        process.kill(kernel.process.pid, 'SIGKILL');
      }
    },
    { code: 'ERR_KERNEL_DIED', message: /ended by SIGKILL/ },
  );
  assert.equal(texts.join(''), 'last');
  await kernel.restart();
  assert.deepEqual((await collect(kernel.client.execute('1 + 1'))).results, ['2']);
});

test('an attached client notices the death by the heartbeat', async () => {
  const heartbeat = { intervalMs: 50, misses: 4 };
  await using other = await attachKernel(kernel.connectionFile, { client: { heartbeat } });
  const execution = other.execute(ENDLESS);
  await running(execution);
  process.kill(kernel.process.pid, 'SIGKILL');
  await assert.rejects(execution.done, { code: 'ERR_KERNEL_DIED', message: /heart/ });
  assert.equal(other.alive, false);
  await kernel.restart();
});

test("jupyter_client attaches by our connection file, and sees what our client's executions publish", async () => {
  const script = `
import sys
from jupyter_client import BlockingKernelClient
client = BlockingKernelClient(connection_file=sys.argv[1])
client.load_connection_file()
client.start_channels()
client.wait_for_ready(timeout=30)
print("ready", flush=True)
while True:
    message = client.get_iopub_msg(timeout=30)
    if message["msg_type"] == "stream":
        print(message["parent_header"]["session"], message["content"]["text"])
        break
client.execute("print('from there')", reply=True)
`;
  const heard = Promise.withResolvers<string>();
  using _listening = kernel.client.onIopub((message) => {
    if (isMessage(message, 'stream') && message.content.text.startsWith('from there')) heard.resolve('from there');
  });
  const python = spawn(peerPython(), ['-c', script, kernel.connectionFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  python.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (printed.includes('ready')) resolve();
  });
  await ready;
  const execution = kernel.client.execute('print("from here")');
  await execution.done;
  assert.equal(await heard.promise, 'from there');
  assert.deepEqual(await once(python, 'close'), [0, null]);
  assert.match(printed, new RegExp(`${execution.msgId.split('_')[0]} from here`));
});

test('our client attaches to a kernel that Jupyter started', async (t) => {
  const jupyter = spawn(join(peerPrefix(), 'bin/jupyter-kernel'), ['--kernel=python3'], {
    env: { ...process.env, VIRTUAL_ENV: peerPrefix() },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => jupyter.kill('SIGINT'));
  const { promise, resolve } = Promise.withResolvers<string>();
  let printed = '';
  jupyter.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    const [, file] = /Connection file: (.*\.json)/.exec(printed) ?? [];
    if (file) resolve(file);
  });
  const file = await promise;
  await using client = await attachKernel(file, { timeoutMs: 30_000 });
  assert.deepEqual((await collect(client.execute('6 * 7'))).results, ['42']);
  jupyter.kill('SIGINT');
  await once(jupyter, 'close');
  await assert.rejects(attachKernel(file), { code: 'ERR_FILE_MISSING' });
});

test('encrypted by CURVE', async () => {
  await using encrypted = await launcher.launch({ name: 'python3', host, encrypt: true });
  assert.deepEqual((await collect(encrypted.client.execute('1 + 1'))).results, ['2']);
  await using other = await attachKernel(encrypted.connectionFile);
  assert.equal((await other.kernelInfo()).status, 'ok');
});

test('a kernel whose Python lacks ipykernel: the error has what Python said', async () => {
  const spec = {
    argv: ['python3', '-m', 'no_such_kernel', '-f', '{connection_file}'] as [string, ...string[]],
    display_name: 'None',
    language: 'python',
  };
  await assert.rejects(launcher.launch({ spec }), {
    code: 'ERR_KERNEL_START',
    output: /No module named no_such_kernel/,
  });
});
