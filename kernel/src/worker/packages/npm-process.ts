import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { npmProgram } from './npm-program.ts';

export interface NpmRun {
  /** Where it runs. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  /** Each line of its standard error, without colours. */
  readonly onLog?: (line: string) => void;
  /** What it writes to its standard output, as it comes. */
  readonly onOutput?: (text: string) => void;
}

export interface NpmEnd {
  /** Exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long npm may take to end when it is told to, in ms. */
const GRACE_MS = 2000;
/** How much of what npm writes is kept, in characters. */
const KEPT = 1_000_000;

/** JSR's registry for npm, unless the user has named another. */
const JSR = 'npm_config_@jsr:registry';

/**
 * Runs npm to its end. When `signal` aborts, it is told to end, and killed if it does not.
 * @throws PackageError ERR_NPM_MISSING; the signal's reason
 */
export async function runNpm({ folder, args, signal, onLog, onOutput }: NpmRun): Promise<NpmEnd> {
  signal.throwIfAborted();
  const [program, ...first] = npmProgram();
  const child = spawn(program, [...first, ...args], {
    cwd: folder,
    env: { [JSR]: 'https://npm.jsr.io', ...environment() },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout = (stdout + text).slice(-KEPT);
    onOutput?.(text);
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    stderr = `${stderr}${line}\n`.slice(-KEPT);
    onLog?.(line);
  });
  let killing: NodeJS.Timeout | undefined;
  const end = (): void => {
    child.kill('SIGTERM');
    killing = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    return { code, stdout, stderr };
  } finally {
    clearTimeout(killing);
    signal.removeEventListener('abort', end);
  }
}

/** What another npm that started this process has set for itself is not for this one. */
const FOREIGN =
  /^npm_(?:lifecycle|package|command|execpath|node_execpath|config_(?:local_prefix|global|workspaces?|include_workspace_root|prefix|save.*|dry_run|location|omit|include|json|loglevel))(?:_|$)/i;

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
}
