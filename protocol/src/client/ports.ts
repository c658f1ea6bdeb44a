import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports given out to kernels that still run: another kernel of this process must not get them while they are unbound. */
const given = new Set<number>();

/**
 * Ports that nothing listens on at `ip`. Between this and their being bound somebody else may take one: launchers try
 * again. Give them back by `releasePorts`.
 */
export async function freePorts(count: number, ip: string): Promise<number[]> {
  const servers = [];
  const ports: number[] = [];
  try {
    while (ports.length < count) {
      const server = createServer();
      servers.push(server);
      server.listen(0, ip);
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      if (given.has(port)) continue;
      given.add(port);
      ports.push(port);
    }
  } finally {
    // Held until all are chosen, so that no port comes twice.
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
  return ports;
}

export function releasePorts(ports: Iterable<number>): void {
  for (const port of ports) given.delete(port);
}
