/** "busy … idle around every request, on control too; idle after every output that the request caused; reply after the outputs." */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { names } from '@elara/kernel/server/testing/test-client';
import { contentsOf, resultOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

const REQUESTS = {
  execute_request: { code: '' },
  kernel_info_request: {},
  connect_request: {},
  comm_info_request: {},
  usage_request: {},
  history_request: { hist_access_type: 'tail', n: 1 },
  is_complete_request: { code: '1' },
  complete_request: { code: 'Math.sq', cursor_pos: 7 },
  inspect_request: { code: 'Math', cursor_pos: 4 },
  interrupt_request: {},
  create_subshell_request: {},
  list_subshell_request: {},
  delete_subshell_request: { subshell_id: '1' },
  debug_request: { type: 'request', seq: 1, command: 'initialize', arguments: {} },
};

for (const channel of ['shell', 'control'] as const) {
  for (const [msgType, content] of Object.entries(REQUESTS)) {
    test(`busy and idle stand around ${msgType} on ${channel}, and are its children`, async () => {
      const { id, reply, published } = await client.ask(msgType, content, { channel });
      assert.equal(reply.header.msg_type, msgType.replace('request', 'reply'));
      assert.equal(reply.parentHeader.msg_id, id);
      const [first, last] = [names(published).at(0), names(published).at(-1)];
      assert.deepEqual([first, last], ['busy', 'idle']);
      assert.equal(names(published).filter((name) => name === 'busy' || name === 'idle').length, 2);
    });
  }
}

test('execute_input is the first after busy, the outputs stand in the order of the code, the result is last before idle', async () => {
  const { published } = await client.execute(`
    console.log('a'); console.error('b'); display('c'); console.log('d'); clearOutput(); console.log('e'); display('f');
    console.error('g'); 'h'`);
  assert.deepEqual(shape(published), [
    'busy',
    'execute_input',
    'stdout',
    'stderr',
    'display_data',
    'stdout',
    'clear_output',
    'stdout',
    'display_data',
    'stderr',
    'execute_result',
    'idle',
  ]);
});

test('the error comes after the outputs before it', async () => {
  const { published } = await client.execute(`console.log('a'); console.error('b'); display(1); throw new Error('c')`);
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'stdout', 'stderr', 'display_data', 'error', 'idle']);
});

test('idle comes after 10,000 prints, which are all there', async () => {
  const { published } = await client.execute('for (let i = 0; i < 10_000; i++) console.log(i)');
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'stdout', 'idle']);
  assert.equal(textOf(published), Array.from({ length: 10_000 }, (_, index) => `${index}\n`).join(''));
});

test('prints that alternate between stdout and stderr keep their order', async () => {
  const { published } = await client.execute(
    'for (let i = 0; i < 500; i++) { process.stdout.write(i + ","); process.stderr.write(i + ";"); }',
  );
  const all = contentsOf(published, 'stream').map(({ text }) => text);
  assert.equal(all.join(''), Array.from({ length: 500 }, (_, index) => `${index},${index};`).join(''));
  assert.equal(shape(published).length, 1000 + 3);
});

test('prints between awaits come before idle', async () => {
  const { published } = await client.execute(
    'for (let i = 0; i < 50; i++) { console.log(i); await new Promise((r) => setTimeout(r, 1)); }',
  );
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'stdout', 'idle']);
  assert.equal(textOf(published).split('\n').length, 51);
});

test('what children that inherit the descriptors, and writes to the descriptors, print comes before idle', async () => {
  const { published } = await client.execute(`
    require('node:child_process').execFileSync(process.execPath, ['-e', 'console.log("child"); console.error("error")'], { stdio: 'inherit' });
    require('node:fs').writeSync(1, 'descriptor\\n');`);
  assert.equal(textOf(published), 'child\ndescriptor\n');
  assert.equal(textOf(published, 'stderr'), 'error\n');
  assert.equal(shape(published).at(-1), 'idle');
});

test('a display that is asynchronous comes before the reply and idle', async () => {
  const { published } = await client.execute(`
    display({ [Symbol.for('Jupyter.display')]: async () => { await new Promise((r) => setTimeout(r, 50)); return { 'text/plain': 'late' } } });
    undefined`);
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'display_data', 'idle']);
});

test('an output of many megabytes is all there, before idle', async () => {
  const { published } = await client.execute('process.stdout.write("🎈".repeat(2_000_000)); "end"');
  assert.equal(textOf(published), '🎈'.repeat(2_000_000));
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'stdout', 'execute_result', 'idle']);
});

test('the reply comes after the outputs: at its arrival they have been sent', async () => {
  // Two sockets keep no order between them; but what the reply's worker had to say before is out when the reply is made, so
  // that a client which reads iopub only then, and for as long as messages are there, finds all of it.
  const id = await client.send('shell', 'execute_request', {
    code: 'for (let i = 0; i < 1000; i++) display(i); "end"',
  });
  assert.equal((await client.receive('shell')).content.status, 'ok');
  const published = await client.until(id);
  assert.equal(contentsOf(published, 'display_data').length, 1000);
  assert.equal(resultOf(published), "'end'");
});

test('300 executes that are sent at once are answered in their order, each with its own outputs', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 300; index++) {
    ids.push(await client.send('shell', 'execute_request', { code: `console.log(${index}); ${index}` }));
  }
  for (const [index, id] of ids.entries()) {
    const published = await client.until(id);
    assert.equal(textOf(published), `${index}\n`);
    assert.equal(resultOf(published), String(index));
  }
  for (const id of ids) assert.equal((await client.receive('shell')).parentHeader.msg_id, id);
});

test('busy and idle of cells that wait do not overlap', async () => {
  const sent = [];
  for (let index = 0; index < 20; index++)
    sent.push(await client.send('shell', 'execute_request', { code: 'console.log(1)' }));
  const states: [unknown, unknown][] = [];
  while (states.length < 2 * sent.length) {
    const { header, parentHeader, content } = await client.next();
    if (header.msg_type === 'status') states.push([parentHeader.msg_id, content.execution_state]);
  }
  assert.deepEqual(
    states,
    sent.flatMap((id) => [
      [id, 'busy'],
      [id, 'idle'],
    ]),
  );
  for (const id of sent) assert.equal((await client.receive('shell')).parentHeader.msg_id, id);
});

test('every client hears everything that every client causes', async () => {
  const other = await kernel.connect();
  const { id } = await client.execute('console.log("for all"); 42');
  const heard = await other.until(id);
  assert.deepEqual(shape(heard), ['busy', 'execute_input', 'stdout', 'execute_result', 'idle']);
  assert.equal(heard[0]?.parentHeader.session, client.session.id);
});
