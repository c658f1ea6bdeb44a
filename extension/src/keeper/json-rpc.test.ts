import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { jsonRpcOver } from './json-rpc.ts';

function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

test('a message whose rest does not come keeps no process from ending', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted: Promise<Socket[]> = once(server, 'connection');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [peer] = await accepted;
  const connection = jsonRpcOver(socket);
  connection.listen();
  const before = timers();

  peer?.write('Content-Length: 100\r\n\r\n{');
  await once(socket, 'data');
  connection.dispose();
  socket.destroy();
  assert.equal(timers(), before);
  peer?.destroy();
  server.close();
});
