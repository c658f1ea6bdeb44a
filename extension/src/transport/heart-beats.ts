import { connect } from 'node:net';
import { within } from '@elara/protocol/client/bounded';
import { type ConnectionInfo, endpoint } from '@elara/protocol/connection';

/** True if a kernel answers there by now: its port is open, and its heart beats. */
export async function heartBeats(info: ConnectionInfo, timeoutMs: number): Promise<boolean> {
  try {
    // ZeroMQ would not say that nobody listens, but try again.
    await within(listens(info), timeoutMs, () => new Error('no answer'));
    await echoes(info, timeoutMs);
    return true;
  } catch {
    return false;
  }
}

async function listens(info: ConnectionInfo): Promise<void> {
  const socket =
    info.transport === 'ipc'
      ? connect(endpoint(info, 'hb').slice('ipc://'.length))
      : connect(info.hb_port, info.ip.replace(/^\[|\]$/g, ''));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('connect', resolve);
  socket.once('error', reject);
  try {
    await promise;
  } finally {
    socket.destroy();
  }
}

async function echoes(info: ConnectionInfo, timeoutMs: number): Promise<void> {
  // With encryption the heart is not reached like this; that something listens has to be enough.
  if (info.curve_publickey !== undefined) return;
  const { Request } = await import('zeromq');
  const socket = new Request({ linger: 0, sendTimeout: timeoutMs, receiveTimeout: timeoutMs });
  try {
    socket.connect(endpoint(info, 'hb'));
    await socket.send('ping');
    await socket.receive();
  } finally {
    socket.close();
  }
}
