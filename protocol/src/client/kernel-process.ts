import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { atExit } from './at-exit.ts';
import { within } from './bounded.ts';
import { KernelStartError } from './errors.ts';
import { OutputFile, tailOf } from './output-file.ts';

/** How a process ended: by an exit code or by a signal. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StartOptions {
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string | undefined;
  /** Takes what the process writes, which then goes on when this process ends. Without it, it ends with this process. */
  readonly outputFile?: string | undefined;
}

/** Bytes of what a kernel's process writes that are kept for an error message. */
const TAIL_BYTES = 4 * 1024;

/** How long the last output of an ended process is waited for: its children may hold the pipe open; in milliseconds. */
const LAST_OUTPUT_MS = 200;

/** A kernel's process, first of its own process group on POSIX, so that its children can be interrupted and ended with it. */
export class KernelProcess {
  readonly pid: number;
  /** Resolves when the process itself has ended. Its children may still run: see `killTree`. */
  readonly ended: Promise<ProcessEnd>;
  #tail = '';
  readonly #file: OutputFile | undefined;
  #end: ProcessEnd | undefined;
  #gone = false;

  private constructor(child: ChildProcess, pid: number, file: OutputFile | undefined) {
    this.pid = pid;
    this.#file = file;
    const closed = once(child, 'close');
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#end = { code, signal };
        this.#tail ||= file?.tail(TAIL_BYTES) ?? '';
        file?.close();
        const settle = () => {
          child.stdout?.destroy();
          child.stderr?.destroy();
          resolve({ code, signal });
        };
        within(closed, LAST_OUTPUT_MS, () => new Error('still open')).then(settle, settle);
      });
    });
    this.#keepTail(child.stdout);
    this.#keepTail(child.stderr);
    if (file) return;
    // In an orderly exit of this process the kernel goes with it.
    const exit = atExit(() => this.killTree());
    void this.ended.then(() => exit[Symbol.dispose]());
  }

  /** @throws KernelStartError ERR_KERNEL_COMMAND if the program cannot be run. */
  static async start(options: StartOptions): Promise<KernelProcess> {
    const [program, ...args] = options.command;
    const file = options.outputFile === undefined ? undefined : new OutputFile(options.outputFile);
    const output = file?.descriptor ?? 'pipe';
    // On Windows a group of its own would only mean a console window of its own.
    const detached = process.platform !== 'win32';
    const child = spawn(program, args, {
      env: { ...options.env },
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      stdio: ['ignore', output, output],
      detached,
      windowsHide: true,
    });
    try {
      await once(child, 'spawn');
    } catch (cause) {
      file?.close();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new KernelStartError(
        'ERR_KERNEL_COMMAND',
        `The command of the kernelspec, ${JSON.stringify(program)}, cannot be run (${reason}). Is it installed, and the folder there?`,
        '',
        { cause },
      );
    }
    if (child.pid === undefined) throw new KernelStartError('ERR_KERNEL_COMMAND', `${program} has no process id.`, '');
    return new KernelProcess(child, child.pid, file);
  }

  /** Undefined while it runs. */
  get end(): ProcessEnd | undefined {
    return this.#end;
  }

  /** The last lines that it wrote to standard output and error, for a person. */
  get lastOutput(): string {
    return (this.#end ? this.#tail : (this.#file?.tail(TAIL_BYTES) ?? this.#tail)).trim();
  }

  /** Signals the process and its children. False if there is none any more. */
  signal(signal: NodeJS.Signals): boolean {
    if (this.#gone) return false;
    try {
      return process.kill(process.platform === 'win32' ? this.pid : -this.pid, signal);
    } catch {
      // ESRCH: all of them have ended; EPERM (macOS): those that have not are zombies.
      return false;
    }
  }

  /** Ends the process and its children at once, also if the process itself has ended before them. */
  killTree(): void {
    if (process.platform !== 'win32') this.signal('SIGKILL');
    else if (this.#end === undefined) spawnSync('taskkill', ['/pid', String(this.pid), '/T', '/F']);
    // Once all have ended, the number may soon be that of somebody else's group.
    this.#gone = this.#end !== undefined;
  }

  #keepTail(stream: Readable | null): void {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      this.#tail = tailOf(this.#tail + text, TAIL_BYTES);
    });
  }
}

/** `by SIGKILL` or `with exit code 1`. */
export function describeEnd(end: ProcessEnd): string {
  return end.signal === null ? `with exit code ${end.code}` : `by ${end.signal}`;
}
