import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { listen, removeSocket } from './socket.ts';

const folder = mkdtempSync(join(tmpdir(), 'elara-'));
const runtime = join(folder, 'runtime');
const temporary = join(folder, 'tmp');
for (const made of [runtime, temporary]) mkdirSync(made);
process.env.TMPDIR = temporary;
after(() => rmSync(folder, { recursive: true, force: true }));

/** What lies in the folders while a keeper listens that can be reached. */
async function whileListening(keeperFile: string): Promise<{ beside: string[]; temporary: string[] }> {
  await using server = createServer((socket) => socket.end());
  const address = await listen(server, keeperFile);
  const client = connect(address).resume();
  await once(client, 'end');
  const made = { beside: readdirSync(runtime), temporary: readdirSync(temporary) };
  server.close();
  await once(server, 'close');
  removeSocket(address);
  assert.deepEqual([readdirSync(runtime), readdirSync(temporary)], [[], []]);
  return made;
}

/** A pipe is no file. */
const socketFiles = process.platform === 'win32' ? 0 : 1;

test('a keeper listens beside its file', async () => {
  const { beside, temporary } = await whileListening(join(runtime, 'keeper.json'));
  assert.deepEqual([beside.length, temporary.length], [socketFiles, 0]);
});

test('in a temporary folder where the path is too long for a socket', async () => {
  const { beside, temporary } = await whileListening(join(runtime, 'long'.repeat(25), 'keeper.json'));
  assert.deepEqual([beside.length, temporary.length], [0, socketFiles]);
});

test('and where no socket can be made beside its file', async () => {
  const { beside, temporary } = await whileListening(join(runtime, 'missing', 'keeper.json'));
  assert.deepEqual([beside.length, temporary.length], [0, socketFiles]);
});
