import { existsSync, rmSync } from 'node:fs';
import type { ChannelName } from '@elara/protocol/channel';
import { CHANNELS, type ConnectionInfo, endpoint, endpointAt, portOf } from '@elara/protocol/connection';
import { kernelCurve } from '@elara/protocol/curve';
import { Router, type Socket, XPublisher } from 'zeromq';
import { ServerError } from './errors.ts';

/** How long a socket that closes tries to send what it holds, in ms: a shutdown_reply must get out. */
const LINGER_MS = 1000;

/**
 * Messages that libzmq holds for each subscriber of iopub before the kernel waits for it. Small, because a message may
 * have megabytes, and because libzmq reports progress only for half of them at a time. Not the default of 1,000.
 */
export const IOPUB_HIGH_WATER_MARK = 128;

export interface Sockets extends Disposable {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  readonly iopub: XPublisher;
  readonly heartbeat: Router;
  /** The connection with the ports that were bound. */
  readonly info: ConnectionInfo;
}

/**
 * Binds the five sockets of a kernel; ports 0 become free ones. Spec: "Wire".
 * @throws ServerError ERR_PORT_IN_USE, ERR_BIND; ProtocolError ERR_CURVE
 */
export async function bindSockets(info: ConnectionInfo): Promise<Sockets> {
  const common = { linger: LINGER_MS, ...kernelCurve(info), ...(info.ip.includes(':') ? { ipv6: true } : {}) };
  // Replies are as many as requests, so a client that is slow to read them loses none: no limit on routers.
  // A frontend that comes back before its old connection is known to be dead is the one with that identity.
  const router = { ...common, sendHighWaterMark: 0, handover: true };
  const owned: Socket[] = [];
  const files: string[] = [];
  const own = <S extends Socket>(socket: S): S => {
    owned.push(socket);
    return socket;
  };
  const close = (): void => {
    for (const socket of owned.splice(0)) socket.close();
    // libzmq removes the files of ipc sockets some time later, which may be never when the process ends.
    for (const file of files.splice(0)) rmSync(file, { force: true });
  };
  try {
    const sockets = {
      shell: own(new Router(router)),
      control: own(new Router(router)),
      // Refuses peers that it does not know: a question to a frontend without stdin must not wait for ever.
      stdin: own(new Router({ ...router, mandatory: true })),
      iopub: own(
        new XPublisher({
          ...common,
          sendHighWaterMark: IOPUB_HIGH_WATER_MARK,
          noDrop: true,
          // Each client's subscription is reported, not the first one only: each gets its iopub_welcome (JEP 65).
          verbosity: 'allSubs',
        }),
      ),
      heartbeat: own(new Router(router)),
    };
    const bound: ConnectionInfo = { ...info };
    bound.shell_port = await bind(sockets.shell, info, 'shell');
    bound.iopub_port = await bind(sockets.iopub, info, 'iopub');
    bound.stdin_port = await bind(sockets.stdin, info, 'stdin');
    bound.control_port = await bind(sockets.control, info, 'control');
    bound.hb_port = await bind(sockets.heartbeat, info, 'hb');
    if (info.transport === 'ipc') files.push(...CHANNELS.map((name) => endpoint(bound, name).slice('ipc://'.length)));
    return { ...sockets, info: bound, [Symbol.dispose]: close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Binds one socket and returns its port. */
async function bind(socket: Socket, info: ConnectionInfo, channel: ChannelName): Promise<number> {
  const port = info[`${channel}_port`];
  const address =
    info.transport === 'ipc' && port === 0
      ? endpointAt('ipc', info.ip, freeSuffix(info.ip))
      : endpointAt(info.transport, info.ip, port);
  try {
    await socket.bind(address);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') {
      throw new ServerError(
        'ERR_PORT_IN_USE',
        `${channel} cannot be bound at ${address}: another process listens there; end it, or give port 0 for a free one`,
        { cause },
      );
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerError('ERR_BIND', `${channel} cannot be bound at ${address}: ${reason}`, { cause });
  }
  return portOf(socket.lastEndpoint ?? address);
}

/** As jupyter_client chooses it: the first number whose socket file does not exist. */
function freeSuffix(prefix: string): number {
  let suffix = 1;
  while (existsSync(`${prefix}-${suffix}`)) suffix += 1;
  return suffix;
}
