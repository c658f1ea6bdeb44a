/** "kernel_info: status, protocol_version (honest), language_info, banner, help_links, supported_features"; and what else is asked of the kernel itself. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { recordOf } from '../../real-kernel/outputs.ts';
import { isRunning } from '../../real-kernel/processes.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

for (const channel of ['shell', 'control'] as const) {
  test(`kernel_info_reply on ${channel} says what the kernel is`, async () => {
    const { content } = (await client.ask('kernel_info_request', {}, { channel })).reply;
    assert.equal(content.status, 'ok');
    assert.equal(content.implementation, 'elara');
    assert.match(String(content.implementation_version), /^\d+\.\d+\.\d+/);
    assert.match(String(content.banner), /Elara .*TypeScript .*Node/);
    assert.deepEqual(content.supported_features, ['debugger', 'kernel subshells']);
  });
}

test('protocol_version is the version that the headers bear', async () => {
  const { content, header } = (await client.ask('kernel_info_request')).reply;
  assert.equal(content.protocol_version, header.version);
  assert.match(String(content.protocol_version), /^5\.\d+$/);
});

test('language_info has all that a frontend needs, codemirror_mode as a string', async () => {
  const info = recordOf((await client.ask('kernel_info_request')).reply.content.language_info);
  assert.equal(info.name, 'typescript');
  assert.equal(info.file_extension, '.ts');
  assert.equal(info.nbconvert_exporter, 'script');
  for (const field of ['version', 'mimetype', 'pygments_lexer', 'codemirror_mode']) {
    assert.ok(typeof info[field] === 'string' && info[field] !== '', field);
  }
});

test('help_links have text and url', async () => {
  const links = (await client.ask('kernel_info_request')).reply.content.help_links;
  assert.ok(Array.isArray(links) && links.length > 0);
  for (const link of links) {
    const { text, url } = recordOf(link);
    assert.equal(typeof text, 'string');
    assert.match(String(url), /^https:\/\//);
  }
});

test('a kernel of the language javascript says so', async () => {
  await using javascript = await RealKernel.start({ args: ['--language', 'javascript'] });
  const other = await javascript.connect();
  const info = recordOf((await other.ask('kernel_info_request')).reply.content.language_info);
  assert.deepEqual([info.name, info.file_extension, info.mimetype], ['javascript', '.js', 'text/javascript']);
});

test('connect_reply names the ports of the connection', async () => {
  const { content } = (await client.ask('connect_request')).reply;
  const { info } = kernel.running.client;
  for (const port of ['shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port'] as const) {
    assert.equal(content[port], info[port], port);
  }
});

test('usage_reply counts server and worker', async () => {
  const { content } = (await client.ask('usage_request', {}, { channel: 'control' })).reply;
  assert.equal(content.pid, kernel.running.process.pid);
  assert.ok(isRunning(Number(content.pid)));
  assert.ok(
    Number(content.kernel_memory) > 50e6 && Number(content.kernel_memory) < 500e6,
    String(content.kernel_memory),
  );
  assert.ok(Number(content.cpu_count) >= 1);
  assert.equal(typeof content.hostname, 'string');
});
