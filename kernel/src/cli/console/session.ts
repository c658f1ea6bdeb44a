import {
  attachKernel,
  type InputHandler,
  isMessage,
  type KernelClient,
  KernelLauncher,
  KernelTimeoutError,
  type RunningKernel,
} from '@elara/protocol/client/index';
import { findConnectionFile } from '@elara/protocol/find-connection-file';
import { type ContentOf, parentId, type ReceivedMessage } from '@elara/protocol/message';
import { chooseKernel } from '../choose-kernel.ts';
import { codePoints, type EditBuffer, fromCodePoints } from './edit-buffer.ts';
import type { Completion } from './line-editor.ts';

export interface SessionOptions {
  /** Connection file of a running kernel, or a part of its name. Absent: a kernel is started. */
  readonly existing: string | undefined;
  /** Name of the kernel to start. Absent: ours. */
  readonly kernel: string | undefined;
  /** Absolute path of the command's file. */
  readonly entry: string;
}

export interface RunHandlers {
  /** What the cell publishes. It is waited for. */
  readonly onOutput: (message: ReceivedMessage) => Promise<void>;
  readonly onInput: InputHandler;
}

/** Bounds of what a person waits for while typing, in milliseconds. */
const COMPLETE_MS = 3000;
const INSPECT_MS = 5000;
const IS_COMPLETE_MS = 1000;
const HISTORY_MS = 2000;
const COUNT_MS = 2000;
const HISTORY_LENGTH = 1000;
const GRACE_MS = 2000;

/** A person's conversation with one kernel: our own to end, or one that others use too. */
export class ConsoleSession implements AsyncDisposable {
  readonly client: KernelClient;
  readonly info: Extract<ContentOf<'kernel_info_reply'>, { language_info: unknown }>;
  /** The number of the next cell. */
  nextCount = 1;
  readonly #running: RunningKernel | undefined;
  readonly #cells = new Set<string>();
  #current: string | undefined;

  private constructor(client: KernelClient, info: ConsoleSession['info'], running: RunningKernel | undefined) {
    this.client = client;
    this.info = info;
    this.#running = running;
  }

  /**
   * @param ending Aborts when the session is not wanted any more; a kernel that is starting is ended then.
   * @throws what `attachKernel` and `launch` throw
   */
  static async open({ existing, kernel, entry }: SessionOptions, ending: AbortSignal): Promise<ConsoleSession> {
    if (existing !== undefined) {
      const client = await attachKernel(await findConnectionFile(existing || undefined));
      const session = new ConsoleSession(client, await client.waitForReady(), undefined);
      await session.#askForCount();
      return session;
    }
    const { launch } = await chooseKernel({ name: kernel, entry });
    const launcher = new KernelLauncher();
    const stop = (): void => void launcher[Symbol.asyncDispose]();
    ending.addEventListener('abort', stop);
    try {
      const running = await launcher.launch(launch);
      return new ConsoleSession(running.client, await running.client.waitForReady(), running);
    } catch (error) {
      await launcher[Symbol.asyncDispose]();
      throw error;
    } finally {
      ending.removeEventListener('abort', stop);
    }
  }

  get language(): string {
    return this.info.language_info.name;
  }

  /** True if the kernel goes on when this session ends. */
  get shared(): boolean {
    return this.#running === undefined;
  }

  /** Runs a cell. Resolves with its reply after all its output was given to `onOutput`. @throws KernelDiedError */
  async run(code: string, { onOutput, onInput }: RunHandlers): Promise<ContentOf<'execute_reply'>> {
    const execution = this.client.execute(code, { onInput });
    this.#current = execution.msgId;
    this.#cells.add(execution.msgId);
    try {
      for await (const message of execution) await onOutput(message);
      const reply = await execution.done;
      this.nextCount = (reply.execution_count ?? this.nextCount) + 1;
      return reply;
    } finally {
      this.#current = undefined;
    }
  }

  /** Output of this session's cells that comes when they are over, and what happens to the kernel itself. */
  onLateOutput(listener: (message: ReceivedMessage) => void): Disposable {
    return this.client.onIopub((message) => {
      const id = parentId(message);
      const late = id !== undefined && id !== this.#current && this.#cells.has(id);
      if (late || (isMessage(message, 'status') && message.content.execution_state === 'restarting')) listener(message);
    });
  }

  async interrupt(): Promise<void> {
    if (this.#running) await this.#running.interrupt();
    else await this.client.interrupt();
  }

  /** Whether Enter ends the text, or how its next line is indented. */
  async enter(code: string): Promise<{ done: true } | { done: false; indent: string }> {
    try {
      const reply = await this.client.isComplete(code, { timeoutMs: IS_COMPLETE_MS });
      if (reply.status === 'incomplete') return { done: false, indent: reply.indent ?? '' };
      if (reply.status !== 'unknown') return { done: true };
    } catch (error) {
      // Some kernels do not answer it, at all or while they are busy.
      if (!(error instanceof KernelTimeoutError)) throw error;
    }
    // An empty line ends a text of several lines.
    return !code.includes('\n') || /\n\s*$/.test(code) ? { done: true } : { done: false, indent: '' };
  }

  async complete({ text, cursor }: EditBuffer): Promise<Completion | undefined> {
    try {
      const reply = await this.client.complete(text, codePoints(text.slice(0, cursor)), { timeoutMs: COMPLETE_MS });
      if (reply.status !== 'ok') return undefined;
      const { matches, cursor_start, cursor_end } = reply;
      return { matches, start: fromCodePoints(text, cursor_start), end: fromCodePoints(text, cursor_end) };
    } catch (error) {
      if (error instanceof KernelTimeoutError) return undefined;
      throw error;
    }
  }

  /** What the kernel knows of a name; undefined for nothing. @throws KernelTimeoutError when it does not answer. */
  async inspect(name: string, detailLevel: 0 | 1): Promise<Record<string, unknown> | undefined> {
    const reply = await this.client.inspect(name, codePoints(name), detailLevel, { timeoutMs: INSPECT_MS });
    return reply.status === 'ok' && reply.found ? reply.data : undefined;
  }

  /** What was typed in earlier sessions and this one, oldest first. */
  async history(): Promise<string[]> {
    try {
      const reply = await this.client.history(
        { hist_access_type: 'tail', n: HISTORY_LENGTH, raw: true, output: false },
        { timeoutMs: HISTORY_MS },
      );
      if (reply.status !== 'ok') return [];
      return reply.history.map(([, , input]) => (typeof input === 'string' ? input : input[0]));
    } catch (error) {
      // A kernel without history, or one that is busy.
      if (error instanceof KernelTimeoutError) return [];
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#running) await this.#running.shutdown({ graceMs: GRACE_MS });
    else this.client.close();
  }

  /** A kernel that others use has counted cells already. */
  async #askForCount(): Promise<void> {
    try {
      const reply = await this.client.execute('', { silent: true, timeoutMs: COUNT_MS }).done;
      this.nextCount = (reply.execution_count ?? 0) + 1;
    } catch (error) {
      // It is busy: the first reply will tell.
      if (!(error instanceof KernelTimeoutError)) throw error;
    }
  }
}
