/** A kernel in a process of its own, for tests of signals and of parents: prints its connection, exits 0 at its end. */
import { newConnectionInfo } from '@elara/protocol/connection';
import { makeLog } from '../log.ts';
import { startServer } from '../server.ts';
import { FakeWorker } from './fake-worker.ts';

const [parent] = process.argv.slice(2);
const server = await startServer({
  connection: newConnectionInfo(),
  worker: (listener) => new FakeWorker(listener),
  log: makeLog('error'),
  signals: true,
  ...(parent === undefined ? {} : { parentPid: Number(parent) }),
});
process.stdout.write(`${JSON.stringify(server.connection)}\n`);
await server.ended;
