/** What single kinds of widgets do. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joinBuffers, separateBuffers } from './buffers.ts';
import { frontEnd } from './front-end.testing.ts';

const stateOf = (message: Readonly<Record<string, unknown>> | undefined) => message?.state as Record<string, unknown>;

describe('buffers', () => {
  test('are taken out of objects, and replaced by null in arrays', () => {
    const [one, two] = [Uint8Array.of(1), Uint8Array.of(2)];
    const state = { a: one, b: { c: [0, new DataView(two.buffer)], d: 1 }, e: [] };
    const separated = separateBuffers(state);
    assert.deepEqual(separated, {
      state: { b: { c: [0, null], d: 1 }, e: [] },
      paths: [['a'], ['b', 'c', 1]],
      buffers: [one, two],
    });
    assert.deepEqual(joinBuffers(separated.state, separated.paths, separated.buffers), {
      a: one,
      b: { c: [0, two], d: 1 },
      e: [],
    });
    assert.deepEqual(separated.state, { b: { c: [0, null], d: 1 }, e: [] }, 'what came is left alone');
  });

  test('with paths that lead nowhere are left out', () => {
    const bytes = [Uint8Array.of(1)];
    for (const path of [['__proto__'], ['__proto__', 'x'], ['a', 'b'], ['c', 7], ['constructor', 'x'], 'a', null, []]) {
      assert.deepEqual(joinBuffers({ c: [1] }, [path], bytes), { c: [1] }, JSON.stringify(path));
    }
    assert.equal(Reflect.get({}, 'x'), undefined);
  });
});

describe('numbers', () => {
  test('stay within their bounds, which move', () => {
    const { widgets } = frontEnd();
    const slider = new widgets.FloatSlider({ min: -1, max: 1, value: 5 });
    assert.equal(slider.value, 1);
    slider.max = 0.5;
    assert.equal(slider.value, 0.5);
    const range = new widgets.IntRangeSlider({ value: [-5, 500] });
    assert.deepEqual(range.value, [0, 100]);
    assert.throws(
      () => Reflect.set(range, 'value', [5, 4]),
      /The lower end of the range, 5, is more than the upper, 4/,
    );
    assert.throws(() => Reflect.set(range, 'value', [5]), /an array of two/);
    const logarithmic = new widgets.FloatLogSlider({ base: 2, min: 0, max: 3, value: 100 });
    assert.equal(logarithmic.value, 8);
    assert.throws(() => Reflect.set(logarithmic, 'base', 0), /base/);
    const tags = new widgets.IntsInput({ min: 1, max: 9, value: [30, 2] });
    assert.deepEqual(tags.value, [9, 2]);
  });

  test('a slider is for what its numbers are', () => {
    const { widgets } = frontEnd();
    assert.ok(widgets.slider({ max: 5 }) instanceof widgets.IntSlider);
    assert.ok(widgets.slider({ max: 0.5 }) instanceof widgets.FloatSlider);
    assert.ok(widgets.slider({ value: [1, 2] }) instanceof widgets.IntRangeSlider);
    assert.ok(widgets.slider({ value: [1, 2.5] }) instanceof widgets.FloatRangeSlider);
  });
});

describe('selections', () => {
  test('options are values, or labels with values; frontends know labels and indices', async () => {
    const { widgets, take, change } = frontEnd();
    const choice = new widgets.Dropdown({
      options: new Map([
        ['one', 1],
        ['two', 2],
      ]),
    });
    assert.deepEqual([choice.value, choice.label, choice.index], [1, 'one', 0]);
    take(choice.modelId);
    const seen: unknown[] = [];
    choice.on('change:value', ({ value }) => seen.push(value));
    choice.value = 2;
    choice.options = { two: 2, three: 3 };
    await null;
    assert.deepEqual([choice.value, choice.index], [2, 0]);
    assert.deepEqual(stateOf(take(choice.modelId)[0]), { index: 0, _options_labels: ['two', 'three'] });
    change(choice.modelId, { index: 1 });
    change(choice.modelId, { index: null });
    assert.deepEqual([seen, choice.label], [[2, 3, null], null]);
    assert.throws(() => Reflect.set(choice, 'value', 9), /9 is not one of the options: two, three./);
    assert.throws(() => Reflect.set(choice, 'label', 'four'), /four is not one of the options/);
    assert.throws(() => Reflect.set(choice, 'index', 2), /There is no option 2: there are 2/);
    assert.throws(() => new widgets.Dropdown({ options: [{}] }), /labels where they are objects/);
  });

  test('nothing is chosen where that is asked for, the first otherwise', () => {
    const { widgets } = frontEnd();
    assert.equal(new widgets.RadioButtons({ options: ['a'], value: null }).index, null);
    assert.equal(new widgets.Select({ options: [] }).value, null);
    assert.equal(new widgets.ToggleButtons({ options: ['a', 'b'], label: 'b' }).index, 1);
    assert.throws(() => new widgets.SelectionSlider({ options: [] }), /options is not empty here/);
  });

  test('several, and ranges', () => {
    const { widgets, change } = frontEnd();
    const several = new widgets.SelectMultiple({ options: ['a', 'b', 'c'], value: ['c', 'a'] });
    assert.deepEqual(
      [several.index, several.value],
      [
        [2, 0],
        ['c', 'a'],
      ],
    );
    change(several.modelId, { index: [1] });
    assert.deepEqual(several.value, ['b']);
    several.options = ['x', 'b'];
    assert.deepEqual(several.index, [1]);
    const range = new widgets.SelectionRangeSlider({ options: ['a', 'b', 'c'] });
    assert.deepEqual(range.value, ['a', 'a']);
    range.value = ['a', 'c'];
    assert.deepEqual(range.index, [0, 2]);
    assert.throws(() => Reflect.set(range, 'index', [2, 1]), /does not come after/);
  });
});

test('dates and times are read as ipywidgets writes them', () => {
  const { widgets, change } = frontEnd();
  const day = new widgets.DatePicker();
  const moment = new widgets.DatetimePicker({ min: new Date('2026-01-01T00:00:00Z') });
  const time = new widgets.TimePicker({ value: '9:05', max: '17:30' });
  assert.equal(time.value, '09:05');
  change(day.modelId, { value: { year: 2027, month: 11, date: 31 } });
  assert.deepEqual(day.value, new Date(2027, 11, 31));
  change(moment.modelId, {
    value: { year: 2027, month: 0, date: 2, hours: 3, minutes: 4, seconds: 5, milliseconds: 6 },
  });
  assert.equal(moment.value?.toISOString(), '2027-01-02T03:04:05.006Z');
  change(moment.modelId, {
    value: { year: 2020, month: 0, date: 1, hours: 0, minutes: 0, seconds: 0, milliseconds: 0 },
  });
  assert.equal(moment.value?.toISOString(), '2026-01-01T00:00:00.000Z');
  change(time.modelId, { value: { hours: 23, minutes: 0, seconds: 0, milliseconds: 0 } });
  assert.equal(time.value, '17:30');
  change(day.modelId, { value: null });
  assert.equal(day.value, null);
  assert.throws(() => Reflect.set(time, 'value', '25:00'), /a time of day/);
  assert.throws(() => Reflect.set(day, 'value', new Date(Number.NaN)), /value takes a Date or null/);
});

test('dates and times are written as ipywidgets reads them', async () => {
  const { widgets, take } = frontEnd();
  const day = new widgets.DatePicker();
  take(day.modelId);
  day.value = new Date(2026, 1, 3, 12);
  await null;
  assert.deepEqual(stateOf(take(day.modelId)[0]), { value: { year: 2026, month: 1, date: 3 } });
  const moment = new widgets.DatetimePicker();
  moment.value = new Date('2026-02-03T04:05:06.007Z');
  await null;
  assert.deepEqual(stateOf(take(moment.modelId)[0]).value, {
    year: 2026,
    month: 1,
    date: 3,
    hours: 4,
    minutes: 5,
    seconds: 6,
    milliseconds: 7,
  });
  const time = new widgets.TimePicker();
  time.value = '10:20:30.5';
  await null;
  assert.deepEqual(stateOf(take(time.modelId)[0]).value, { hours: 10, minutes: 20, seconds: 30, milliseconds: 500 });
});

test('files come with their bytes, and are not echoed', () => {
  const { widgets, take, change } = frontEnd();
  const upload = new widgets.FileUpload();
  take(upload.modelId);
  const file = { name: 'a.txt', type: 'text/plain', size: 2, last_modified: 1000 };
  change(upload.modelId, { value: [file], error: '' }, [['value', 0, 'content']], [Uint8Array.of(104, 105)]);
  assert.deepEqual(upload.value, [
    { name: 'a.txt', type: 'text/plain', size: 2, lastModified: new Date(1000), content: Uint8Array.of(104, 105) },
  ]);
  assert.deepEqual(
    take(upload.modelId).map(({ method, state }) => [method, state]),
    [['echo_update', { error: '' }]],
  );
});

describe('what is awaited', () => {
  test('the next value, and each value', async () => {
    const { widgets, change } = frontEnd();
    const slider = new widgets.IntSlider();
    const next = slider.next();
    change(slider.modelId, { value: 4 });
    assert.equal(await next, 4);
    const seen: number[] = [];
    const loop = (async () => {
      for await (const value of slider) {
        seen.push(value);
        if (value === 9) break;
      }
    })();
    await null;
    change(slider.modelId, { value: 5 });
    await new Promise(setImmediate);
    change(slider.modelId, { value: 6 });
    change(slider.modelId, { value: 9 });
    await loop;
    assert.deepEqual(seen, [5, 9], 'the last of those that came meanwhile');
    const all = slider[Symbol.asyncIterator]();
    const end = all.next();
    await null;
    slider.close();
    assert.deepEqual(await end, { done: true, value: undefined });
  });

  test('waiting can be given up', async () => {
    const { widgets } = frontEnd();
    const slider = new widgets.IntSlider();
    const ending = new AbortController();
    const next = slider.next({ signal: ending.signal });
    ending.abort(new RangeError('enough'));
    await assert.rejects(next, /enough/);
    await assert.rejects(slider.next({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  test('clicks and submitted texts', async () => {
    const { widgets, custom, change } = frontEnd();
    let clicks = 0;
    const button = new widgets.Button('Go', () => (clicks += 1));
    assert.equal(button.description, 'Go');
    const { clicked } = button;
    custom(button.modelId, { event: 'other' });
    custom(button.modelId, { event: 'click' });
    await clicked;
    const counted: number[] = [];
    const loop = (async () => {
      for await (const count of button) if (counted.push(count) === 3) break;
    })();
    await null;
    button.click();
    button.click();
    custom(button.modelId, { event: 'click' });
    await loop;
    assert.deepEqual([clicks, counted], [4, [1, 2, 3]]);
    const text = new widgets.Text();
    const { submitted } = text;
    change(text.modelId, { value: 'hello' });
    custom(text.modelId, { event: 'submit' });
    assert.equal(await submitted, 'hello');
  });
});

describe('links', () => {
  test('keep traits equal, one way or both, until they are ended', () => {
    const { widgets, change } = frontEnd();
    const [slider, text] = [new widgets.IntSlider({ value: 3 }), new widgets.IntText()];
    const end = widgets.link([slider, 'value'], [text, 'value']);
    assert.equal(text.value, 3);
    change(text.modelId, { value: 7 });
    assert.equal(slider.value, 7);
    end();
    text.value = 1;
    assert.equal(slider.value, 7);
    const label = new widgets.Label();
    widgets.dlink([slider, 'value'], [label, 'value'], (value: number) => `${value} m`);
    slider.value = 8;
    assert.equal(label.value, '8 m');
    assert.throws(() => widgets.link([slider, 'nothing'], [text, 'value']), /IntSlider has no 'nothing' to link/);
  });

  test('of the frontend name both ends', () => {
    const { widgets, sent } = frontEnd();
    const [slider, text] = [new widgets.IntSlider(), new widgets.Label()];
    const { modelId } = widgets.jsdlink([slider, 'readoutFormat'], [text, 'value']);
    const state = sent().find(({ id }) => id === modelId)?.data.state as Record<string, unknown>;
    assert.deepEqual(
      [state._model_name, state.source, state.target],
      [
        'DirectionalLinkModel',
        [`IPY_MODEL_${slider.modelId}`, 'readout_format'],
        [`IPY_MODEL_${text.modelId}`, 'value'],
      ],
    );
  });
});

describe('progress', () => {
  test('shows itself, counts, and ends in success', () => {
    const { widgets, displayed } = frontEnd();
    const seen: string[] = [];
    for (const letter of widgets.progress(['a', 'b'], { description: 'Letters' })) seen.push(letter);
    assert.deepEqual(seen, ['a', 'b']);
    const [box] = displayed;
    assert.ok(box instanceof widgets.HBox);
    const [bar, label] = box.children;
    assert.ok(bar instanceof widgets.FloatProgress && label instanceof widgets.Label);
    assert.deepEqual([bar.value, bar.max, bar.barStyle, bar.description], [2, 2, 'success', 'Letters']);
    assert.match(label.value, /^2\/2 \[00:00, .*\/s\]$/);
  });

  test('takes numbers, sets, and what comes later; without a length it only counts', async () => {
    const { widgets, displayed } = frontEnd();
    assert.deepEqual([...widgets.progress(3)], [0, 1, 2]);
    assert.deepEqual([...widgets.progress(new Set('xy'))], ['x', 'y']);
    const later: number[] = [];
    const numbers = (async function* () {
      yield* [1, 2];
    })();
    for await (const n of widgets.progress(numbers)) later.push(n);
    assert.deepEqual(later, [1, 2]);
    const box = displayed.at(-1);
    assert.ok(box instanceof widgets.HBox);
    const [bar, label] = box.children;
    assert.ok(bar instanceof widgets.FloatProgress && label instanceof widgets.Label);
    assert.deepEqual([bar.value, bar.max], [1, 1]);
    assert.match(label.value, /^2 \[/);
    for await (const n of widgets.progress(2)) later.push(n);
    assert.deepEqual(later, [1, 2, 0, 1]);
    for (const _ of widgets.progress(0)) assert.fail();
  });

  test('a loop that is left stays where it is', () => {
    const { widgets, displayed } = frontEnd();
    for (const n of widgets.progress(10)) if (n === 4) break;
    const [box] = displayed;
    assert.ok(box instanceof widgets.HBox);
    const [bar] = box.children;
    assert.ok(bar instanceof widgets.FloatProgress);
    assert.deepEqual([bar.value, bar.barStyle], [4, 'danger']);
  });
});

describe('interact', () => {
  test('makes a control for each parameter', async () => {
    const { widgets, displayed } = frontEnd();
    const box = widgets.interact(({ n, x, on, name, pick, by, range }) => [n, x, on, name, pick, by, range], {
      n: 4,
      x: 0.5,
      on: true,
      name: 'Ada',
      pick: ['a', 'b'],
      by: { small: 1, large: 2 },
      range: [0, 10],
    });
    await new Promise(setImmediate);
    assert.deepEqual(
      box.children.map((child) => child.constructor.name),
      ['IntSlider', 'FloatSlider', 'Checkbox', 'Text', 'Dropdown', 'Dropdown', 'IntSlider', 'Output'],
    );
    assert.deepEqual(displayed, [[4, 0.5, true, 'Ada', 'a', 1, 5]]);
    assert.throws(() => widgets.interact(() => 1, { f: () => 1 }), /There is no control for 'f'/);
  });

  test('runs again for each change; of those that come while it runs for the last', async () => {
    const { widgets, displayed, change } = frontEnd();
    const slider = new widgets.IntSlider();
    let goOn = (): void => undefined;
    widgets.interact(
      async ({ slider }) => {
        await new Promise<void>((resolve) => (goOn = resolve));
        return slider;
      },
      { slider },
    );
    change(slider.modelId, { value: 1 });
    change(slider.modelId, { value: 2 });
    goOn();
    await new Promise(setImmediate);
    goOn();
    await new Promise(setImmediate);
    assert.deepEqual(displayed, [0, 2]);
  });

  test('what the function throws is shown, and it goes on', async () => {
    const { widgets, errors, displayed, change } = frontEnd();
    const slider = new widgets.IntSlider();
    widgets.interact(
      ({ slider }) => {
        if (slider === 0) throw new RangeError('none');
        return slider;
      },
      { slider },
    );
    await new Promise(setImmediate);
    await change(slider.modelId, { value: 3 }).ended;
    assert.deepEqual([errors.map(String), displayed], [['RangeError: none'], [3]]);
  });
});

test('the border of a layout is that of its four sides', async () => {
  const { widgets, take } = frontEnd();
  const layout = new widgets.Layout({ border: '1px solid' });
  assert.deepEqual([layout.borderTop, layout.borderLeft], ['1px solid', '1px solid']);
  layout.borderTop = '2px solid';
  assert.equal(layout.border, null);
  take(layout.modelId);
  layout.border = '2px solid';
  await null;
  assert.deepEqual(stateOf(take(layout.modelId)[0]), {
    border_top: '2px solid',
    border_right: '2px solid',
    border_bottom: '2px solid',
    border_left: '2px solid',
  });
});

test('classes of the page are added and taken away', async () => {
  const { widgets, take } = frontEnd();
  const label = new widgets.Label();
  take(label.modelId);
  label.addClass('a').addClass('b').addClass('a').removeClass('a');
  await null;
  assert.deepEqual(stateOf(take(label.modelId)[0]), { _dom_classes: ['b'] });
});

test('of the pages of a Tab one is selected, unless none is wanted', () => {
  const { widgets } = frontEnd();
  const [a, b] = [new widgets.Label(), new widgets.Label()];
  const tab = new widgets.Tab([a, b]);
  assert.equal(tab.selectedIndex, 0);
  tab.selectedIndex = 1;
  tab.children = [a];
  assert.equal(tab.selectedIndex, 0);
  tab.children = [];
  assert.equal(tab.selectedIndex, null);
  assert.equal(new widgets.Tab([a], { selectedIndex: null }).selectedIndex, null);
  assert.equal(new widgets.Accordion([a]).selectedIndex, null);
});
