/**
 * A Jupyter of our own for one test file: temporary folders for data, runtime and configuration, our kernelspecs installed in
 * them by `elara install`, and a copy of the examples.
 */
import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { python } from '../peers/paths.ts';

export const repository = resolve(import.meta.dirname, '../..');
const elaraScript = join(repository, 'dist/elara.js');

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
}

const execute = promisify(execFile);

export class Jupyter implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'elara-interop-'));
  /** Notebooks, with the data and the packages that they use. */
  readonly notebooks = join(this.folder, 'repository/examples');
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    JUPYTER_PATH: join(this.folder, 'share/jupyter'),
    JUPYTER_DATA_DIR: join(this.folder, 'data'),
    JUPYTER_RUNTIME_DIR: join(this.folder, 'runtime'),
    JUPYTER_CONFIG_DIR: join(this.folder, 'config'),
    IPYTHONDIR: join(this.folder, 'ipython'),
    ELARA_PYTHON: python,
    ELARA_CACHE: join(this.folder, 'cache'),
  };

  /** Rejects if the command line does not install its kernelspecs. */
  static async install(): Promise<Jupyter> {
    const jupyter = new Jupyter();
    try {
      mkdirSync(jupyter.notebooks, { recursive: true });
      cpSync(join(repository, 'examples'), jupyter.notebooks, { recursive: true, verbatimSymlinks: true });
      symlinkSync(join(repository, 'node_modules'), join(jupyter.folder, 'repository/node_modules'));
      await jupyter.elara(['install', '--prefix', jupyter.folder], { timeoutMs: 20_000 });
      return jupyter;
    } catch (error) {
      jupyter[Symbol.dispose]();
      throw error;
    }
  }

  /** File names of the example notebooks. */
  get examples(): string[] {
    return globSync('*.ipynb', { cwd: this.notebooks }).sort();
  }

  elara(args: readonly string[], options: { timeoutMs: number }): Promise<Finished> {
    // A cache of its own: what it installs is installed by the frontend as well, and said there.
    const env = { ...this.env, ELARA_CACHE: mkdtempSync(join(this.folder, 'cache-')) };
    return this.run(process.execPath, ['--disable-warning=ExperimentalWarning', elaraScript, ...args], {
      env,
      ...options,
    });
  }

  /** Runs a command to its end in the folder of the notebooks. Rejects with what it wrote if it fails or takes longer. */
  async run(
    command: string,
    args: readonly string[],
    { timeoutMs, env = this.env }: { timeoutMs: number; env?: NodeJS.ProcessEnv },
  ): Promise<Finished> {
    return await execute(command, args, { cwd: this.notebooks, env, timeout: timeoutMs, maxBuffer: 1 << 28 });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
