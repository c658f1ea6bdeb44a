import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { RunningKernel } from '../kernels/kernel.ts';
import { TestMachine } from '../kernels/testing/test-window.ts';
import { SILENT } from '../log.ts';
import { KernelWidgets } from './kernel-widgets.ts';
import type { ToRenderer, WireModel } from './messages.ts';

const SLIDER = "const slider = new elara.widgets.IntSlider({ value: 3, max: 10, description: 'Size' }); slider";

async function openKernel(machine: TestMachine): Promise<RunningKernel> {
  const source = machine.window().sources.find(({ id }) => id === 'own:typescript');
  assert.ok(source);
  return await source.open(machine.options());
}

async function run(kernel: RunningKernel, code: string): Promise<string[]> {
  const seen: string[] = [];
  const future = kernel.connection.requestExecute({ code });
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === 'stream' && 'text' in content) seen.push(String(content.text));
  };
  await future.done;
  return seen;
}

function sliderOf(widgets: KernelWidgets): WireModel {
  const model = widgets.models.find(({ state }) => state._model_name === 'IntSliderModel');
  assert.ok(model);
  return model;
}

/** Everything that renderers are told, and a way to wait for some of it. */
function listen(widgets: KernelWidgets): (found: (message: ToRenderer) => boolean) => Promise<ToRenderer> {
  const told: ToRenderer[] = [];
  let look = (): void => undefined;
  widgets.onMessage((message) => {
    told.push(message);
    look();
  });
  return (found) =>
    new Promise((resolve) => {
      look = () => {
        const message = told.find(found);
        if (message !== undefined) resolve(message);
      };
      look();
    });
}

test('the state of widgets is known whether they are shown or not, and follows both sides', async () => {
  await using machine = new TestMachine();
  const kernel = await openKernel(machine);
  const widgets = new KernelWidgets(kernel.connection, SILENT);
  await run(kernel, `${SLIDER}; slider.on('change:value', ({ value }) => slider.description = 'Size ' + value)`);
  const { id, state } = sliderOf(widgets);
  assert.equal(state.value, 3);

  const told = listen(widgets);
  widgets.connected();
  const messageId = randomUUID();
  widgets.send({ id, messageId, data: { method: 'update', state: { value: 7 }, buffer_paths: [] }, buffers: [] });
  await told((message) => message.type === 'done' && message.messageId === messageId);
  assert.equal(sliderOf(widgets).state.value, 7);
  assert.equal(sliderOf(widgets).state.description, 'Size 7');
  await told(
    (message) =>
      message.type === 'message' &&
      message.message.data.method === 'echo_update' &&
      message.message.messageId === messageId,
  );
  await run(kernel, 'slider.close()');
  await told((message) => message.type === 'closed' && message.id === id);
  widgets.dispose();
});

test('who comes later asks the kernel for its widgets, with their bytes', async () => {
  await using machine = new TestMachine();
  const kernel = await openKernel(machine);
  const first = new KernelWidgets(kernel.connection, SILENT);
  await run(kernel, `${SLIDER}; const picture = new elara.widgets.Image({ value: Uint8Array.of(1, 2, 3) }); picture`);
  const reloaded = await machine.window().reattach(kernel.id);
  assert.ok(reloaded);
  const late = new KernelWidgets(reloaded.connection, SILENT);
  const told = listen(late);
  late.connected();
  await told((message) => message.type === 'opened' && message.complete);
  assert.equal(sliderOf(late).state.value, 3);
  const image = late.models.find(({ state }) => state._model_name === 'ImageModel');
  assert.deepEqual(image?.bufferPaths, [['value']]);
  assert.deepEqual(image?.buffers, ['AQID']);

  // Both windows show what either of them changes.
  const toFirst = listen(first);
  first.connected();
  const data = { method: 'update', state: { value: 5 }, buffer_paths: [] };
  late.send({ id: sliderOf(late).id, messageId: randomUUID(), data, buffers: [] });
  await toFirst((message) => message.type === 'message' && message.message.data.method === 'echo_update');
  assert.equal(sliderOf(first).state.value, 5);
  late.dispose();
  first.dispose();
});

test('messages of a widget wait for the first renderer; a restart begins with none', async () => {
  await using machine = new TestMachine();
  const kernel = await openKernel(machine);
  const widgets = new KernelWidgets(kernel.connection, SILENT);
  kernel.onDidRestart(() => widgets.reset());
  await run(
    kernel,
    "const any = elara.widgets.anywidget({ esm: 'export default {}', state: {} }); any; any.send({ hello: 1 })",
  );
  const told = listen(widgets);
  widgets.connected();
  const custom = await told((message) => message.type === 'message' && message.message.data.method === 'custom');
  assert.deepEqual(custom.type === 'message' && custom.message.data.content, { hello: 1 });

  const { epoch } = widgets;
  await kernel.restart();
  assert.notEqual(widgets.epoch, epoch);
  assert.deepEqual(widgets.models, []);
  await run(kernel, SLIDER);
  assert.equal(sliderOf(widgets).state.value, 3);
  widgets.dispose();
});
