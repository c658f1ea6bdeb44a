import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { within } from '@elara/protocol/client/bounded';
import { kernelEnvironment } from '../kernels/environment.ts';
import { messageOf } from '../log.ts';
import { keeperLog } from './address.ts';
import { KeeperError } from './keeper.ts';

/** For a keeper to be ready, in milliseconds. */
const START_MS = 20_000;

export interface KeeperProgram {
  /** The keeper's program. */
  readonly entry: string;
  /** The Node that runs it. */
  readonly node: string;
  /** Of the extension. */
  readonly version: string;
  /** How long a keeper without kernels and windows stays, in milliseconds. */
  readonly lingerMs: number;
}

/**
 * Starts a keeper, which goes on when this process ends. Resolves to its process id when it can be reached by its file.
 * @throws KeeperError with the last lines that it wrote
 */
export async function startKeeper(file: string, program: KeeperProgram): Promise<number | undefined> {
  const failed = (what: string): KeeperError => {
    const message = `The process that keeps the kernels did not start: ${what}\n${lastLines(keeperLog(file))}`;
    return new KeeperError(message.trim(), 'ERR_KEEPER_START');
  };
  let child: ChildProcess;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    child = spawnKeeper(file, program);
  } catch (error) {
    throw failed(messageOf(error));
  }
  const ended = once(child, 'exit').then(
    ([code, signal]) => Promise.reject(failed(`it ended ${signal ? `by ${signal}` : `with exit code ${code}`}.`)),
    (error: unknown) => Promise.reject(failed(messageOf(error))),
  );
  ended.catch(() => undefined);
  try {
    const ready = child.stdout ? once(child.stdout, 'data') : ended;
    const late = () => failed(`it was not ready within ${START_MS / 1000} s.`);
    await within(Promise.race([ready, ended]), START_MS, late);
  } catch (error) {
    child.kill();
    rmSync(keeperLog(file), { force: true });
    throw error;
  }
  child.stdout?.destroy();
  child.unref();
  return child.pid;
}

function spawnKeeper(file: string, { entry, node, version, lingerMs }: KeeperProgram): ChildProcess {
  const log = openSync(keeperLog(file), 'a', 0o600);
  // What is set for the programs of a window, as by a debugger, is not meant for what outlives it.
  const { NODE_OPTIONS: _, ...env } = kernelEnvironment(process.env);
  try {
    return spawn(node, [entry, file, version, String(lingerMs)], {
      // A folder that nobody wants to remove.
      cwd: dirname(node),
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', log],
      detached: true,
      windowsHide: true,
    });
  } finally {
    closeSync(log);
  }
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-15).join('\n');
  } catch {
    // It was not even written.
    return '';
  }
}
