/** display_data, update_display_data, clear_output and execute_result, and the snippets of the suites that a registry has run. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { contentsOf, recordOf, resultOf, shape } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

/** What a cell publishes, busy, execute_input and idle left out. */
async function outputs(code: string) {
  const { published, reply } = await client.execute(code);
  assert.equal(reply.content.status, 'ok', code);
  assert.deepEqual(shape(published).slice(0, 2), ['busy', 'execute_input']);
  assert.equal(shape(published).at(-1), 'idle');
  return { published, kinds: shape(published).slice(2, -1) };
}

test('display_data has data, metadata and the display_id in transient', async () => {
  const { published, kinds } = await outputs("display({ answer: 42 }, { displayId: 'd1' })");
  assert.deepEqual(kinds, ['display_data']);
  const [{ data, metadata, transient } = {}] = contentsOf(published, 'display_data');
  assert.deepEqual(recordOf(data)['text/plain'], '{ answer: 42 }');
  assert.deepEqual([metadata, transient], [{}, { display_id: 'd1' }]);
});

test('update_display_data has the display_id of what it replaces', async () => {
  const { published, kinds } = await outputs(
    "const shown = display('first', { displayId: 'd2' }); await shown.update('second'); await updateDisplay('d2', 'third')",
  );
  assert.deepEqual(kinds, ['display_data', 'update_display_data', 'update_display_data']);
  for (const { transient } of contentsOf(published, 'update_display_data'))
    assert.deepEqual(transient, { display_id: 'd2' });
});

test('clear_output has wait', async () => {
  const { published } = await outputs('clearOutput(); clearOutput(true)');
  assert.deepEqual(contentsOf(published, 'clear_output'), [{ wait: false }, { wait: true }]);
});

test('a rich value has its own media types, and text/plain for those who show no other', async () => {
  const { published } = await outputs(
    '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>bold</b>", "text/plain": "bold" }) })',
  );
  const [{ data } = {}] = contentsOf(published, 'execute_result');
  assert.deepEqual(data, { 'text/html': '<b>bold</b>', 'text/plain': 'bold' });
});

test('an image is base64, with its media type', async () => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
  const { published } = await outputs(`Buffer.from('${png}', 'base64')`);
  assert.equal(recordOf(contentsOf(published, 'execute_result')[0]?.data)['image/png'], png);
});

test('text/plain of a result has no colours', async () => {
  const { published } = await outputs('({ text: "a", number: 1, nothing: null, symbol: Symbol("s") })');
  assert.equal(resultOf(published), "{ text: 'a', number: 1, nothing: null, symbol: Symbol(s) }");
});

test('Deno.jupyter.broadcast sends a display, and shows no result', async () => {
  const { published, kinds } = await outputs(
    'await Deno.jupyter.broadcast("display_data", { data: { "text/html": "<b>bold</b>" }, metadata: {}, transient: {} })',
  );
  assert.deepEqual(kinds, ['display_data']);
  assert.deepEqual(contentsOf(published, 'display_data'), [
    { data: { 'text/html': '<b>bold</b>' }, metadata: {}, transient: {} },
  ]);
});

test('packages, which ask by Deno where they run, do not see it', async () => {
  const { published } = await outputs(`
    const asked = new Function('return [typeof Deno, "Deno" in globalThis]');
    [...asked(), Object.getOwnPropertyNames(globalThis).includes('Deno'), typeof Deno]`);
  assert.equal(resultOf(published), "[ 'undefined', false, false, 'object' ]");
});

test('Deno.jupyter.broadcast updates a display', async () => {
  const { kinds } = await outputs(`
    await Deno.jupyter.broadcast("display_data", { data: { "text/html": "1" }, metadata: {}, transient: { display_id: "test_update" } });
    await Deno.jupyter.broadcast("update_display_data", { data: { "text/html": "2" }, metadata: {}, transient: { display_id: "test_update" } })`);
  assert.deepEqual(kinds, ['display_data', 'update_display_data']);
});

test('a cell that begins with [ is a result: records as a table', async () => {
  const { published, kinds } = await outputs('[{letter: "A", frequency: 0.08167}, {letter: "B", frequency: 0.01492}]');
  assert.deepEqual(kinds, ['execute_result']);
  assert.match(String(recordOf(contentsOf(published, 'execute_result')[0]?.data)['text/html']), /<table/);
});

test('buffers of a message that a cell broadcasts pass through', async () => {
  const { published } = await outputs(
    'await Deno.jupyter.broadcast("display_data", { data: {}, metadata: {}, transient: {} }, { metadata: { m: 1 }, buffers: [new Uint8Array([1, 2, 3])] })',
  );
  const display = published.find(({ header }) => header.msg_type === 'display_data');
  assert.deepEqual(display?.metadata, { m: 1 });
  assert.deepEqual(
    display?.buffers.map((bytes) => [...bytes]),
    [[1, 2, 3]],
  );
});

test('what an expression asks (name?) is a page in the payload of the reply', async () => {
  const { reply, published } = await client.execute('Math.max?');
  assert.equal(reply.content.status, 'ok');
  assert.ok(Array.isArray(reply.content.payload) && reply.content.payload.length === 1);
  const { source, data, start } = recordOf(reply.content.payload[0]);
  assert.deepEqual([source, start], ['page', 0]);
  assert.match(String(recordOf(data)['text/plain']), /max/);
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'idle']);
});
