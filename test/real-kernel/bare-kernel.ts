import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientOptions, TestClient } from '@elara/kernel/server/testing/test-client';
import type { ProcessEnd } from '@elara/protocol/client/index';
import {
  type ConnectionInfo,
  newConnectionInfo,
  readConnectionFile,
  writeConnectionFile,
} from '@elara/protocol/connection';
import { contentsOf } from './outputs.ts';
import { untilGone } from './processes.ts';
import { kernelSpec } from './real-kernel.ts';

/** A kernel starts within this, and ends, in ms. */
const PATIENCE_MS = 20_000;
const POLL_MS = 50;

export interface BareKernelOptions {
  /** More arguments of `elara kernel`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Of its connection file. */
  readonly connection?: Partial<ConnectionInfo>;
  /** Permissions of that file. Default: 0600. */
  readonly mode?: number;
}

/**
 * The kernel's process with nobody around it: no client but those that a test connects, and everything that it writes to
 * its standard error kept. For tests of what it does under load and in trouble.
 */
export class BareKernel implements AsyncDisposable {
  readonly info: ConnectionInfo;
  readonly child: ChildProcess;
  readonly pid: number;
  /** How it ended. */
  readonly ended: Promise<ProcessEnd>;
  readonly #folder: string;
  readonly #stderr: string[];
  readonly #clients: TestClient[] = [];

  private constructor(child: ChildProcess, info: ConnectionInfo, folder: string, stderr: string[]) {
    assert.ok(child.pid !== undefined);
    this.child = child;
    this.pid = child.pid;
    this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    this.info = info;
    this.#folder = folder;
    this.#stderr = stderr;
  }

  static async start({
    args = [],
    env = {},
    connection = {},
    mode = 0o600,
  }: BareKernelOptions = {}): Promise<BareKernel> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'elara-kernel-')));
    const file = join(folder, 'connection.json');
    await writeConnectionFile(file, newConnectionInfo(connection));
    await chmod(file, mode);
    const read = () => readConnectionFile(file, { onTooOpen: () => undefined });
    // Not to outlive a test that is killed.
    const own = ['--history', join(folder, 'history.sqlite'), '--parent-pid', String(process.pid)];
    const [program, ...rest] = kernelSpec([...own, ...args]).argv;
    const child = spawn(
      program,
      rest.map((argument) => argument.replace('{connection_file}', file)),
      { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const stderr: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    const deadline = performance.now() + PATIENCE_MS;
    let info = await read();
    // The kernel writes the ports that it was given into the file.
    while (info.shell_port === 0) {
      if (child.exitCode !== null || performance.now() > deadline) throw new Error(`no kernel: ${stderr.join('')}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      info = await read();
    }
    return new BareKernel(child, info, folder, stderr);
  }

  /** All that it has written to its standard error. */
  get log(): string {
    return this.#stderr.join('');
  }

  /** A client of raw sockets; closed with the kernel. */
  async connect(options: ClientOptions = {}): Promise<TestClient> {
    const client = await TestClient.connect(this.info, options);
    this.#clients.push(client);
    return client;
  }

  /** The process that runs the cells. */
  async workerPid(): Promise<number> {
    const client = await this.connect();
    const { published } = await client.execute('process.stdout.write(String(globalThis.process.pid))', {
      store_history: false,
    });
    client.close();
    const [stream] = contentsOf(published, 'stream');
    return Number(stream?.text);
  }

  /** Asks the kernel to end. Rejects if it does not, or leaves a process behind that is named here. */
  async stop(...others: readonly number[]): Promise<void> {
    for (const client of this.#clients) client.close();
    const client = await TestClient.connect(this.info);
    await client.send('control', 'shutdown_request', { restart: false });
    assert.equal((await client.receive('control')).content.status, 'ok');
    client.close();
    await untilGone(this.pid);
    assert.deepEqual(await this.ended, { code: 0, signal: null }, this.log);
    await untilGone(...others);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.close();
    this.child.kill('SIGTERM');
    await this.ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
