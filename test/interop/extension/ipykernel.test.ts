import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { KernelMessage } from '@jupyterlab/services';
import type { KernelEnd, RunningKernel } from '../../../extension/src/kernels/kernel.ts';
import { nextMessage, once, run, shown, source } from '../../../extension/src/kernels/testing/cells.ts';
import { TestMachine } from '../../../extension/src/kernels/testing/test-window.ts';
import { python } from '../../peers/paths.ts';

async function pythonIn(machine: TestMachine): Promise<RunningKernel> {
  machine.install('py', {
    argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
    language: 'python',
    interrupt_mode: 'signal',
  });
  const kernels = machine.window();
  await kernels.refresh();
  return source(kernels, 'spec:py').open(machine.options());
}

test('a Python kernel is run, interrupted, restarted, and says how it died', async () => {
  await using machine = new TestMachine();
  const kernel = await pythonIn(machine);
  assert.equal(kernel.language, 'python');
  assert.deepEqual(await run(kernel, 'x = 20; print("one"); x + 1'), ['stream: one\n', 'result: 21']);

  const begun = nextMessage(kernel, 'stream');
  const endless = run(kernel, 'print("begun", flush=True)\nwhile True: pass');
  await begun;
  await kernel.interrupt();
  assert.deepEqual(await endless, ['stream: begun\n', 'error: KeyboardInterrupt']);
  await kernel.restart();
  assert.deepEqual(await run(kernel, '"x" in globals()'), ['result: False']);

  const ended = once<KernelEnd>(kernel.onDidEnd);
  kernel.connection.requestExecute({ code: 'import os; os._exit(7)' }).done.catch(() => undefined);
  assert.equal((await ended).reason, 'with exit code 7');
});

test('a Python kernel that runs a cell is found again, and asks the window that came back', async () => {
  await using machine = new TestMachine();
  const before = await pythonIn(machine);
  const file = join(machine.folder, 'go');
  const begun = nextMessage(before, 'stream');
  const code = `import os, time
print("early", flush=True)
while not os.path.exists(${JSON.stringify(file)}): time.sleep(0.02)
print("late", flush=True)
input("Who?")`;
  before.connection.requestExecute({ code, allow_stdin: true }).done.catch(() => undefined);
  await begun;
  before.dispose();

  const kernel = await machine.window().reattach(before.id);
  assert.ok(kernel);
  assert.deepEqual((await kernel.missed([])).flatMap(shown), ['stream: early\n']);
  const late = nextMessage(kernel, 'stream');
  const asked = nextMessage(kernel, 'input_request');
  const result = nextMessage(kernel, 'execute_result');
  writeFileSync(file, '');
  await late;
  const question = await asked;
  kernel.connection.sendInputReply(
    { status: 'ok', value: 'Ada' },
    question.header as KernelMessage.IHeader<'input_request'>,
  );
  assert.deepEqual(shown((await result) as KernelMessage.IIOPubMessage), ["result: 'Ada'"]);
  assert.deepEqual(await run(kernel, '8'), ['result: 8']);
});
