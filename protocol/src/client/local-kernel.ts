import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { CHANNELS, type ConnectionInfo, connectionFilePath, writeConnectionFile } from '../connection.ts';
import { withCurveKeys } from '../curve.ts';
import type { RegistrationService } from '../handshake.ts';
import type { KernelSpec } from '../kernelspec.ts';
import { knowsCurve, knowsHandshake, newConnection, newRegistration } from './address.ts';
import { atExit } from './at-exit.ts';
import { within } from './bounded.ts';
import { commandLine, kernelEnv } from './command.ts';
import { KernelDiedError, KernelError, KernelStartError } from './errors.ts';
import { KernelClient } from './kernel-client.ts';
import { describeEnd, KernelProcess } from './kernel-process.ts';
import type { LaunchOptions, ResolvedSpec } from './launcher.ts';
import { READY_TIMEOUT_MS } from './options.ts';
import { releasePorts } from './ports.ts';
import type { RestartOptions, RunningKernel } from './running-kernel.ts';

/** How often a start is tried whose ports somebody else took in the meantime. */
const PORT_TRIES = 3;

const GRACE_MS = 5000;

/** For the reply to interrupt_request, in milliseconds: kernels answer it while they are busy. */
const INTERRUPT_MS = 10_000;

/** A kernel in a child process of this one, reached over loopback. */
export class LocalKernel implements RunningKernel {
  readonly connectionFile = connectionFilePath(randomUUID());
  spec: KernelSpec;
  readonly #resolved: ResolvedSpec;
  readonly #options: LaunchOptions;
  readonly #service: () => Promise<RegistrationService>;
  readonly #closed = Promise.withResolvers<void>();
  #info: ConnectionInfo | undefined;
  #process: KernelProcess | undefined;
  #client: KernelClient | undefined;
  #restart: Promise<void> | undefined;
  #shutdown: Promise<void> | undefined;
  /** Sees to it that the connection file does not outlive this process. */
  #file: Disposable | undefined;
  /** True while an end of the process is our own doing. */
  #ending = false;

  /** @param service Where kernels that choose their own ports tell them. */
  constructor(resolved: ResolvedSpec, options: LaunchOptions, service: () => Promise<RegistrationService>) {
    this.#resolved = resolved;
    this.#service = service;
    this.#options = options;
    this.spec = resolved.spec;
  }

  get client(): KernelClient {
    if (this.#client) return this.#client;
    throw new KernelError('ERR_KERNEL_NOT_RUNNING', `The kernel ${this.#resolved.name} is not started.`);
  }

  get process(): KernelProcess {
    if (this.#process) return this.#process;
    throw new KernelError('ERR_KERNEL_NOT_RUNNING', `The kernel ${this.#resolved.name} is not started.`);
  }

  get lastOutput(): string {
    return this.#process?.lastOutput ?? '';
  }

  /** Resolves when it is shut down for good. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** @throws KernelStartError; ProtocolError for the connection file */
  async start(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#startOnce();
        return;
      } catch (error) {
        await this.#endProcess(0, false);
        this.#forgetPorts();
        if (tries < PORT_TRIES && isPortTaken(error)) continue;
        await this.shutdown({ graceMs: 0 });
        // It may have been written after a shutdown that came in between.
        this.#dropFile();
        throw error;
      }
    }
  }

  async interrupt(): Promise<void> {
    if (this.spec.interrupt_mode === 'message') {
      await this.client.interrupt({ timeoutMs: INTERRUPT_MS });
      return;
    }
    if (process.platform === 'win32') {
      const advice = 'Windows has no SIGINT for other processes: use a kernel whose interrupt_mode is "message".';
      throw new KernelError(
        'ERR_KERNEL_INTERRUPT',
        `The kernel ${this.#resolved.name} cannot be interrupted. ${advice}`,
      );
    }
    if (!this.process.signal('SIGINT'))
      throw new KernelDiedError(`The kernel ${this.#resolved.name} has ended already.`);
  }

  restart(options: RestartOptions = {}): Promise<void> {
    this.#restart ??= this.#restartOnce(options).finally(() => {
      this.#restart = undefined;
    });
    return this.#restart;
  }

  async #restartOnce({ graceMs = GRACE_MS, spec = this.spec }: RestartOptions): Promise<void> {
    const what = `The kernel ${this.#resolved.name} was restarted: run it again.`;
    this.client.abandon(new KernelDiedError(what, 'ERR_KERNEL_RESTARTED'));
    await this.#endProcess(graceMs, true);
    this.spec = spec;
    await this.start();
  }

  shutdown(options: { readonly graceMs?: number } = {}): Promise<void> {
    this.#shutdown ??= this.#shutdownOnce(options.graceMs ?? GRACE_MS);
    return this.#shutdown;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  get #outputFile(): string {
    return this.connectionFile.replace(/\.json$/, '.log');
  }

  #unlessShutDown(): void {
    if (this.#shutdown) throw new KernelDiedError(`The kernel ${this.#resolved.name} was shut down: launch another.`);
  }

  async #startOnce(): Promise<void> {
    this.#unlessShutDown();
    const deadline = performance.now() + (this.#options.timeoutMs ?? READY_TIMEOUT_MS);
    if (!this.#options.outlives) this.#file ??= atExit(() => this.#removeFile());
    // Only at the first start: after a restart, other clients look for it where it was. The handshake carries no CURVE keys.
    const registers = this.#info === undefined && knowsHandshake(this.spec) && !this.#options.encrypt;
    const { child, info } = registers ? await this.#startRegistering(deadline) : await this.#startBound();
    if (this.#client) await this.#client.reconnect(info);
    else this.#client = await KernelClient.connect(info, this.#options.client);
    await this.#unlessEnded(child, this.#client.waitForReady({ timeoutMs: Math.ceil(deadline - performance.now()) }));
    void child.ended.then(() => this.#onEnd(child));
  }

  /** The classic way: we choose the ports. */
  async #startBound(): Promise<{ child: KernelProcess; info: ConnectionInfo }> {
    this.#info ??= await this.#encrypted(await newConnection(this.#resolved.name));
    await writeConnectionFile(this.connectionFile, this.#info);
    return { child: await this.#startProcess(this.connectionFile), info: this.#info };
  }

  /** JEP 66: the kernel chooses the ports and tells them. */
  async #startRegistering(deadline: number): Promise<{ child: KernelProcess; info: ConnectionInfo }> {
    const registration = await newRegistration(await this.#service(), this.connectionFile);
    const child = await this.#startProcess(registration.file);
    const registered = await this.#unlessEnded(child, registration.connection(Math.ceil(deadline - performance.now())));
    this.#info = { ...registered, kernel_name: this.#resolved.name };
    await writeConnectionFile(this.connectionFile, this.#info);
    return { child, info: this.#info };
  }

  async #startProcess(connectionFile: string): Promise<KernelProcess> {
    this.#unlessShutDown();
    const env = { ...process.env, ...this.#options.env };
    const { cwd, outlives } = this.#options;
    const context = { spec: this.spec, resourceDir: this.#resolved.resourceDir, connectionFile, env, outlives };
    const command = commandLine(context);
    const outputFile = outlives ? this.#outputFile : undefined;
    this.#process = await KernelProcess.start({ command, env: kernelEnv(context), cwd, outputFile });
    this.#ending = false;
    if (this.#shutdown) this.#process.killTree();
    return this.#process;
  }

  async #encrypted(info: ConnectionInfo): Promise<ConnectionInfo> {
    if (!this.#options.encrypt) return info;
    if (knowsCurve(this.spec)) return withCurveKeys(info);
    const what = `The kernelspec ${this.#resolved.name} does not say that its kernel can encrypt`;
    throw new KernelStartError('ERR_KERNEL_START', `${what} (metadata.supported_encryption): start it without.`, '');
  }

  /** What is awaited of a kernel that starts; a KernelStartError if its process ends before, or if it does not come. */
  async #unlessEnded<T>(child: KernelProcess, awaited: Promise<T>): Promise<T> {
    const died = child.ended.then((end) => {
      const what = `The kernel ${this.#resolved.name} ended ${describeEnd(end)} before it was ready.`;
      throw new KernelStartError('ERR_KERNEL_START', what, child.lastOutput);
    });
    // The one that comes second may be a rejection too, of which nobody needs to know.
    died.catch(() => undefined);
    awaited.catch(() => undefined);
    try {
      return await Promise.race([awaited, died]);
    } catch (cause) {
      if (cause instanceof KernelStartError) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      const what = `The kernel ${this.#resolved.name} did not get ready: ${why}`;
      throw new KernelStartError('ERR_KERNEL_START', what, child.lastOutput, { cause });
    }
  }

  /** The process ended; unless we wanted that, everyone who waits for it learns it, and its children go too. */
  #onEnd(child: KernelProcess): void {
    if (this.#ending || child !== this.#process) return;
    const output = child.lastOutput === '' ? '' : `\n${child.lastOutput}`;
    const end = child.end ? describeEnd(child.end) : '';
    this.#client?.declareDead(new KernelDiedError(`The kernel ${this.#resolved.name} ended ${end}.${output}`));
    child.killTree();
    this.#dropFile();
  }

  async #shutdownOnce(graceMs: number): Promise<void> {
    const error = new KernelDiedError(`The kernel ${this.#resolved.name} was shut down.`);
    try {
      this.#client?.abandon(error);
      await this.#endProcess(graceMs, false);
    } finally {
      this.#client?.declareDead(error);
      this.#client?.close();
      this.#forgetPorts();
      this.#dropFile();
      this.#closed.resolve();
    }
  }

  /** Asks, terminates, kills: half of the grace time for each of the first two. */
  async #endProcess(graceMs: number, restart: boolean): Promise<void> {
    this.#ending = true;
    const child = this.#process;
    if (child === undefined) return;
    const endsWithin = (ms: number) =>
      within(child.ended, ms, () => new Error('still running')).then(
        () => true,
        () => false,
      );
    if (child.end === undefined && graceMs > 0) {
      // A kernel that works on one thread reads control only after the cell; jupyter_client interrupts it first too.
      if (this.spec.interrupt_mode !== 'message' && process.platform !== 'win32') child.signal('SIGINT');
      this.#client?.shutdown(restart, { timeoutMs: graceMs }).catch(() => undefined);
      if (!(await endsWithin(graceMs / 2))) {
        child.signal('SIGTERM');
        await endsWithin(graceMs / 2);
      }
    }
    child.killTree();
    await child.ended;
  }

  #forgetPorts(): void {
    if (this.#info) releasePorts(CHANNELS.map((channel) => this.#info?.[`${channel}_port`] ?? 0));
    this.#info = undefined;
  }

  #dropFile(): void {
    this.#file?.[Symbol.dispose]();
    this.#file = undefined;
    this.#removeFile();
  }

  #removeFile(): void {
    rmSync(this.connectionFile, { force: true });
    if (this.#options.outlives) rmSync(this.#outputFile, { force: true });
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof KernelStartError && /EADDRINUSE|address (is )?already in use/i.test(error.output);
}
