import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { describeEnd } from '@elara/protocol/client/kernel-process';
import { KernelLauncher } from '@elara/protocol/client/launcher';
import type { RunningKernel } from '@elara/protocol/client/running-kernel';
import type { KernelSpec } from '@elara/protocol/kernelspec';
import type { ReceivedMessage } from '@elara/protocol/message';
import type { KernelEnd } from '../kernels/kernel.ts';
import type { Node } from '../kernels/node.ts';
import { messageOf } from '../log.ts';
import type { Attached, KeepPolicy, KeptModel, StartParams } from './messages.ts';
import { Record } from './record.ts';

/** How long it is remembered how a kernel ended that no window looks at, in milliseconds. */
const MEMORY_MS = 600_000;

export interface KeptKernelEvents {
  onEnded(kernel: KeptKernel, end: KernelEnd): void;
  onRestarted(kernel: KeptKernel): void;
  /** It is gone for good. The reason is as in `KernelEnd`. */
  onGone(kernel: KeptKernel, reason: string): void;
}

/** A kernel of this keeper: started once, restarted as asked, watched until it is shut down. */
export class KeptKernel {
  readonly id = randomUUID();
  /** The windows that look at it, and the clients that they are. */
  readonly #windows = new Map<object, Set<string>>();
  /** Clients that have left, the last one at the end: the next window becomes that one. */
  readonly #left: string[] = [];
  readonly #params: StartParams;
  readonly #events: KeptKernelEvents;
  readonly #launcher = new KernelLauncher();
  readonly #record = new Record();
  #policy: KeepPolicy;
  #kernel: RunningKernel | undefined;
  #startedAt = Date.now();
  #end: KernelEnd | undefined;
  /** True while an end of the process is our own doing. */
  #ending = false;
  #gone = false;
  #restarting: Promise<void> | undefined;
  /** True once it has run something since its start: one that dies before that would die again. */
  #worked = false;
  /** When it last did something. */
  #active = performance.now();
  /** When the last window left it. */
  #leftAt = Date.now();

  private constructor(params: StartParams, events: KeptKernelEvents) {
    this.#params = params;
    this.#policy = params.policy;
    this.#events = events;
  }

  /** @throws KernelStartError and what else `KernelLauncher.launch` does; the signal's reason */
  static async start(params: StartParams, events: KeptKernelEvents, signal: AbortSignal): Promise<KeptKernel> {
    const kept = new KeptKernel(params, events);
    const stop = (): void => void kept.#launcher[Symbol.asyncDispose]();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const { spec, name, resourceDir, cwd, env, timeoutMs } = params;
      kept.#kernel = await kept.#launcher.launch({
        spec,
        name,
        ...(resourceDir !== undefined && { resourceDir }),
        cwd,
        env,
        timeoutMs,
        outlives: true,
      });
      signal.throwIfAborted();
    } finally {
      signal.removeEventListener('abort', stop);
    }
    kept.#kernel.client.onIopub((message) => kept.#onIopub(message));
    kept.#watch();
    return kept;
  }

  get model(): KeptModel {
    const { spec, name, cwd, onNode = false } = this.#params;
    return {
      id: this.id,
      specName: name,
      displayName: spec.display_name,
      language: spec.language,
      connectionFile: this.#running.connectionFile,
      pid: this.#running.process.pid,
      cwd,
      onNode,
      startedAt: this.#startedAt,
      clients: this.#windows.values().reduce((sum, clients) => sum + clients.size, 0),
      ...(this.#windows.size === 0 && { unattendedSince: this.#leftAt }),
      ...(this.#end && { end: this.#end }),
    };
  }

  set policy(policy: KeepPolicy) {
    this.#policy = policy;
  }

  attach(window: object): Attached {
    const clients = this.#windows.get(window) ?? new Set();
    this.#windows.set(window, clients);
    const client = this.#left.pop() ?? randomUUID();
    clients.add(client);
    this.#record.windowCame();
    this.#active = performance.now();
    return { model: this.model, client };
  }

  /** The window has closed one of its connections. */
  detach(window: object, client: string): void {
    const clients = this.#windows.get(window);
    if (!clients?.delete(client)) return;
    this.#left.push(client);
    if (clients.size === 0) this.forget(window);
  }

  /** The window is gone. True if it was attached. */
  forget(window: object): boolean {
    const clients = this.#windows.get(window);
    if (clients === undefined) return false;
    this.#left.push(...clients);
    this.#windows.delete(window);
    this.#active = performance.now();
    this.#leftAt = Date.now();
    return true;
  }

  missed(requests: readonly string[]): ReceivedMessage[] {
    return this.#record.take(new Set(requests));
  }

  interrupt(): Promise<void> {
    return this.#running.interrupt();
  }

  /**
   * Resolves when the new process is ready.
   * @param node For a kernel that runs on a Node which is gone.
   */
  restart(node?: Node): Promise<void> {
    this.#restarting ??= this.#restart(node).finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async #restart(node: Node | undefined): Promise<void> {
    this.#ending = true;
    try {
      await this.#running.restart({ spec: this.#specOn(node) });
    } catch (error) {
      // The launcher gives a kernel up that does not start again.
      this.#leave(`and did not start again: ${messageOf(error)}`);
      throw error;
    }
    this.#end = undefined;
    this.#startedAt = Date.now();
    this.#record.clear();
    this.#watch();
    this.#events.onRestarted(this);
  }

  #specOn(node: Node | undefined): KernelSpec {
    const { spec } = this.#running;
    const [program, ...args] = spec.argv;
    if (!this.#params.onNode || node === undefined || existsSync(program)) return spec;
    return { ...spec, argv: [node.path, ...args], env: { ...spec.env, ...node.env } };
  }

  async shutdown(reason: string, graceMs?: number): Promise<void> {
    this.#ending = true;
    await this.#running.shutdown(graceMs === undefined ? {} : { graceMs });
    this.#leave(reason);
  }

  /** Ends it if its policy says so by now. */
  async tick(): Promise<void> {
    const idle = performance.now() - this.#active;
    const { idleMs, unattendedIdleMs, unattendedMs } = this.#policy;
    const unattended = this.#windows.size === 0;
    if (unattended && unattendedMs > 0 && Date.now() - this.#leftAt >= unattendedMs) {
      return this.shutdown('because VS Code was closed');
    }
    if (this.#end && unattended && Date.now() - this.#leftAt >= MEMORY_MS) return this.shutdown('long ago');
    if (this.#record.busy) return;
    if (idleMs > 0 && idle >= idleMs) {
      return this.shutdown(`because it had run nothing for ${minutes(idleMs)}`);
    }
    if (unattended && unattendedIdleMs > 0 && idle >= unattendedIdleMs) {
      const since = minutes(unattendedIdleMs);
      return this.shutdown(`because it had run nothing for ${since}, and no window was attached`);
    }
  }

  get #running(): RunningKernel {
    if (this.#kernel) return this.#kernel;
    throw new Error('The kernel is not started.');
  }

  #onIopub(message: ReceivedMessage): void {
    // Its own answers to what windows ask in the background are no work.
    if (message.parentHeader.msg_type === 'execute_request') {
      this.#active = performance.now();
      this.#worked = true;
    }
    this.#record.add(message, this.#windows.size > 0);
  }

  #watch(): void {
    const { process } = this.#running;
    this.#ending = false;
    this.#worked = false;
    this.#active = performance.now();
    void process.ended.then((end) => {
      if (this.#ending || process !== this.#running.process) return;
      this.#onEnd({ reason: describeEnd(end), lastOutput: this.#running.lastOutput });
    });
  }

  #onEnd(end: KernelEnd): void {
    this.#end = end;
    this.#record.end();
    const restarting = this.#policy.restart && this.#worked;
    this.#events.onEnded(this, { ...end, restarting });
    // What goes wrong is told by `onGone`.
    if (restarting) this.restart().catch(() => undefined);
  }

  #leave(reason: string): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#events.onGone(this, reason);
  }
}

function minutes(ms: number): string {
  const rounded = Math.round(ms / 6000) / 10;
  return rounded === 1 ? '1 minute' : `${rounded} minutes`;
}
