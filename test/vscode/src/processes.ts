/**
 * Finds and ends the processes that a server leaves: each of them has the name of its run in its environment. Kernels and
 * what keeps them alive are detached on purpose, so that no process tree leads to them.
 */
import { readdirSync, readFileSync } from 'node:fs';

const VARIABLE = 'ELARA_TEST_RUN';

/** For the environment of everything that this process starts. `run` tells the servers of one process apart. */
export function runEnvironment(run: string): NodeJS.ProcessEnv {
  return { [VARIABLE]: `${process.pid}/${run}` };
}

export interface RunProcess {
  readonly pid: number;
  readonly commandLine: string;
}

/** The processes of a run, this one excluded. */
export function processesOf(run: string): RunProcess[] {
  return marked().filter(({ owner, name }) => owner === process.pid && name === run);
}

/** Those of the run that this process itself belongs to: what an extension host and its windows have started. */
export function processesAround(): RunProcess[] {
  const own = process.env[VARIABLE];
  return marked().filter(({ owner, name }) => `${owner}/${name}` === own);
}

/** Ends those that are wanted at once, and what they start meanwhile. */
export function killRun(run: string, wanted: (process: RunProcess) => boolean = () => true): void {
  const find = (): RunProcess[] => processesOf(run).filter(wanted);
  for (let found = find(); found.length > 0; found = find()) for (const { pid } of found) kill(pid);
}

/** Ends what test processes left that are no more, such as one that was ended by SIGKILL. */
export function killOrphans(): void {
  for (const { pid, owner } of marked()) if (!isAlive(owner)) kill(pid);
}

interface Marked extends RunProcess {
  readonly owner: number;
  readonly name: string;
}

function marked(): Marked[] {
  return readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    const [, owner, name] = new RegExp(`(?:^|\0)${VARIABLE}=(\\d+)/([^\0]*)`).exec(read(pid, 'environ')) ?? [];
    if (owner === undefined || name === undefined) return [];
    return [{ pid, owner: Number(owner), name, commandLine: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }];
  });
}

/** Empty for a process that has ended, and for one of another user. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  return read(pid, 'cmdline') !== '';
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
