import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { describe, test } from 'node:test';
import { recordingPublisher } from '../display/recording-publisher.ts';
import { createStream } from './stream.ts';

function start() {
  const publisher = recordingPublisher();
  return { stream: createStream(publisher, 'stdout', 1), text: publisher.text };
}

describe('write', () => {
  const cases: readonly (readonly [
    name: string,
    writes: readonly (readonly [chunk: unknown, encoding?: BufferEncoding])[],
    text: string,
  ])[] = [
    ['strings', [['a'], ['b\n']], 'ab\n'],
    ['an empty string', [['']], ''],
    ['bytes', [[Buffer.from('grün')]], 'grün'],
    ['a Uint8Array', [[new TextEncoder().encode('x')]], 'x'],
    ['a view in the middle of memory', [[new DataView(new TextEncoder().encode('abcd').buffer, 1, 2)]], 'bc'],
    ['a character in four writes', [...Buffer.from('😀')].map((byte) => [Buffer.of(byte)] as const), '😀'],
    [
      'a character in two, and text',
      [[Buffer.from('é').subarray(0, 1)], [Buffer.concat([Buffer.from('é').subarray(1), Buffer.from('!')])]],
      'é!',
    ],
    ['base64', [['aMOk', 'base64']], 'hä'],
    ['hex', [['6869', 'hex']], 'hi'],
    ['utf8 by name', [['ü', 'utf8']], 'ü'],
  ];
  for (const [name, writes, expected] of cases) {
    test(name, () => {
      const { stream, text } = start();
      for (const [chunk, encoding] of writes) {
        assert.equal(encoding === undefined ? stream.write(chunk) : stream.write(chunk, encoding), true);
      }
      assert.equal(text.stdout, expected);
    });
  }

  test('calls back, whichever arguments are given', async () => {
    const { stream } = start();
    await new Promise<unknown>((resolve) => stream.write('a', resolve));
    await new Promise<unknown>((resolve) => stream.write(Buffer.from('a'), resolve));
    await new Promise<unknown>((resolve) => stream.write('a', 'latin1', resolve));
    await new Promise<unknown>((resolve) => Reflect.apply(stream.write, stream, ['a', undefined, resolve]));
  });

  test('refuses what is no text with Node’s errors', () => {
    const { stream } = start();
    assert.throws(() => stream.write(42), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => stream.write(null), { code: 'ERR_STREAM_NULL_VALUES' });
    assert.throws(() => stream.write('a', 'no-such' as BufferEncoding), { code: 'ERR_UNKNOWN_ENCODING' });
  });

  test('keeps its order when corked', () => {
    const { stream, text } = start();
    stream.cork();
    stream.write('a');
    stream.write(Buffer.from('b'));
    stream.uncork();
    stream.write('c');
    assert.equal(text.stdout, 'abc');
  });
});

describe('as a stream', () => {
  test('is one, and no terminal', () => {
    const { stream } = start();
    assert.ok(stream instanceof Writable);
    const { fd, isTTY, columns, writable } = stream;
    assert.deepEqual({ fd, isTTY, columns, writable }, { fd: 1, isTTY: false, columns: 80, writable: true });
    assert.equal(stream.getColorDepth(), 1);
    assert.equal(stream.hasColors(), false);
    assert.deepEqual(stream.getWindowSize(), [80, 24]);
  });

  test('can be piped into, and does not end with what is piped', async () => {
    const { stream, text } = start();
    const source = Readable.from([Buffer.from('€').subarray(0, 2), Buffer.from('€').subarray(2), 'x']);
    await finished(source.pipe(stream));
    await pipeline(Readable.from(['y']), stream);
    stream.write('z');
    assert.equal(text.stdout, '€xyz');
  });

  test('stays open after end and destroy', async () => {
    const { stream, text } = start();
    await new Promise<void>((resolve) => stream.end('a', resolve));
    await new Promise<void>((resolve) => stream.end(resolve));
    stream.destroy();
    stream.write('b');
    assert.equal(text.stdout, 'ab');
    assert.equal(stream.destroyed, false);
  });

  test('end gives out the beginning of a character that never came', () => {
    const { stream, text } = start();
    stream.write(Buffer.from('€').subarray(0, 2));
    stream.end();
    assert.equal(text.stdout, '\uFFFD');
  });

  test('bears the calls of progress bars', async () => {
    const { stream, text } = start();
    stream.clearLine(0);
    stream.cursorTo(0);
    stream.moveCursor(0, -1);
    await new Promise<unknown>((resolve) => stream.cursorTo(4, resolve));
    assert.equal(text.stdout, '\x1b[2K\r\x1b[1A\x1b[5G');
  });
});
