/** "Widgets: the ipywidgets protocol; an await on a widget's value holds the cell while messages of comms are delivered." */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject } from '@elara/protocol/message';
import { contentsOf, recordOf, resultOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';
import { viewOf, WidgetManager } from '../../real-kernel/widget-manager.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();
const manager = new WidgetManager(client);

test('a widget is opened with its layout and its style, and shown by its model', async () => {
  const published = await manager.execute(`
    const { IntSlider, Button, Output, Image, interact, progress } = elara.widgets;
    const slider = new IntSlider({ value: 3, description: 'Size', layout: { width: '300px' } });
    slider`);
  assert.deepEqual(shape(published), [
    'busy',
    'execute_input',
    'comm_open',
    'comm_open',
    'comm_open',
    'execute_result',
    'idle',
  ]);
  const state = manager.models.get(viewOf(published));
  assert.ok(state);
  assert.deepEqual([state._model_name, state.value, state.description], ['IntSliderModel', 3, 'Size']);
  const layout = manager.models.get(String(state.layout).replace('IPY_MODEL_', ''));
  assert.deepEqual([layout?._model_name, layout?.width], ['LayoutModel', '300px']);
  assert.equal(resultOf(published), "IntSlider { description: 'Size', value: 3 }");
});

test('a slider that a person moves has the value in the kernel, and all frontends hear of it', async () => {
  const id = viewOf(await manager.execute('slider'));
  const published = await manager.change(id, { value: 42 });
  assert.deepEqual(shape(published), ['busy', 'comm_msg', 'idle']);
  assert.deepEqual(contentsOf(published, 'comm_msg'), [
    { comm_id: id, data: { method: 'echo_update', state: { value: 42 }, buffer_paths: [] } },
  ]);
  assert.equal(resultOf(await manager.execute('slider.value')), '42');
});

test('what a cell changes is on its way before the cell is answered, also where it fails', async () => {
  const id = viewOf(await manager.execute('slider'));
  const published = await manager.execute(
    'slider.min = 10; slider.value = 11; console.log("set"); slider.value = 12; throw new Error("no")',
  );
  assert.deepEqual(
    shape(published),
    ['busy', 'execute_input', 'comm_msg', 'error', 'idle'].toSpliced(2, 1, 'stdout', 'comm_msg'),
  );
  assert.deepEqual(
    contentsOf(published, 'comm_msg').map(({ data }) => recordOf(data).state),
    [{ min: 10, value: 12 }],
  );
  assert.equal(manager.models.get(id)?.value, 12);
});

test('bytes go both ways', async () => {
  const id = viewOf(await manager.execute('const picture = new Image({ value: Uint8Array.of(1, 2, 3) }); picture'));
  assert.deepEqual(manager.buffers.get(id), [Uint8Array.of(1, 2, 3)]);
  const paths = [['value']] as unknown as JsonObject[];
  await manager.change(id, {}, { paths, buffers: [Uint8Array.of(9, 8)] });
  assert.equal(resultOf(await manager.execute('[...picture.value]')), '[ 9, 8 ]');
  assert.deepEqual(manager.buffers.get(id), [Uint8Array.of(9, 8)], 'echoed');
});

test('a cell awaits what a person does, while others wait behind it', async () => {
  const id = viewOf(await manager.execute('slider'));
  const waiting = await client.send('shell', 'execute_request', {
    code: 'console.log("ready"); console.log("got", await slider.next())',
  });
  const behind = await client.send('shell', 'execute_request', { code: 'console.log("behind")' });
  for (;;) {
    const { header, content } = await client.next();
    if (header.msg_type === 'stream' && content.text === 'ready\n') break;
  }
  const moved = await manager.send(id, { method: 'update', state: { value: 77 }, buffer_paths: [] });
  const order: string[] = [];
  const ended = new Set<string>();
  while (ended.size < 3) {
    const { header, parentHeader, content } = await client.next();
    if (header.msg_type === 'stream') order.push(String(content.text).trim());
    if (header.msg_type === 'comm_msg') {
      assert.equal(parentHeader.msg_id, moved);
      order.push(String(recordOf(content.data).method));
    }
    if (header.msg_type === 'status' && content.execution_state === 'idle') ended.add(String(parentHeader.msg_id));
  }
  assert.deepEqual(order, ['echo_update', 'got 77', 'behind']);
  assert.deepEqual([...ended].sort(), [waiting, behind, moved].sort());
  for (const _ of [waiting, behind]) assert.equal((await client.receive('shell')).content.status, 'ok');
});

test('a cell that awaits a widget is interrupted, and the widget lives', async () => {
  const sent = await client.send('shell', 'execute_request', {
    code: 'console.log("waits"); for await (const v of slider) console.log(v)',
  });
  for (;;) {
    const { header } = await client.next();
    if (header.msg_type === 'stream') break;
  }
  await client.ask('interrupt_request', {}, { channel: 'control' });
  const reply = await client.receive('shell');
  assert.deepEqual([reply.parentHeader.msg_id, reply.content.ename], [sent, 'InterruptError']);
  const id = viewOf(await manager.execute('slider'));
  await manager.change(id, { value: 20 });
  assert.equal(resultOf(await manager.execute('slider.value')), '20');
});

test('what a listener prints, and what it throws, is credited to the cell that registered it', async () => {
  const id = viewOf(await manager.execute('const button = new Button("Go"); button'));
  const registered = await client.execute(`
    button.on('click', async () => { await null; console.log('clicked'); slider.value += 1; });
    button.on('click', () => { throw new RangeError('not this'); });`);
  const sent = await manager.send(id, { method: 'custom', content: { event: 'click' } });
  const seen: [string, unknown][] = [];
  for (;;) {
    const { header, parentHeader, content } = await client.next();
    if (header.msg_type === 'stream' || header.msg_type === 'error')
      seen.push([header.msg_type, parentHeader.msg_id === registered.id]);
    if (content.execution_state === 'idle' && parentHeader.msg_id === sent) break;
  }
  assert.deepEqual(seen.sort(), [
    ['error', true],
    ['stream', true],
  ]);
  assert.equal(resultOf(await manager.execute('slider.value')), '21');
});

test('an output area shows what its code prints and displays, also late, and nothing else', async () => {
  const id = viewOf(await manager.execute('const area = new Output(); area'));
  const published = await manager.execute(`
    console.log('before');
    const inside = area.capture(async () => {
      console.log('inside');
      await new Promise((resolve) => setTimeout(resolve, 10));
      const shown = display({ a: 1 });
      console.error('wrong');
      await shown.update({ a: 2 });
    });
    console.log('after');
    await inside;
    'result'`);
  assert.equal(textOf(published), 'before\nafter\n');
  assert.equal(textOf(published, 'stderr'), '');
  assert.equal(resultOf(published), "'result'");
  assert.equal(shape(published).at(-1), 'idle');
  assert.deepEqual(manager.models.get(id)?.outputs, [
    { output_type: 'stream', name: 'stdout', text: 'inside\n' },
    { output_type: 'display_data', data: { 'text/plain': '{ a: 2 }' }, metadata: {} },
    { output_type: 'stream', name: 'stderr', text: 'wrong\n' },
  ]);
  await manager.execute(
    "area.clear(true); area.appendStdout('text'); area.appendStdout(' more'); await area.append({ b: 1 })",
  );
  assert.deepEqual(manager.models.get(id)?.outputs, [
    { output_type: 'stream', name: 'stdout', text: 'text more' },
    { output_type: 'display_data', data: { 'text/plain': '{ b: 1 }' }, metadata: {} },
  ]);
  await manager.execute('area.outputs = []; area.capture(() => console.log("again"))');
  assert.deepEqual(manager.models.get(id)?.outputs, [{ output_type: 'stream', name: 'stdout', text: 'again\n' }]);
});

test('what an output area shows is sent seldom, and all of it before the cell is answered', async () => {
  const id = viewOf(await manager.execute('area.clear(); area'));
  const published = await manager.execute(`
    await area.capture(async () => {
      for (let n = 0; n < 5000; n++) { console.log(n); if (n % 50 === 0) await null; }
    });`);
  const messages = published.filter(({ header }) => header.msg_type === 'comm_msg');
  assert.ok(messages.length < 100, `${messages.length} messages`);
  const [output] = (manager.models.get(id)?.outputs ?? []) as { text: string }[];
  assert.equal(output?.text.split('\n').length, 5001);
});

test('interact runs its function again when a control changes, and shows it in its own area', async () => {
  const published = await manager.execute(
    "interact(async ({ n }) => { await null; return n + ' squared is ' + n ** 2; }, { n: 4 })",
  );
  const box = manager.models.get(viewOf(published));
  const children = Array.isArray(box?.children) ? box.children : [];
  const [control = '', area = ''] = children.map((child) => String(child).replace('IPY_MODEL_', ''));
  const shown = () => JSON.stringify(manager.models.get(area)?.outputs);
  assert.match(shown(), /4 squared is 16/);
  await manager.change(control, { value: 5 });
  assert.match(shown(), /5 squared is 25/);
  assert.doesNotMatch(shown(), /4 squared is 16/);
});

test('a bar moves while a loop awaits nothing', async () => {
  const published = await manager.execute(`
    for (const _ of progress(4)) { const begin = performance.now(); while (performance.now() - begin < 60); }`);
  const values = contentsOf(published, 'comm_msg').map(({ data }) => recordOf(recordOf(data).state).value);
  assert.deepEqual(
    values.filter((value) => typeof value === 'number'),
    [1, 2, 3, 4],
  );
  const at = published.findIndex(({ header }) => header.msg_type === 'display_data');
  assert.ok(
    published.slice(at).filter(({ header }) => header.msg_type === 'comm_msg').length >= 8,
    'shown before it moves',
  );
});

test('a page that is loaded again gets all states at once', async () => {
  const other = await kernel.connect();
  const control = { comm_id: 'control', target_name: 'jupyter.widget.control', data: {} };
  await other.until(await other.send('shell', 'comm_open', control, { metadata: { version: '1.0.0' } }));
  const asked = await other.send('shell', 'comm_msg', { comm_id: 'control', data: { method: 'request_states' } });
  const answers = (await other.until(asked)).filter(({ header }) => header.msg_type === 'comm_msg');
  assert.equal(answers.length, 1);
  const { method, states, buffer_paths: paths } = recordOf(answers[0]?.content.data);
  assert.equal(method, 'update_states');
  const picture = String(resultOf(await manager.execute('picture.modelId'))).replaceAll("'", '');
  assert.deepEqual(paths, [[picture, 'state', 'value']]);
  assert.deepEqual(
    answers[0]?.buffers.map((bytes) => new Uint8Array(bytes)),
    [Uint8Array.of(9, 8)],
  );
  const known = [...manager.models.keys()];
  assert.deepEqual(
    Object.keys(recordOf(states))
      .filter((id) => known.includes(id))
      .sort(),
    known.sort(),
  );
  other.close();
});

test('a widget that is closed is gone in the frontend', async () => {
  const id = viewOf(await manager.execute('slider'));
  await manager.execute('slider.close()');
  assert.equal(manager.models.has(id), false);
  const { comms } = (await client.ask('comm_info_request', {})).reply.content;
  assert.equal(id in recordOf(comms), false);
});
