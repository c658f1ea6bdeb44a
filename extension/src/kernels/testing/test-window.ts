import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KernelSpec } from '@elara/protocol/kernelspec';
import type { SettingValue } from '../../context.ts';
import { SETTINGS, type SettingId } from '../../contributions.ts';
import { keeperFiles, readKeeperFile } from '../../keeper/address.ts';
import { Keeper } from '../../keeper/keeper.ts';
import { SILENT } from '../../log.ts';
import type { KernelsHost, Memory, Secrets } from '../host.ts';
import type { OpenOptions } from '../kernel.ts';
import { KnownKernels } from '../known-kernels.ts';
import type { ProgramSource, Programs } from '../programs.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');
const KERNEL = join(REPOSITORY, 'kernel/src/cli/elara.ts');
const KEEPER = join(REPOSITORY, 'extension/src/keeper/main.ts');

/** The programs that windows of tests start. */
export function fromSources(changes: Partial<Programs> = {}): ProgramSource {
  return { current: async () => ({ kernel: KERNEL, keeper: KEEPER, ...changes }), removeOthers: async () => undefined };
}

/** A user's machine: folders of its own for Jupyter's files, and windows. */
export class TestMachine implements AsyncDisposable {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'elara-window-')));
  readonly env: Readonly<Record<string, string>>;
  readonly #windows: KnownKernels[] = [];
  readonly #before: Readonly<Record<string, string | undefined>>;

  constructor() {
    const at = (name: string): string => join(this.folder, name);
    const own = {
      HOME: at('home'),
      JUPYTER_RUNTIME_DIR: at('runtime'),
      JUPYTER_DATA_DIR: at('data'),
      JUPYTER_PATH: at('path'),
      IPYTHONDIR: at('ipython'),
    };
    for (const folder of [own.HOME, at('work')]) mkdirSync(folder, { recursive: true });
    this.#before = Object.fromEntries(Object.keys(own).map((name) => [name, process.env[name]]));
    Object.assign(process.env, own);
    this.env = { ...(process.env as Record<string, string>), ...own };
  }

  /** The kernels as one window of VS Code has them. Another one is another window, or the same after a reload. */
  window(changes: Partial<KernelsHost> & { settings?: Partial<Record<SettingId, unknown>> } = {}): KnownKernels {
    const { settings = {}, ...host } = changes;
    const values: Partial<Record<SettingId, unknown>> = { 'elara.typeCheck': 'off', ...settings };
    const kernels = new KnownKernels({
      version: '0.0.0-test',
      programs: fromSources(),
      keeperLingerMs: 100,
      env: this.env,
      log: SILENT,
      setting: <Id extends SettingId>(id: Id) => (values[id] ?? SETTINGS[id].default) as SettingValue<Id>,
      tellOnce: () => undefined,
      trusted: () => true,
      workspaceFolders: () => [],
      memory: memory(),
      secrets: secrets(),
      ...host,
    });
    this.#windows.push(kernels);
    return kernels;
  }

  /** Installs a kernelspec whose kernel is ours, unless it says something else. */
  install(name: string, spec: Partial<KernelSpec> = {}): string {
    const folder = join(this.folder, 'path', 'kernels', name);
    mkdirSync(folder, { recursive: true });
    const whole: KernelSpec = {
      argv: [process.execPath, KERNEL, 'kernel', '--history', 'none', '--check', 'off', '-f', '{connection_file}'],
      display_name: name,
      language: 'typescript',
      interrupt_mode: 'message',
      ...spec,
    };
    writeFileSync(join(folder, 'kernel.json'), JSON.stringify(whole));
    return folder;
  }

  options(changes: Partial<OpenOptions> = {}): OpenOptions {
    const { signal } = new AbortController();
    return { cwd: join(this.folder, 'work'), onProgress: () => undefined, signal, ...changes };
  }

  /** Closes the windows, and ends every kernel and keeper. */
  async [Symbol.asyncDispose](): Promise<void> {
    const processes = this.#windows.flatMap(({ open }) =>
      open.flatMap(({ place }) => (place.kind === 'local' && place.pid !== undefined ? [place.pid] : [])),
    );
    for (const window of this.#windows) window.dispose();
    for (const file of await keeperFiles()) {
      const keeper = await readKeeperFile(file)
        .then((address) => Keeper.connect(address))
        .catch(() => undefined);
      // One that was killed leaves its file, until a window sees that.
      if (keeper === undefined) continue;
      await Promise.all((await keeper.list()).map(({ id }) => keeper.shutdown(id, 0)));
      keeper.dispose();
    }
    // Those whose keeper was killed are nobody's.
    for (const pid of processes) endAtOnce(pid);
    for (const [name, value] of Object.entries(this.#before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

function memory(): Memory {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string) => values.get(key) as T | undefined,
    update: async (key, value) => void values.set(key, value),
  };
}

function secrets(): Secrets {
  const values = new Map<string, string>();
  return {
    get: async (key) => values.get(key),
    store: async (key, value) => void values.set(key, value),
    delete: async (key) => void values.delete(key),
  };
}
