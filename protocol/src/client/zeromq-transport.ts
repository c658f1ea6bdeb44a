import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dealer, Socket, Subscriber } from 'zeromq';
import type { FrameSocket } from '../channel.ts';
import { type ConnectionInfo, endpoint } from '../connection.ts';
import { clientCurve } from '../curve.ts';
import { ProtocolError } from '../errors.ts';
import type { KernelTransport } from './transport.ts';

/**
 * How long closed sockets may still deliver, in milliseconds. It bounds the end of the process when the kernel is gone. Those of
 * a client that may come back are gone at once: to deliver, they would connect anew, and take its place from the newer ones.
 */
const LINGER_MS = 200;

/**
 * Clients that may come back and whose sockets are being closed: resolved when those are gone. A connection of theirs that
 * came about in their last moment would take the place of a newer one, which then speaks to nobody, and is never told.
 */
const leaving = new Map<string, Promise<unknown>>();

/** How long former sockets are waited for, in milliseconds. They take a few; a lost word of their end shall not stop a kernel. */
const CLOSING_MS = 1_000;

/** Between tries to reach a kernel that has yet to bind its ports, in milliseconds: the default of 100 shows in every start. */
const RECONNECT_MS = 20;

/**
 * A kernel's channels over ZeroMQ.
 * @param routingId What the kernel knows this client by. One that it knew before is the same client for it.
 */
export async function openZeromq(info: ConnectionInfo, routingId?: string): Promise<KernelTransport> {
  // Loaded here, so that who only reads kernelspecs or connection files does not load a native library.
  const { Dealer, Subscriber, curveKeyPair } = await import('zeromq');
  const left = routingId === undefined ? undefined : leaving.get(routingId);
  if (left !== undefined) await Promise.race([left, sleep(CLOSING_MS, undefined, { ref: false })]);
  const common = {
    linger: routingId === undefined ? LINGER_MS : 0,
    reconnectInterval: RECONNECT_MS,
    // Keys of its own: those of the connection file are the kernel's.
    ...clientCurve(info, info.curve_publickey === undefined ? undefined : curveKeyPair()),
  };
  const client = routingId ?? randomUUID();
  const dealer = (channel: 'shell' | 'control' | 'stdin') => {
    const socket = new Dealer({ ...common, routingId: client });
    socket.connect(endpoint(info, channel));
    return socket;
  };
  const sockets = { shell: dealer('shell'), control: dealer('control'), stdin: dealer('stdin') };
  // No high-water mark: past it, ZeroMQ would throw outputs away without a word.
  const iopub = new Subscriber({ ...common, receiveHighWaterMark: 0 });
  iopub.connect(endpoint(info, 'iopub'));
  iopub.subscribe();
  const heartbeat = new Dealer({ ...common, linger: 0 });
  heartbeat.connect(endpoint(info, 'hb'));
  return {
    ...sockets,
    iopub: receiving(iopub),
    heartbeat: enveloped(heartbeat),
    close() {
      if (routingId !== undefined) leave(routingId, Object.values(sockets));
      for (const socket of [sockets.shell, sockets.control, sockets.stdin, iopub, heartbeat]) {
        if (!socket.closed) socket.close();
      }
    },
  };
}

/** Called before the sockets of the client are closed. */
function leave(client: string, sockets: readonly Socket[]): void {
  const closing = sockets.filter((socket) => !socket.closed).map(isGone);
  const gone = Promise.allSettled([leaving.get(client), ...closing]).finally(() => {
    if (leaving.get(client) === gone) leaving.delete(client);
  });
  leaving.set(client, gone);
}

/** Resolves when the socket is closed and its connections are, too: ZeroMQ does that on threads of its own. */
async function isGone(socket: Socket): Promise<void> {
  for await (const { type } of socket.events) if (type === 'end') return;
}

function receiving(socket: Subscriber): FrameSocket {
  return {
    get closed() {
      return socket.closed;
    },
    receive: () => socket.receive(),
    send: () => Promise.reject(new ProtocolError('ERR_UNEXPECTED', 'iopub is for receiving only')),
    close: () => socket.close(),
  };
}

/**
 * A DEALER that speaks as a REQ does, with an empty frame first, so that kernels may answer by REP or by an echoing
 * ROUTER. Unlike a REQ it is not stuck when an answer never comes.
 */
function enveloped(socket: Dealer): FrameSocket {
  return {
    get closed() {
      return socket.closed;
    },
    receive: async () => (await socket.receive()).slice(1),
    send: (frames) => socket.send(['', ...frames]),
    close: () => socket.close(),
  };
}
