import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { InputHistory } from './input-history.ts';
import { Keyboard } from './keyboard.ts';
import { type EditorAssistance, LineEditor, type Question, type Typed } from './line-editor.ts';

/** A terminal of 40 x 10 whose keys are given and whose output is kept. */
function terminal() {
  let written = '';
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => modes.push(on) });
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  const output = Object.assign(sink, { columns: 40, rows: 10 });
  const keyboard = new Keyboard(input, output);
  return { input, modes, keyboard, editor: new LineEditor(keyboard, output), written: () => written };
}

function assistance(more: Partial<EditorAssistance> = {}): EditorAssistance {
  return {
    language: 'typescript',
    history: new InputHistory([]),
    // Complete when every bracket is closed.
    async enter(text) {
      const open = text.split('{').length - text.split('}').length;
      return open > 0 ? { done: false, indent: '  '.repeat(open) } : { done: true };
    },
    complete: async () => undefined,
    ...more,
  };
}

/** What comes of those keys. Of several groups each is typed when the one before has been drawn. */
async function type(
  keys: string | readonly string[],
  question: Partial<Question> = {},
): Promise<{ typed: Typed; written: string }> {
  const { input, keyboard, editor, written } = terminal();
  using _keyboard = keyboard;
  const typed = editor.read({ prompt: '> ', continuation: '. ', assistance: assistance(), ...question });
  for (const group of [keys].flat()) {
    input.write(group);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { typed: await typed, written: written() };
}

const text = (value: string): Typed => ({ kind: 'text', text: value });

test('Enter ends a text that is complete, and indents the next line of one that is not', async () => {
  assert.deepEqual((await type('1+1\r')).typed, text('1+1'));
  assert.deepEqual((await type('f = {\rx\r}\r')).typed, text('f = {\n  x\n}'));
});

test('keys edit the text as in a shell', async () => {
  assert.deepEqual((await type('bc\x01a\x05d\x7fe\r')).typed, text('abce'));
  assert.deepEqual((await type('one two\x17three\r')).typed, text('one three'));
  assert.deepEqual((await type('one two\x15\x19\x19\r')).typed, text('one twoone two'));
  assert.deepEqual((await type('ab\x1b[D\x1b[3~c\r')).typed, text('ac'));
  assert.deepEqual((await type('ab\x7f\x1f\r')).typed, text('ab'));
});

test('Up and Down go through lines first, then through the history', async () => {
  const history = new InputHistory(['older', 'newer']);
  assert.deepEqual((await type('\x1b[A\x1b[A\r', { assistance: assistance({ history }) })).typed, text('older'));
  const fresh = new InputHistory(['older', 'newer']);
  const keys = 'draft\x1b[A\x1b[B!\r';
  assert.deepEqual((await type(keys, { assistance: assistance({ history: fresh }) })).typed, text('draft!'));
});

test('Ctrl-R finds what was typed before', async () => {
  const history = new InputHistory(['map(1)', 'find(2)', 'map(3)']);
  const { typed, written } = await type(['\x12ma', '\x12\r\r'], { assistance: assistance({ history }) });
  assert.deepEqual(typed, text('map(1)'));
  assert.match(stripVTControlCharacters(written), /search: ma/);
});

test('what is pasted is not run and not indented before Enter', async () => {
  assert.deepEqual((await type('\x1b[200~a {\r\tb\r}\x1b[201~\r')).typed, text('a {\n  b\n}'));
});

test('Tab puts in what all matches begin with, and shows them', async () => {
  const complete: EditorAssistance['complete'] = async ({ text: typed, cursor }) => ({
    start: typed.lastIndexOf('.') + 1,
    end: cursor,
    matches: ['find', 'findIndex', 'findLast'],
  });
  const { typed, written } = await type(['xs.f\t', '\r'], { assistance: assistance({ complete }) });
  assert.deepEqual(typed, text('xs.find'));
  assert.match(stripVTControlCharacters(written), /find\s+findIndex\s+findLast/);
  const only: EditorAssistance['complete'] = async () => ({ start: 0, end: 2, matches: ['console'] });
  assert.deepEqual((await type('co\t.\r', { assistance: assistance({ complete: only }) })).typed, text('console.'));
});

test('Tab at the start of a line indents it', async () => {
  assert.deepEqual((await type('\tx\r')).typed, text('  x'));
});

test('Ctrl-C drops the text, Ctrl-D ends it when it is empty and deletes otherwise', async () => {
  assert.deepEqual((await type('abc\x03')).typed, { kind: 'interrupt' });
  assert.deepEqual((await type('\x04')).typed, { kind: 'end' });
  assert.deepEqual((await type('abc\x01\x04\r')).typed, text('bc'));
});

test('a hidden answer is not shown', async () => {
  const { typed, written } = await type('secret\r', { prompt: 'Password: ', hidden: true });
  assert.deepEqual(typed, text('secret'));
  assert.match(written, /Password: /);
  assert.doesNotMatch(written, /s.*e.*c.*r.*e.*t/);
});

test('a question without assistance takes one line, whatever it holds', async () => {
  const { keyboard, editor, input } = terminal();
  using _keyboard = keyboard;
  const typed = editor.read({ prompt: 'name? ' });
  input.write('{\r');
  assert.deepEqual(await typed, text('{'));
});

test('what is printed meanwhile stands above the text', async () => {
  const { keyboard, editor, input, written } = terminal();
  using _keyboard = keyboard;
  const typed = editor.read({ prompt: '> ', assistance: assistance() });
  input.write('abc');
  await new Promise((resolve) => setImmediate(resolve));
  const before = written().length;
  let printedAt = 0;
  await editor.printAbove(async () => {
    printedAt = written().length;
  });
  assert.match(written().slice(before, printedAt), /^\r\x1b\[J$/);
  assert.match(stripVTControlCharacters(written().slice(printedAt)), /> abc/);
  input.write('\r');
  assert.deepEqual(await typed, text('abc'));
});

test('keys that nobody reads wait, but Ctrl-C interrupts', async () => {
  const { keyboard, editor, input } = terminal();
  using _keyboard = keyboard;
  let interrupts = 0;
  keyboard.onInterrupt = () => {
    interrupts += 1;
  };
  input.write('ab\x03c\r');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(interrupts, 1);
  assert.deepEqual(await editor.read({ prompt: '' }), text('abc'));
});

test('the terminal is raw while the keyboard is there, and as before after it', () => {
  const { keyboard, modes, written } = terminal();
  keyboard[Symbol.dispose]();
  assert.deepEqual(modes, [true, false]);
  assert.equal(written(), '\x1b[?2004h\x1b[?2004l');
});
