import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DebugClient } from '../../real-kernel/debug-client.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await DebugClient.connect(kernel);

test('a breakpoint in a TypeScript cell', async () => {
  await client.attach();
  const code = 'const x: number = 1;\nfunction f(a: number): number {\n  const b = a * 2;\n  return b + x;\n}\nf(20)';
  const [breakpoint] = await client.breakpoints(code, 4);
  assert.equal(breakpoint?.verified, true);
  const cell = client.run(code);
  const stopped = await client.stopped();
  assert.equal(stopped.reason, 'breakpoint');
  assert.equal(await client.stack(), 'f:4 < In[1]:6');
  const local = await client.scope('Locals');
  assert.equal(local.get('b')?.value, '40');
  await client.continue();
  const { published } = await cell.done;
  assert.match(JSON.stringify(published.map(({ content }) => content)), /"41"/);
});
