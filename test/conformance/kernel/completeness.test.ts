/** "is_complete: complete, incomplete with indent, invalid, from the parser, never by counting brackets." */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

const CODES = {
  complete: [
    '1',
    '',
    'const answer: number = 42;',
    'const x = 1',
    "console.log('hello, world')",
    'function double(x: number): number {\n  return x * 2;\n}',
    'interface Point { x: number; y: number }',
    'enum Color { Red, Green }',
    '`a $\u007b1} with } and {`',
    '"a string with ( and {"',
    '/* } a comment */ 1 // (',
    "/[(]{/.test('')",
    'await Promise.resolve(1)',
    "import { join } from 'node:path'",
    '{ a: 1 }',
    'let a = 1 as unknown satisfies unknown',
    'if (true) 1; else 2',
    'undeclared.at.runtime()',
  ],
  incomplete: [
    'const x = {',
    'function double(x: number): number {',
    'class Point {\n  x = 1;',
    'if (true) {\n',
    '`unfinished template ${1 +',
    '`unfinished',
    '/* unfinished comment',
    '[1, 2, 3',
    'console.log(',
    'const sum = 1 +',
    'const identity = <T,>(x: T): T =>',
    'enum Color {',
    'interface Point {',
    'await',
    'for (const x of',
  ],
  invalid: [
    'function function',
    'let 1 = 2',
    'const x = }',
    'class { extends',
    '1 +* 2',
    'return )',
    "'unfinished string\n1",
    '(]',
  ],
};

for (const [status, codes] of Object.entries(CODES)) {
  for (const code of codes) {
    test(`${JSON.stringify(code)} is ${status}`, async () => {
      const { content } = (await client.ask('is_complete_request', { code })).reply;
      assert.equal(content.status, status);
      assert.equal(typeof content.indent, status === 'incomplete' ? 'string' : 'undefined');
    });
  }
}

test('the indent is that of the next line', async () => {
  const indentOf = async (code: string): Promise<unknown> =>
    (await client.ask('is_complete_request', { code })).reply.content.indent;
  assert.equal(await indentOf('function f() {'), '  ');
  assert.equal(await indentOf('function f() {\n  if (true) {'), '    ');
  assert.equal(await indentOf('const sum = 1 +'), '  ');
  assert.equal(await indentOf('`text'), '');
});

test('nothing of the code runs', async () => {
  await client.ask('is_complete_request', { code: 'globalThis.ran = true' });
  const { reply } = await client.execute('', { user_expressions: { ran: 'typeof ran' } });
  assert.match(JSON.stringify(reply.content.user_expressions), /'undefined'/);
});
