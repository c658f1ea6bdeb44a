import { newConnectionInfo } from '@elara/protocol/connection';
import { makeLog } from '../log.ts';
import { type KernelServer, type ServerOptions, startServer } from '../server.ts';
import { FakeWorker } from './fake-worker.ts';
import { type ClientOptions, TestClient } from './test-client.ts';

export { names, TestClient } from './test-client.ts';

export interface TestKernel extends AsyncDisposable {
  readonly server: KernelServer;
  readonly worker: FakeWorker;
  /** Lines of the log, without time. */
  readonly log: string[];
  /** A client of its own; closed with the kernel. */
  client(options?: ClientOptions): Promise<TestClient>;
  close(): Promise<void>;
}

/**
 * A server on free ports, with a worker of ours.
 * @param prepare Changes the worker before it is started.
 */
export async function startTestKernel(
  options: Partial<ServerOptions> = {},
  prepare: (worker: FakeWorker) => void = () => undefined,
): Promise<TestKernel> {
  const log: string[] = [];
  let made: FakeWorker | undefined;
  const server = await startServer({
    connection: newConnectionInfo(),
    worker: (listener) => {
      made = new FakeWorker(listener);
      prepare(made);
      return made;
    },
    log: makeLog('debug', (line) => log.push(line.replace(/^\[elara (\w) \S+\] /, '$1 ').trimEnd())),
    ...options,
  });
  if (made === undefined) throw new Error('no worker was made');
  const worker = made;
  const clients: TestClient[] = [];
  const close = async (): Promise<void> => {
    for (const client of clients) client.close();
    await server.stop();
  };
  return {
    server,
    worker,
    log,
    async client(clientOptions) {
      const client = await TestClient.connect(server.connection, clientOptions);
      clients.push(client);
      return client;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
