import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { deserialize, serialize } from 'node:v8';
import { Channel } from './channel.ts';
import { Drain } from './drain.ts';
import { GatewayError } from './errors.ts';
import { encodeFrame, FrameReader, FrameType, GATEWAY_CHANNEL } from './frame.ts';
import { startChildProcess } from './popen.ts';
import { killTree } from './process-tree.ts';
import { type GatewaySpec, parseSpec } from './spec.ts';

/** What runs on the other side. */
export interface GatewayInfo {
  readonly platform: NodeJS.Platform;
  /** Version of Node, with its `v`. */
  readonly version: string;
  readonly pid: number;
  readonly arch: string;
  readonly cwd: string;
}

export interface GatewayEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface GatewayOptions {
  /** Modules that will be executed on its main thread: they are loaded while the interpreter starts. */
  readonly preload?: readonly URL[];
}

export interface RemoteExecOptions {
  /** `io`: on the thread that reads the wire, which runs while the main thread is busy. Default: `main`. */
  readonly on?: 'main' | 'io';
  /** Passed to the source's default export as its second argument; a structured clone. */
  readonly args?: unknown;
}

/** A running interpreter, and the way to talk to it. */
export class Gateway implements AsyncDisposable {
  readonly spec: GatewaySpec;
  /** Resolves when the other side has said what it is; rejects if it never does. */
  readonly info: Promise<GatewayInfo>;
  /** Resolves once the process has ended, whatever ended it, and all that it wrote before has been passed on. */
  readonly ended: Promise<GatewayEnd>;
  /** What the process, its addons and its children write to their file descriptors 1 and 2. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly #process: ChildProcess;
  readonly #input: Writable;
  readonly #output: Readable;
  readonly #descriptors: Drain;
  readonly #channels = new Map<number, Channel>();
  #nextChannel = 1;

  constructor(spec: GatewaySpec, { preload = [] }: GatewayOptions) {
    this.spec = spec;
    const child = startChildProcess(spec, preload);
    this.#process = child.process;
    this.#input = child.input;
    this.#output = child.output;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    this.#descriptors = new Drain([this.stdout, this.stderr]);
    const everything = new Drain([this.#output, this.stdout, this.stderr]);

    const info = Promise.withResolvers<GatewayInfo>();
    info.promise.catch(() => undefined);
    this.info = info.promise;
    const reader = new FrameReader(({ channel, type, payload }) => {
      if (type === FrameType.hello) info.resolve(deserialize(payload) as GatewayInfo);
      else this.#channels.get(channel)?.arrived(type, payload);
    });
    this.#output.on('data', (chunk: Buffer) => reader.push(chunk));
    this.#output.on('error', ignoreReset);
    this.#input.on('error', ignoreReset);

    const ended = Promise.withResolvers<GatewayEnd>();
    this.ended = ended.promise;
    const end = (result: GatewayEnd, error: GatewayError): void => {
      info.reject(error);
      for (const channel of this.#channels.values()) channel.ended(error);
      this.#channels.clear();
      ended.resolve(result);
    };
    this.#process.once('error', (error) => {
      end(
        { code: null, signal: null },
        new GatewayError(
          'ERR_INTERPRETER',
          `${spec.node ?? process.execPath} cannot be started: ${error.message}. Check that this Node exists.`,
          { cause: error },
        ),
      );
    });
    this.#process.once('exit', (code, signal) => {
      // What the process started does not outlive it, however it ended.
      this.kill();
      // Children in groups of their own may hold the pipes open: wait for what is in them, not for their end.
      everything.whenEmpty(() => {
        end(
          { code, signal },
          new GatewayError('ERR_GATEWAY_ENDED', `The interpreter ended (${signal ?? `exit code ${code}`}).`),
        );
      });
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /**
   * Runs code on the other side: a module of this machine by URL, or source text. Its default export is called with the
   * channel and `args`.
   *
   * @throws GatewayError ERR_GATEWAY_ENDED
   */
  remoteExec(source: URL | string, options: RemoteExecOptions = {}): Channel {
    const channel = new Channel(this.#nextChannel++, (frame) => this.#input.write(frame));
    this.#channels.set(channel.id, channel);
    const forget = (): boolean => this.#channels.delete(channel.id);
    channel.waitClose().then(forget, forget);
    const what = source instanceof URL ? { url: source.href } : { source };
    this.#input.write(
      encodeFrame(channel.id, FrameType.exec, serialize({ on: options.on ?? 'main', ...what, args: options.args })),
    );
    return channel;
  }

  /** Calls back when what had been written to the descriptors 1 and 2 has been given out. */
  whenOutputIsRead(callback: () => void): void {
    this.#descriptors.whenEmpty(callback);
  }

  /** Stops reading from the other side, so that it blocks as soon as the pipes are full. */
  pause(): void {
    for (const stream of [this.#output, this.stdout, this.stderr]) stream.pause();
  }

  resume(): void {
    for (const stream of [this.#output, this.stdout, this.stderr]) stream.resume();
  }

  /** Closes the wire, waits up to `graceMs`, then kills the process and its children. */
  async terminate(options: { readonly graceMs: number }): Promise<GatewayEnd> {
    this.#input.end(encodeFrame(GATEWAY_CHANNEL, FrameType.close, Buffer.alloc(0)));
    const timer = setTimeout(() => this.kill(), options.graceMs);
    try {
      return await this.ended;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process and its children at once. */
  kill(): void {
    if (this.#process.pid !== undefined) killTree(this.#process.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.terminate({ graceMs: 1000 });
  }
}

/** Starts an interpreter as the spec string says. Await `gateway.info` to know that it runs. */
export function makeGateway(spec: string | GatewaySpec, options: GatewayOptions = {}): Gateway {
  return new Gateway(typeof spec === 'string' ? parseSpec(spec) : spec, options);
}

/** The other side's end shows as a reset or a broken pipe; `ended` says why. */
function ignoreReset(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
}
