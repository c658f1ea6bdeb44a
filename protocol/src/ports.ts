/** Choosing ports for a kernel that is to be told which to bind. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { CHANNELS, type ChannelPorts, type ConnectionInfo } from './connection.ts';

/**
 * A connection without zeros: every port that was 0 becomes one that is free now. Between this and the kernel's bind
 * another process may take it; a kernel that binds port 0 itself, or registers (JEP 66), has no such gap.
 * @throws the system's error where the address cannot be bound.
 */
export async function choosePorts<Info extends ConnectionInfo>(info: Info): Promise<Info> {
  const names = CHANNELS.map((channel) => `${channel}_port` as const).filter((name) => info[name] === 0);
  const ports = await (info.transport === 'tcp'
    ? freeTcpPorts(info.ip, names.length)
    : freeIpcNumbers(info, names.length));
  const chosen: Partial<ChannelPorts> = {};
  names.forEach((name, index) => {
    const port = ports[index];
    if (port !== undefined) chosen[name] = port;
  });
  return { ...info, ...chosen };
}

/** The port in an endpoint that was bound, such as `tcp://127.0.0.1:5555` or `ipc:///run/kernel-ipc-1`. */
export function portOf(endpoint: string): number {
  const [, digits] = /[:-](\d+)$/.exec(endpoint) ?? [];
  if (digits === undefined) throw new TypeError(`endpoint ${endpoint} does not end in a port`);
  return Number(digits);
}

/** All are held open until the last is known, so that none is given twice. */
async function freeTcpPorts(ip: string, count: number): Promise<number[]> {
  const servers: Server[] = [];
  try {
    for (let i = 0; i < count; i++) servers.push(await listen(ip));
    return servers.map(portOfServer);
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function listen(ip: string): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  const server = createServer();
  server.once('error', reject);
  server.listen({ port: 0, host: ip === '*' ? '0.0.0.0' : ip, exclusive: true }, () => resolve(server));
  return promise;
}

function portOfServer(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server without a port');
  return address.port;
}

/** As Jupyter numbers them: from 1, those skipped whose socket file exists. */
function freeIpcNumbers(info: ConnectionInfo, count: number): number[] {
  const taken = new Set(CHANNELS.map((channel) => info[`${channel}_port`]));
  const numbers: number[] = [];
  for (let number = 1; numbers.length < count; number++) {
    if (!taken.has(number) && !existsSync(`${info.ip}-${number}`)) numbers.push(number);
  }
  return numbers;
}
