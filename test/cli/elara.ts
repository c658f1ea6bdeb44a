/** Runs the command `elara` from its sources, in a Jupyter of its own. */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ENTRY = join(import.meta.dirname, '..', '..', 'kernel', 'src', 'cli', 'elara.ts');

/** A command that hangs is a failure that says so, after that many milliseconds. */
const TOO_LONG_MS = 60_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** Resolves with all of stdout so far when it matches. */
  saw(pattern: RegExp): Promise<string>;
}

/** A folder with its own home, data and runtime folders of Jupyter; removed when it is disposed of. */
export class Place implements AsyncDisposable {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;

  private constructor(folder: string) {
    this.folder = folder;
    this.env = {
      ...process.env,
      HOME: folder,
      USERPROFILE: folder,
      JUPYTER_DATA_DIR: join(folder, 'data'),
      JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
      JUPYTER_PATH: undefined,
      VIRTUAL_ENV: undefined,
      CONDA_PREFIX: undefined,
      JPY_PARENT_PID: undefined,
      NO_COLOR: undefined,
      NODE_OPTIONS: undefined,
      // Those of node:test, which would make a child report to it.
      NODE_TEST_CONTEXT: undefined,
    };
  }

  static async make(): Promise<Place> {
    return new Place(await mkdtemp(join(tmpdir(), 'elara-cli-')));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  async write(name: string, content: string | object): Promise<string> {
    const file = this.path(name);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  read(name: string): Promise<string> {
    return readFile(this.path(name), 'utf8');
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
    const child = spawn(process.execPath, [ENTRY, ...args], { cwd: this.folder, env: { ...this.env, ...env } });
    let stdout = '';
    let stderr = '';
    const listeners = new Set<() => void>();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      for (const listener of listeners) listener();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<Ended>((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`elara ${args.join(' ')} did not end. stdout: ${stdout} stderr: ${stderr}`));
      }, TOO_LONG_MS);
      child.on('close', (code, signal) => {
        clearTimeout(timer);
        resolve({ code, signal, stdout, stderr });
      });
    });
    return {
      child,
      ended,
      saw: (pattern) =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            if (pattern.test(stdout)) resolve(stdout);
          };
          listeners.add(look);
          look();
          ended.then(() => reject(new Error(`ended without ${pattern}: ${stdout} ${stderr}`)), reject);
        }),
    };
  }

  /** Runs it to its end, with `input` on stdin. */
  async run(args: readonly string[], input = ''): Promise<Ended> {
    const { child, ended } = this.start(args);
    child.stdin.end(input);
    return await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The kernel of a command that was killed may be writing still.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** True while a process of that id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error && error.code === 'ESRCH');
    return false;
  }
}

/** Resolves when `condition` holds. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + TOO_LONG_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A notebook of code cells. A source, or a cell's fields. */
export function notebook(...cells: (string | { source: string; tags?: string[]; answers?: string[] })[]): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'typescript', display_name: 'TypeScript', language: 'typescript' } },
    cells: cells.map((cell, index) => {
      const { source, tags, answers } =
        typeof cell === 'string'
          ? { source: cell, tags: undefined, answers: undefined }
          : { tags: undefined, answers: undefined, ...cell };
      return {
        cell_type: 'code',
        id: `c${index + 1}`,
        metadata: { ...(tags && { tags }), ...(answers && { elara: { answers } }) },
        source,
        outputs: [],
        execution_count: null,
      };
    }),
  };
}
