import { existsSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { commandLine } from '@elara/protocol/client/command';
import type { KernelSpec } from '@elara/protocol/kernelspec';
import { KeeperError } from '../keeper/keeper.ts';
import type { Keepers } from '../keeper/keepers.ts';
import type { KeepPolicy } from '../keeper/messages.ts';
import { messageOf } from '../log.ts';
import { kernelEnvironment } from './environment.ts';
import { KernelsError, type KernelsHost } from './host.ts';
import { openKept } from './kept.ts';
import type { OpenOptions, RunningKernel } from './kernel.ts';
import { findNode, type Node } from './node.ts';

/** How long a kernel waits for a window to come back before it is ended, where that is wanted; in milliseconds. */
export const RELOAD_MS = 60_000;

const MINUTE_MS = 60_000;

/** What is to be started. */
export interface Startable {
  readonly name: string;
  readonly spec: KernelSpec;
  readonly resourceDir?: string;
  /** True if its program is a Node, whose place another one may take. */
  readonly onNode?: boolean;
}

/** Starts kernels through a keeper. */
export class Starter {
  readonly #host: KernelsHost;
  readonly #keepers: Keepers;

  constructor(host: KernelsHost, keepers: Keepers) {
    this.#host = host;
    this.#keepers = keepers;
  }

  get timeoutMs(): number {
    return this.#host.setting('elara.startTimeout') * 1000;
  }

  get policy(): KeepPolicy {
    const { setting } = this.#host;
    return {
      idleMs: setting('elara.idleTimeout') * MINUTE_MS,
      unattendedIdleMs: setting('elara.unattendedTimeout') * MINUTE_MS,
      unattendedMs: setting('elara.kernelsOnClose') === 'end' ? RELOAD_MS : 0,
      restart: setting('elara.restartOnDeath'),
    };
  }

  /** The Node that runs our own kernels now, if there is one. */
  readonly node = async (): Promise<Node | undefined> => {
    try {
      return await findNode(this.#host.setting('elara.node'));
    } catch (error) {
      this.#host.log.warn(messageOf(error));
      return undefined;
    }
  };

  /** @throws KernelsError, KeeperError with what the kernel wrote, and what else `ZmqKernel.open` does */
  async start({ name, spec, resourceDir, onNode = false }: Startable, options: OpenOptions): Promise<RunningKernel> {
    const { log, trusted, env } = this.#host;
    if (!trusted()) {
      throw new KernelsError(
        'ERR_UNTRUSTED',
        'This workspace is not trusted, so no kernel is started in it. Trust it with the command "Workspaces: Manage Workspace Trust" first.',
      );
    }
    const kernelEnv = kernelEnvironment(env);
    checkProgram({ name, spec, ...(resourceDir !== undefined && { resourceDir }) }, kernelEnv);
    const { cwd, signal, onProgress } = options;
    signal.throwIfAborted();
    onProgress(`Starting ${spec.display_name}`);
    const { timeoutMs, policy } = this;
    const begin = performance.now();
    const keeper = await this.#keepers.one();
    const rest = { cwd, onNode, env: kernelEnv, timeoutMs, policy };
    const params = { name, spec, ...(resourceDir !== undefined && { resourceDir }), ...rest };
    const started = await keeper.start(params, signal).catch((error: unknown) => {
      throw withAdvice(error, spec);
    });
    onProgress(`Connecting to ${spec.display_name}`);
    try {
      const kernel = await openKept(keeper, started, { timeoutMs, signal, log, node: this.node });
      log.info(
        `${spec.display_name}: started in ${Math.round(performance.now() - begin)} ms (process ${started.model.pid})`,
      );
      return kernel;
    } catch (error) {
      // Nobody would know of it.
      await keeper.shutdown(started.model.id, 0);
      throw error;
    }
  }
}

/** For what goes wrong most often, what to do about it. */
function withAdvice(error: unknown, { argv: [program] }: KernelSpec): unknown {
  if (!(error instanceof KeeperError) || !/No module named '?ipykernel/.test(error.message)) return error;
  const command = `${program} -m pip install ipykernel`;
  return new KeeperError(`${error.message}\nThis Python has no ipykernel. Install it: ${command}`, error.code);
}

/** Looks for the program before it is started, to be able to say what is missing. */
function checkProgram({ name, spec, resourceDir }: Startable, env: Readonly<Record<string, string>>): void {
  const [program] = commandLine({ spec, resourceDir, connectionFile: '', env });
  const path = spec.env?.PATH ?? env.PATH ?? env.Path ?? '';
  if (isAbsolute(program) ? isFile(program) : onPath(program, path)) return;
  const where = isAbsolute(program) ? 'is not there' : 'is not on PATH';
  const file = resourceDir === undefined ? 'its kernelspec' : join(resourceDir, 'kernel.json');
  throw new KernelsError(
    'ERR_NO_PROGRAM',
    `The kernel ${spec.display_name} (${name}) cannot be started: its program ${program} ${where}. Install it again, or correct the first entry of argv in ${file}.`,
  );
}

function onPath(program: string, path: string): boolean {
  if (program.includes('/') || program.includes('\\')) return true;
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', '.com', ''] : [''];
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .some((folder) => endings.some((ending) => existsSync(join(folder, program + ending))));
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
