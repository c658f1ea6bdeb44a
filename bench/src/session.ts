/** One running kernel and a client of it. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Connection, type FlightOptions, type Landing } from './client.ts';
import type { Request } from './frames.ts';
import type { Kernel } from './kernels.ts';
import { killTree, type Memory, treeMemory } from './process-tree.ts';

const startTimeoutMs = 10_000;
/** tslab sometimes loses its first reply. */
const startAttempts = 3;
/** No request takes as long with a kernel that answers it at all. */
const measureTimeoutMs = 20_000;

/** A landing that was in time. */
export interface Landed extends Pick<Landing, 'replies' | 'published' | 'late'> {
  /** From sending to the last reply and idle. */
  readonly ms: number;
  readonly landedAt: number;
}

export class NeverFinished extends Error {
  override name = 'NeverFinished';
}

const running = new Set<number>();
process.on('exit', () => {
  for (const pid of running) killTree(pid);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export class Session implements Disposable {
  readonly kernel: Kernel;
  readonly client: Client;
  /** From the start of the process to its kernel_info_reply, in ms. */
  startMs = 0;
  readonly #pid: number;
  readonly #folder: string;

  private constructor(kernel: Kernel, client: Client, pid: number, folder: string) {
    this.kernel = kernel;
    this.client = client;
    this.#pid = pid;
    this.#folder = folder;
    running.add(pid);
  }

  /** Starts the kernel and waits for its kernel_info_reply, asked for before it listens. */
  static async start(kernel: Kernel): Promise<Session> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await Session.#startOnce(kernel);
      } catch (error) {
        if (!(error instanceof NeverFinished) || attempt === startAttempts) throw error;
      }
    }
  }

  static async #startOnce(kernel: Kernel): Promise<Session> {
    const folder = mkdtempSync(join(tmpdir(), 'elara-bench-'));
    const file = join(folder, 'connection.json');
    const [shell, iopub, stdin, control, hb] = (await freePorts(5)) as [number, number, number, number, number];
    const connection: Connection = {
      transport: 'tcp',
      ip: '127.0.0.1',
      shell_port: shell,
      iopub_port: iopub,
      stdin_port: stdin,
      control_port: control,
      hb_port: hb,
      key: randomUUID(),
      signature_scheme: 'hmac-sha256',
      kernel_name: kernel.name,
    };
    writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });

    const client = new Client(connection);
    const tag = client.newTag();
    const info = client.request('shell', 'kernel_info_request', {}, tag);
    const startedAt = performance.now();
    const [command, ...args] = kernel.argv.map((word) => word.replace('{connection_file}', file)) as [
      string,
      ...string[],
    ];
    const env = {
      ...process.env,
      JUPYTER_DATA_DIR: folder,
      JUPYTER_RUNTIME_DIR: folder,
      IPYTHONDIR: folder,
      NO_COLOR: '1',
    };
    const child = spawn(command, args, { cwd: folder, env, stdio: 'ignore', detached: true });
    const ended = new Promise<never>((_resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        reject(new NeverFinished(`${kernel.name} ended with ${code ?? signal} before it was ready`)),
      );
    });
    const pid = child.pid;
    if (pid === undefined) return await ended;
    const session = new Session(kernel, client, pid, folder);
    try {
      const landing = await Promise.race([
        client.fly(tag, [info], { timeoutMs: startTimeoutMs, repliesOnly: true }),
        ended,
      ]);
      if (landing.landedAt === undefined) throw new NeverFinished(`${kernel.name} never answers kernel_info_request`);
      session.startMs = landing.landedAt - startedAt;
      await session.#untilSubscribed();
      return session;
    } catch (error) {
      session[Symbol.dispose]();
      throw error;
    }
  }

  /** The first idle that arrives shows that the subscription to iopub has reached the kernel. */
  async #untilSubscribed(): Promise<void> {
    for (let attempt = 0; attempt < 50; attempt++) {
      const tag = this.client.newTag();
      const landing = await this.client.fly(tag, [this.client.request('shell', 'kernel_info_request', {}, tag)], {
        timeoutMs: 200,
      });
      if (landing.landedAt !== undefined) return;
    }
    throw new NeverFinished(`${this.kernel.name} publishes nothing`);
  }

  /** Sends requests at once. Throws NeverFinished when not each has its reply and its idle in time. */
  async fly(tag: string, requests: readonly Request[], options: Partial<FlightOptions> = {}): Promise<Landed> {
    const { timeoutMs = measureTimeoutMs } = options;
    const landing = await this.client.fly(tag, requests, { ...options, timeoutMs });
    const { sentAt, landedAt, replies, idles, published, late } = landing;
    if (landedAt === undefined) {
      throw new NeverFinished(
        `never finishes: ${replies.length} replies and ${idles} idles of ${requests.length} in ${timeoutMs / 1000} s`,
      );
    }
    return { ms: landedAt - sentAt, landedAt, replies, published, late };
  }

  execute(code: string, options: Partial<FlightOptions> = {}): Promise<Landed> {
    const tag = this.client.newTag();
    return this.fly(tag, [this.client.execute(code, tag)], options);
  }

  ask(msgType: string, content: unknown): Promise<Landed> {
    const tag = this.client.newTag();
    return this.fly(tag, [this.client.request('shell', msgType, content, tag)]);
  }

  /** Interrupts the running cell as the kernelspec says. */
  async interrupt(): Promise<void> {
    if (this.kernel.interruptBy === 'signal') process.kill(-this.#pid, 'SIGINT');
    else await this.client.send(this.client.request('control', 'interrupt_request', {}, 'interrupt'));
  }

  memory(): Memory {
    return treeMemory(this.#pid);
  }

  [Symbol.dispose](): void {
    this.client[Symbol.dispose]();
    killTree(this.#pid);
    running.delete(this.#pid);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
