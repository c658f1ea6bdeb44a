import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isPlainObject } from '../display/properties.ts';
import { recordingPublisher } from '../display/recording-publisher.ts';
import { createConsole, installConsole } from './console.ts';
import { createStream } from './stream.ts';

function start() {
  const publisher = recordingPublisher();
  return { ...publisher, console: createConsole(publisher) };
}

describe('what goes where', () => {
  const cases: readonly (readonly [name: string, print: (console: Console) => void, stdout: string, stderr: string])[] =
    [
      ['log', (c) => c.log('a', 1, { b: 2 }), 'a 1 { b: 2 }\n', ''],
      ['log of nothing', (c) => c.log(), '\n', ''],
      ['log with a format', (c) => c.log('%s: %d', 'x', 1), 'x: 1\n', ''],
      ['info', (c) => c.info('i'), 'i\n', ''],
      ['debug', (c) => c.debug('d'), 'd\n', ''],
      ['dirxml', (c) => c.dirxml({ a: 1 }, 2), '{ a: 1 } 2\n', ''],
      ['warn', (c) => c.warn('w'), '', 'w\n'],
      ['error', (c) => c.error('e %o', 1), '', 'e 1\n'],
      ['dir with a depth', (c) => c.dir({ a: { b: 1 } }, { depth: 0 }), '{ a: [Object] }\n', ''],
      [
        'count',
        (c) => {
          c.count();
          c.count('x');
          c.count();
          c.countReset();
          c.count();
        },
        'default: 1\nx: 1\ndefault: 2\ndefault: 1\n',
        '',
      ],
      [
        'assert',
        (c) => {
          c.assert(true, 'no');
          c.assert(false);
          c.assert(false, 'value %d', 1);
        },
        '',
        'Assertion failed\nAssertion failed: value 1\n',
      ],
      [
        'group',
        (c) => {
          c.group('g');
          c.log('a\nb');
          c.groupCollapsed();
          c.error('c');
          c.groupEnd();
          c.log('d');
          c.groupEnd();
          c.groupEnd();
          c.log('e');
        },
        'g\n  a\n  b\n  d\ne\n',
        '    c\n',
      ],
      [
        'count in a group',
        (c) => {
          c.group();
          c.count();
          c.groupEnd();
        },
        '  default: 1\n',
        '',
      ],
      ['table of a primitive', (c) => c.table(5), '5\n', ''],
    ];
  for (const [name, print, stdout, stderr] of cases) {
    test(name, () => {
      const { console, text } = start();
      print(console);
      assert.deepEqual(text, { stdout, stderr });
    });
  }

  test('time, timeLog and timeEnd', () => {
    const { console, text } = start();
    console.time('t');
    console.timeLog('t', 'so far', 1);
    console.timeEnd('t');
    assert.match(text.stdout, /^t: [\d.]+m?s so far 1\nt: [\d.]+m?s\n$/);
  });

  test('trace names the place it was called from', () => {
    const { console, text } = start();
    (function here() {
      console.trace('at %d', 1);
    })();
    assert.match(text.stderr, /^Trace: at 1\n {4}at here \(.*console\.test\.ts/);
    assert.doesNotMatch(text.stderr, /node:|worker\/console\/console\.ts/);
  });

  test('trace prints the stack that it is given', () => {
    const publisher = recordingPublisher();
    createConsole(publisher, { stack: (stack) => `${stack.split('\n')[0]} mapped` }).trace('x');
    assert.equal(publisher.text.stderr, 'Trace: x mapped\n');
  });

  test('table displays HTML and text', () => {
    const { console, published, text: written } = start();
    console.table([{ a: 1, b: 2 }], ['b']);
    assert.equal(written.stdout, '');
    assert.equal(published[0]?.msgType, 'display_data');
    const { data, ...rest } = published[0].content;
    assert.deepEqual(rest, { metadata: {}, transient: {} });
    assert.ok(isPlainObject(data));
    assert.match(String(data['text/html']), /^<table>.*>b<.*<td align="right">2<\/td><\/tr><\/tbody><\/table>$/);
    const text = '┌─────────┬───┐\n│ (index) │ b │\n├─────────┼───┤\n│ 0       │ 2 │\n└─────────┴───┘';
    assert.equal(data['text/plain'], text);
  });

  test('table of an iterator prints Node’s, and leaves the iterator unused', () => {
    const { console, text } = start();
    const entries = new Map([['k', 'v']]).entries();
    console.table(entries);
    assert.match(text.stdout, /│ 0 +│ 'k' │ 'v' +│/);
    assert.deepEqual([...entries], [['k', 'v']]);
  });

  test('clear clears the output of the cell', () => {
    const { console, published } = start();
    console.clear();
    assert.deepEqual(published[0], {
      msgType: 'clear_output',
      content: { wait: false },
      metadata: undefined,
      buffers: undefined,
    });
  });
});

describe('the object', () => {
  test('has every member of Node’s', () => {
    const { console: made } = start();
    const missing = Object.getOwnPropertyNames(console).filter((name) => !(name in made));
    assert.deepEqual(missing, []);
  });

  test('its Console makes consoles, and it is one', () => {
    const { console: made } = start();
    assert.ok(made instanceof made.Console);
    const publisher = recordingPublisher();
    new made.Console(createStream(publisher, 'stdout', 1)).log('mine');
    assert.equal(publisher.text.stdout, 'mine\n');
  });

  test('its methods need no this', () => {
    const { console: made, text } = start();
    const { log, error, count, group, groupEnd } = made;
    for (const n of [1, 2]) log(n);
    group();
    count();
    groupEnd();
    error('e');
    assert.deepEqual(text, { stdout: '1\n2\n  default: 1\n', stderr: 'e\n' });
  });

  test('prints by the write of its streams, also where that is replaced', () => {
    const publisher = recordingPublisher();
    const stdout = createStream(publisher, 'stdout', 1);
    const made = createConsole(publisher, { stdout });
    const seen: unknown[] = [];
    stdout.write = (chunk: unknown) => {
      seen.push(chunk);
      return true;
    };
    made.log('captured');
    assert.deepEqual(seen, ['captured\n']);
    assert.equal(publisher.text.stdout, '');
  });

  test('installed, it prints for those who hold Node’s own', () => {
    const publisher = recordingPublisher();
    const target = new console.Console(process.stdout);
    installConsole(createConsole(publisher), target);
    target.log('a');
    target.group();
    target.warn('b');
    target.groupEnd();
    assert.deepEqual(publisher.text, { stdout: 'a\n', stderr: '  b\n' });
  });
});
