import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { CellOutputs, Displays, type OutputTarget } from './cell-outputs.ts';
import type { Output, OutputItem } from './output.ts';

const decoder = new TextDecoder();

/** A cell that shows outputs as VS Code does: the texts of their first items. */
class ShownCell implements OutputTarget<{ items: OutputItem[] }> {
  outputs: { items: OutputItem[] }[] = [];
  edits = 0;
  isLate = false;
  #tellCleared: (() => void)[] = [];

  append({ items }: Output): { items: OutputItem[] } {
    this.edits += 1;
    const output = { items: [...items] };
    this.outputs.push(output);
    return output;
  }

  appendItems(output: { items: OutputItem[] }, items: readonly OutputItem[]): void {
    this.edits += 1;
    output.items.push(...items);
  }

  replaceItems(output: { items: OutputItem[] }, items: readonly OutputItem[]): void {
    this.edits += 1;
    output.items = [...items];
  }

  clear(): void {
    this.outputs = [];
    for (const tell of this.#tellCleared.splice(0)) tell();
  }

  onceCleared(tell: () => void): void {
    this.#tellCleared.push(tell);
  }

  get texts(): string[] {
    return this.outputs.map(({ items }) => {
      const [first] = items;
      const same = items.filter(({ mime }) => mime === first?.mime);
      return same.map(({ data }) => decoder.decode(data)).join('');
    });
  }
}

function cell(displays = new Displays()): {
  shown: ShownCell;
  outputs: CellOutputs<{ items: OutputItem[] }>;
  whole: string[];
} {
  const shown = new ShownCell();
  const whole: string[] = [];
  const overflow = (text: string, of: number): void => {
    whole[of] = (whole[of] ?? '') + text;
  };
  return { shown, outputs: new CellOutputs({ target: shown, displays, limit: 500_000, overflow }), whole };
}

const print = (text: string, name = 'stdout'): ['stream', { name: string; text: string }] => ['stream', { name, text }];

function display(text: string, id?: string): { data: object; metadata: object; transient: object } {
  return { data: { 'text/plain': text }, metadata: {}, transient: id === undefined ? {} : { display_id: id } };
}

test('what is printed in a row is one output; another stream or display begins another', () => {
  const { shown, outputs } = cell();
  outputs.take(...print('a'));
  outputs.take(...print('b\n'));
  outputs.take(...print('oh\n', 'stderr'));
  outputs.take(...print('c'));
  outputs.take('display_data', display('shown'));
  outputs.take(...print('d'));
  outputs.flush();
  assert.deepEqual(shown.texts, ['ab\n', 'oh\n', 'c', 'shown', 'd']);
});

test('text is gathered: many prints are few edits', () => {
  const { shown, outputs } = cell();
  for (let line = 0; line < 10_000; line++) outputs.take(...print(`${line}\n`));
  outputs.flush();
  assert.equal(shown.edits, 1);
  assert.equal(shown.texts[0]?.split('\n').length, 10_001);
});

test('it is shown after a while, without being asked for', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { shown, outputs } = cell();
    outputs.take(...print('soon'));
    assert.deepEqual(shown.texts, []);
    mock.timers.tick(100);
    assert.deepEqual(shown.texts, ['soon']);
  } finally {
    mock.timers.reset();
  }
});

test('a progress bar stays one line', () => {
  const { shown, outputs } = cell();
  for (const percent of [10, 50, 100]) {
    outputs.take(...print(`\r${percent} %`));
    outputs.flush();
  }
  assert.deepEqual(shown.texts, ['100 %']);
});

test('clear_output clears at once, or before what comes next', () => {
  const { shown, outputs } = cell();
  outputs.take(...print('one'));
  outputs.take('clear_output', { wait: false });
  outputs.flush();
  assert.deepEqual(shown.texts, []);
  outputs.take(...print('two'));
  outputs.flush();
  outputs.take('clear_output', { wait: true });
  assert.deepEqual(shown.texts, ['two']);
  outputs.take('display_data', display('three'));
  assert.deepEqual(shown.texts, ['three']);
});

test('what has a display id is updated wherever it is shown', () => {
  const displays = new Displays();
  const first = cell(displays);
  const second = cell(displays);
  first.outputs.take('display_data', display('0 %', 'bar'));
  second.outputs.take('display_data', display('0 %', 'bar'));
  second.outputs.take('update_display_data', display('100 %', 'bar'));
  assert.deepEqual([first.shown.texts, second.shown.texts], [['100 %'], ['100 %']]);
});

test('what comes after somebody has cleared the outputs is shown in new ones', () => {
  const { shown, outputs } = cell();
  outputs.take(...print('before\n'));
  outputs.take('display_data', display('0 %', 'bar'));
  outputs.take(...print('between\n'));
  outputs.flush();
  shown.clear();
  outputs.take(...print('after\n'));
  outputs.take('update_display_data', display('100 %', 'bar'));
  outputs.flush();
  assert.deepEqual(shown.texts, ['after\n']);
});

test('outputs that are gone are not kept: an animation may have any number of pictures', () => {
  const displays = new Displays();
  const { shown, outputs } = cell(displays);
  for (let picture = 0; picture < 100; picture++) {
    outputs.take('clear_output', { wait: true });
    outputs.take('display_data', display('a picture', `${picture}`));
    outputs.take('display_data', display('its title', 'title'));
  }
  assert.equal(displays.size, 2);
  outputs.take('update_display_data', display('another title', 'title'));
  assert.deepEqual(shown.texts, ['a picture', 'another title']);
  shown.clear();
  assert.equal(displays.size, 0);
});

test('an error is shown, and remembered as one', () => {
  const { shown, outputs } = cell();
  assert.equal(outputs.failed, false);
  outputs.take('error', { ename: 'Error', evalue: 'no', traceback: ['Error: no', '    at f (In[3]:2:7)'] });
  assert.equal(outputs.failed, true);
  assert.deepEqual(JSON.parse(shown.texts[0] ?? ''), {
    name: 'Error',
    message: 'no',
    stack: 'Error: no\nCell In[3], line 2\n    in f',
  });
});

test('a text that is too long is shown in part, and handed over whole', () => {
  const { shown, outputs, whole } = cell();
  outputs.take(...print('x'.repeat(2e6)));
  outputs.take('execute_result', { ...display('y'.repeat(1e6)), execution_count: 1 });
  outputs.flush();
  assert.ok(shown.texts.every((text) => text.length < 500_000));
  assert.deepEqual(
    whole.map(({ length }) => length),
    [2e6, 1e6],
  );
});
