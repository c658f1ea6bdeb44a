/** "Cursor positions count Unicode code points (emoji in the cell included)." */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();
await client.execute('const measured = { speed: 3 }; const 日本 = 1; const 𝒳axis = 2;');

/** Code points of a text. */
const length = (text: string): number => [...text].length;

for (const before of ['', "'🎈'; ", "'🎈🎈👩‍👩‍👧'; ", "'é e\u0301'; ", '/* 𝒳 */\n', '// 日本\r\n']) {
  test(`after ${JSON.stringify(before)}: a completion replaces the range that was typed`, async () => {
    const code = `${before}measur + '🎈'`;
    const { content } = (await client.ask('complete_request', { code, cursor_pos: length(`${before}measur`) })).reply;
    assert.deepEqual(content.matches, ['measured']);
    assert.equal(content.cursor_start, length(before));
    assert.equal(content.cursor_end, length(`${before}measur`));
  });

  test(`after ${JSON.stringify(before)}: an inspection finds the name at the cursor`, async () => {
    const code = `${before}measured.speed`;
    for (const more of [0, 3, 8]) {
      const { content } = (await client.ask('inspect_request', { code, cursor_pos: length(before) + more })).reply;
      assert.equal(content.found, true, String(more));
    }
  });
}

test('names beyond the BMP are completed', async () => {
  for (const [prefix, name] of [
    ['日', '日本'],
    ['𝒳', '𝒳axis'],
  ] as const) {
    const { content } = (await client.ask('complete_request', { code: prefix, cursor_pos: 1 })).reply;
    assert.deepEqual([content.matches, content.cursor_start, content.cursor_end], [[name], 0, 1]);
  }
});

test('positions are the same while a cell runs', async () => {
  const id = await client.send('shell', 'execute_request', { code: 'console.log(1); for (;;);' });
  while ((await client.next()).header.msg_type !== 'stream');
  const code = "'🎈🎈'; measur";
  const { content } = (await client.ask('complete_request', { code, cursor_pos: length(code) })).reply;
  assert.deepEqual([content.matches, content.cursor_start, content.cursor_end], [['measured'], 6, 12]);
  await client.send('control', 'interrupt_request');
  await client.until(id);
  await client.receive('shell');
});

test('a position beyond the end of the code is its end', async () => {
  const { content } = (await client.ask('complete_request', { code: 'measur', cursor_pos: 1000 })).reply;
  assert.deepEqual([content.matches, content.cursor_end], [['measured'], 6]);
});
