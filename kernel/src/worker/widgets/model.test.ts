import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { frontEnd } from './front-end.testing.ts';

const update = (state: object, buffer_paths: unknown[] = []) => ({ method: 'update', state, buffer_paths });
const echo = (state: object, buffer_paths: unknown[] = []) => ({ method: 'echo_update', state, buffer_paths });

describe('what a cell changes', () => {
  test('is sent once for all that changes in a tick', async () => {
    const { widgets, take } = frontEnd();
    const slider = new widgets.IntSlider({ value: 1 });
    slider.value = 5;
    slider.min = 2;
    slider.readoutFormat = '.1f';
    slider.value = 7;
    await null;
    assert.deepEqual(take(slider.modelId), [update({ value: 7, min: 2, readout_format: '.1f' })]);
  });

  test('is sent meanwhile where the tick does not end', () => {
    const { widgets, take } = frontEnd();
    const bar = new widgets.IntProgress({ max: 1e9 });
    const begin = performance.now();
    while (performance.now() - begin < 200) bar.value += 1;
    const values = take(bar.modelId).map(({ state }) => (state as { value: number }).value);
    assert.ok(values.length >= 2, `${values.length} messages`);
    assert.deepEqual(
      values.toSorted((a, b) => a - b),
      values,
    );
  });

  test('is not sent where nothing changes', async () => {
    const { widgets, take } = frontEnd();
    const slider = new widgets.IntRangeSlider({ value: [1, 2] });
    slider.value = [1, 2];
    const { style } = slider;
    slider.style = style;
    await null;
    assert.deepEqual(take(slider.modelId), []);
  });

  test('is sent at the end of holdSync, which may be asynchronous', async () => {
    const { widgets, take } = frontEnd();
    const slider = new widgets.IntSlider();
    const given = await slider.holdSync(async () => {
      slider.value = 1;
      await null;
      await null;
      assert.deepEqual(take(slider.modelId), []);
      slider.value = 2;
      return 'result';
    });
    await null;
    assert.equal(given, 'result');
    assert.deepEqual(take(slider.modelId), [update({ value: 2 })]);
    const failing = (): never => {
      slider.value = 3;
      return assert.fail();
    };
    assert.throws(() => slider.holdSync(failing));
    assert.deepEqual(take(slider.modelId), [update({ value: 3 })]);
  });

  test('is refused where it is no value of the trait, with what is', () => {
    const { widgets } = frontEnd();
    const slider = new widgets.IntSlider();
    const set = (name: string, value: unknown) => () => Reflect.set(slider, name, value);
    assert.throws(set('value', 'many'), { code: 'ERR_TRAIT', message: 'value takes an integer, not "many".' });
    assert.throws(set('value', 1.5), /value takes an integer, not 1.5/);
    assert.throws(set('value', undefined), /value cannot be undefined/);
    assert.throws(set('orientation', 'askew'), /orientation takes one of "horizontal", "vertical", not "askew"/);
    assert.throws(set('tooltip', 1), /tooltip takes a string or null, not 1/);
    assert.throws(set('layout', null), /layout takes a widget/);
    assert.throws(() => slider.set({ nothing: 1 } as never), /IntSlider has no 'nothing'. It has: /);
    assert.throws(() => new widgets.IntSlider({ nothing: 1 } as never), /IntSlider has no 'nothing'/);
    assert.throws(() => new widgets.IntSlider({ value: 3, min: 5, max: 4 }), /min \(5\) is more than max \(4\)/);
    assert.throws(() => slider.set({ value: 4, min: 101 }), /min \(101\) is more than max \(100\)/);
    assert.equal(slider.value, 0, 'all or nothing');
  });
});

describe('what a frontend changes', () => {
  test('is echoed as it came, taken, and not sent back', () => {
    const { widgets, take, change } = frontEnd();
    const slider = new widgets.IntSlider();
    take(slider.modelId);
    change(slider.modelId, { value: 42 });
    assert.equal(slider.value, 42);
    assert.deepEqual(take(slider.modelId), [echo({ value: 42 })]);
  });

  test('is corrected where the widget cannot have it', () => {
    const { widgets, take, change, errors } = frontEnd();
    const slider = new widgets.IntSlider({ value: 7 });
    take(slider.modelId);
    change(slider.modelId, { value: 1000 });
    assert.deepEqual(take(slider.modelId), [echo({ value: 1000 }), update({ value: 100 })]);
    change(slider.modelId, { value: 'x' });
    assert.deepEqual(take(slider.modelId), [echo({ value: 'x' }), update({ value: 100 })]);
    assert.equal(slider.value, 100);
    assert.match(String(errors), /value takes an integer/);
  });

  test('sets off listeners, whose changes follow in one message', () => {
    const { widgets, take, change } = frontEnd();
    const slider = new widgets.IntSlider();
    const seen: unknown[] = [];
    slider.on('change:value', (one) => {
      seen.push(one);
      slider.description = `now ${one.value}`;
      slider.value = 3;
    });
    slider.on('change', (changes) => seen.push(changes.map(({ name }) => name)));
    take(slider.modelId);
    change(slider.modelId, { value: 8 });
    assert.deepEqual(seen.slice(0, 2), [{ name: 'value', value: 8, previous: 0 }, ['description']]);
    assert.deepEqual(take(slider.modelId), [echo({ value: 8 }), update({ description: 'now 3', value: 3 })]);
  });

  test('a listener that throws is reported, and the others run', async () => {
    const { widgets, change, errors } = frontEnd();
    const slider = new widgets.IntSlider();
    let ran = 0;
    slider.on('change:value', () => {
      throw new RangeError('one');
    });
    slider.on('change:value', async () => {
      await null;
      throw new RangeError('two');
    });
    const off = slider.on('change:value', () => (ran += 1));
    const { ended } = change(slider.modelId, { value: 1 });
    await ended;
    off();
    await change(slider.modelId, { value: 2 }).ended;
    assert.deepEqual(
      [ran, errors.map(String)],
      [1, ['RangeError: one', 'RangeError: two', 'RangeError: one', 'RangeError: two']],
    );
  });

  test('traits that are unknown or kept by the kernel are left alone', () => {
    const { widgets, take, change } = frontEnd();
    const choice = new widgets.Dropdown({ options: ['a', 'b'] });
    take(choice.modelId);
    change(choice.modelId, { nothing: 1, options: ['z'], value: 'z', index: 1 });
    assert.deepEqual([choice.value, choice.options], ['b', ['a', 'b']]);
    assert.deepEqual(take(choice.modelId), [echo({ index: 1 })]);
  });
});

describe('requests of frontends', () => {
  test('request_state is answered by the whole state', () => {
    const { widgets, take, say } = frontEnd();
    const image = new widgets.Image({ value: Uint8Array.of(1, 2), format: 'jpeg' });
    take(image.modelId);
    say(image.modelId, { method: 'request_state' });
    const [answer] = take(image.modelId);
    assert.deepEqual([answer?.method, answer?.buffer_paths], ['update', [['value']]]);
    const state = answer?.state as Record<string, unknown>;
    assert.deepEqual([state._model_name, state.format, 'value' in state], ['ImageModel', 'jpeg', false]);
  });

  test('request_states over the control comm is answered by all of them', () => {
    const { widgets, open, say, sent } = frontEnd();
    const image = new widgets.Image({ value: Uint8Array.of(1, 2) });
    open('jupyter.widget.control', 'control', {}, '1.0.0');
    say('control', { method: 'request_states' });
    const answer = sent().at(-1);
    assert.ok(answer);
    assert.deepEqual([answer.id, answer.data.method], ['control', 'update_states']);
    assert.deepEqual(answer.data.buffer_paths, [[image.modelId, 'state', 'value']]);
    assert.deepEqual(answer.buffers, [Uint8Array.of(1, 2)]);
    const states = answer.data.states as Record<string, Record<string, unknown>>;
    assert.equal(Object.keys(states).length, 2);
    assert.deepEqual(states[image.modelId]?.model_name, 'ImageModel');
    assert.deepEqual(states[image.modelId]?.model_module_version, '2.0.0');
  });

  test('another major version of the protocol is refused', () => {
    const { open, comms } = frontEnd();
    assert.throws(() => open('jupyter.widget.control', 'c', {}, '3.0.0'), /version 3.0.0 .* this kernel 1.0.0/);
    assert.throws(() => open('jupyter.widget', 'c', {}, ''), /version unknown/);
    assert.equal(comms.all.size, 0);
  });

  test('a frontend may open a widget', () => {
    const { widgets, open, change, sent } = frontEnd();
    const state = { _model_name: 'IntSliderModel', _model_module: '@jupyter-widgets/controls', value: 4, layout: null };
    open('jupyter.widget', 'theirs', { state }, '2.1.0');
    change('theirs', { value: 5 });
    const box = new widgets.VBox();
    change(box.modelId, { children: ['IPY_MODEL_theirs'] });
    const [slider] = box.children;
    assert.ok(slider instanceof widgets.IntSlider);
    assert.equal(slider.value, 5);
    assert.equal(sent().filter(({ id, msgType }) => id === 'theirs' && msgType === 'comm_open').length, 0);
    assert.throws(() => open('jupyter.widget', 'x', { state: { _model_name: 'NoModel' } }, '2.1.0'), /NoModel/);
  });
});

describe('the end of a widget', () => {
  test('close tells the frontends, and what is awaited rejects', async () => {
    const { widgets, sent } = frontEnd();
    const slider = new widgets.IntSlider();
    const next = slider.next();
    slider.close();
    await assert.rejects(next, { code: 'ERR_WIDGET_CLOSED', message: 'The IntSlider was closed.' });
    await assert.rejects(slider.next(), { code: 'ERR_WIDGET_CLOSED' });
    assert.deepEqual([sent().at(-1)?.msgType, sent().at(-1)?.id], ['comm_close', slider.modelId]);
    assert.equal(inspect(slider), 'IntSlider (closed)');
    slider.value = 3;
    await null;
    assert.equal(sent().at(-1)?.msgType, 'comm_close');
  });

  test('a frontend may close it', () => {
    const { widgets, comms } = frontEnd();
    const slider = new widgets.IntSlider();
    let closed = 0;
    slider.on('close', () => (closed += 1));
    comms.deliver({ msgType: 'comm_close', content: { comm_id: slider.modelId, data: {} }, metadata: {}, buffers: [] });
    assert.deepEqual([slider.closed, closed], [true, 1]);
  });

  test('closeAll closes all', () => {
    const { widgets, comms } = frontEnd();
    new widgets.VBox([new widgets.IntSlider()]);
    widgets.closeAll();
    assert.equal(comms.all.size, 0);
  });
});

test('it is shown by its model, and as text by what is not default', () => {
  const { widgets } = frontEnd();
  const slider = new widgets.IntSlider({ value: 3, description: 'Size' });
  const shown = Reflect.get(slider, Symbol.for('Jupyter.display')).call(slider);
  assert.deepEqual(shown, {
    'application/vnd.jupyter.widget-view+json': { version_major: 2, version_minor: 0, model_id: slider.modelId },
    'text/plain': "IntSlider { description: 'Size', value: 3 }",
  });
  assert.equal(
    inspect(new widgets.VBox([slider])),
    "VBox { children: [ IntSlider { description: 'Size', value: 3 } ] }",
  );
  assert.equal(
    inspect(new widgets.Dropdown({ options: ['a', 'b'] })),
    "Dropdown { options: [ 'a', 'b' ], value: 'a' }",
  );
  assert.equal(inspect(new widgets.Layout({ width: '3px' })), "Layout { width: '3px' }");
});
