import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientOptions, TestClient } from '@elara/kernel/server/testing/test-client';
import { type LaunchOptions, launchKernel, type RunningKernel } from '@elara/protocol/client/index';
import type { KernelSpec } from '@elara/protocol/kernelspec';
import { untilGone } from './processes.ts';

const ENTRY = join(import.meta.dirname, '../../kernel/src/cli/elara.ts');

export interface RealKernelOptions extends Omit<LaunchOptions, 'spec' | 'name' | 'client'> {
  /** More arguments of `elara kernel`. */
  readonly args?: readonly string[];
  /** Changes of the kernelspec. */
  readonly spec?: Partial<KernelSpec>;
}

/**
 * The kernel as a frontend has it: started from the sources by a kernelspec, with the server and the worker in processes of
 * their own, and talked to over its sockets. Its files are in a temporary folder.
 */
export class RealKernel implements AsyncDisposable {
  readonly running: RunningKernel;
  /** Where the kernel runs; its history is in `history.sqlite`. */
  readonly folder: string;
  /** What the launcher's client has dropped: messages on iopub that do not fit their schema. */
  readonly #dropped: readonly Error[];
  readonly #clients: TestClient[] = [];

  private constructor(running: RunningKernel, folder: string, dropped: readonly Error[]) {
    this.running = running;
    this.folder = folder;
    this.#dropped = dropped;
  }

  static async start({ args = [], spec = {}, ...options }: RealKernelOptions = {}): Promise<RealKernel> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'elara-kernel-')));
    process.env.JUPYTER_RUNTIME_DIR = join(folder, 'runtime');
    const dropped: Error[] = [];
    const running = await launchKernel({
      cwd: folder,
      ...options,
      spec: { ...kernelSpec(['--history', join(folder, 'history.sqlite'), ...args]), ...spec },
      client: { onDropped: (error) => dropped.push(error) },
    });
    return new RealKernel(running, folder, dropped);
  }

  /** A client of its own, of raw sockets; every message is checked against its schema. Closed with the kernel. */
  async connect(options: ClientOptions = {}): Promise<TestClient> {
    const client = await TestClient.connect(this.running.client.info, { validated: true, ...options });
    this.#clients.push(client);
    return client;
  }

  /** Ends the kernel. Rejects if it broke the protocol, if it has logged an error, or if it leaves a process behind. */
  async stop(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.running.shutdown();
    rmSync(this.folder, { recursive: true, force: true });
    await untilGone(this.running.process.pid);
    assert.deepEqual(this.#dropped, []);
    assert.doesNotMatch(this.running.lastOutput, /^\[elara E/m);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

/** The kernelspec of the kernel from its sources. */
export function kernelSpec(args: readonly string[] = []): KernelSpec {
  return {
    argv: [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      ENTRY,
      'kernel',
      '--connection-file',
      '{connection_file}',
      ...args,
    ],
    display_name: 'TypeScript (sources)',
    language: 'typescript',
    interrupt_mode: 'message',
    kernel_protocol_version: '5.6',
    metadata: { supported_encryption: ['curve'] },
  };
}
