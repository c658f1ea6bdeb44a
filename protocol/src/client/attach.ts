import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { type ConnectionInfo, endpoint, readConnectionFile } from '../connection.ts';
import { systemCode } from '../kernelspec/errors.ts';
import type { ReadOptions } from '../private-file.ts';
import { within } from './bounded.ts';
import { KernelNotRunningError } from './errors.ts';
import { KernelClient } from './kernel-client.ts';
import type { KernelClientOptions } from './options.ts';

export interface AttachOptions extends ReadOptions {
  readonly client?: KernelClientOptions;
  /** For the first heartbeat and for the kernel to be ready, each, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
  /** Gives up waiting for the kernel to be ready. */
  readonly signal?: AbortSignal;
}

const ATTACH_MS = 10_000;

/** A connection file younger than this may be that of a kernel that has yet to bind its ports; in milliseconds. */
const STARTING_MS = 30_000;

/** Between two tries to reach a kernel that may be starting, in milliseconds. */
const RETRY_MS = 50;

/**
 * A client of a kernel that runs already, ready for use. The kernel may be busy, or be just starting.
 * @throws ProtocolError for the file; KernelNotRunningError if nothing answers where it says that the kernel is; KernelTimeoutError
 */
export async function attachKernel(connectionFile: string, options: AttachOptions = {}): Promise<KernelClient> {
  const info = await readConnectionFile(connectionFile, options);
  const timeoutMs = options.timeoutMs ?? ATTACH_MS;
  await untilListening(info, connectionFile, timeoutMs);
  const client = await KernelClient.connect(info, options.client);
  const giveUp = (): void => client.close();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await within(client.firstHeartbeat, timeoutMs, () => notRunning(info, connectionFile, 'has no heartbeat'));
    await client.waitForReady({ timeoutMs });
    return client;
  } catch (error) {
    client.close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}

/** ZeroMQ says nothing of a refused connection: it tries again forever. So the port is tried first. */
async function untilListening(info: ConnectionInfo, file: string, timeoutMs: number): Promise<void> {
  const begin = performance.now();
  while (true) {
    const left = timeoutMs - (performance.now() - begin);
    try {
      return await reach(info, left);
    } catch (cause) {
      if (left > RETRY_MS && (await ageOf(file)) < STARTING_MS) await setTimeout(RETRY_MS);
      else throw notRunning(info, file, `refuses connections (${systemCode(cause) ?? 'no answer'})`, cause);
    }
  }
}

async function reach(info: ConnectionInfo, timeoutMs: number): Promise<void> {
  const socket =
    info.transport === 'ipc'
      ? connect(endpoint(info, 'shell').slice('ipc://'.length))
      : connect(info.shell_port, info.ip.replace(/^\[|\]$/g, ''));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('connect', resolve);
  socket.once('error', reject);
  try {
    await within(promise, timeoutMs, () => new Error('no answer'));
  } finally {
    socket.destroy();
  }
}

/** Milliseconds since the file was written; the kernel that has ended in the meantime took it along. */
async function ageOf(file: string): Promise<number> {
  try {
    return Date.now() - (await stat(file)).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function notRunning(info: ConnectionInfo, file: string, what: string, cause?: unknown): KernelNotRunningError {
  return new KernelNotRunningError(
    `No kernel runs at ${endpoint(info, 'shell')}: it ${what}. ${file} is that of a kernel that has ended: start another.`,
    { cause },
  );
}
