/** How often it is looked whether the parent is still there, in milliseconds. */
const INTERVAL_MS = 1000;

/**
 * Calls `gone` once when the process that started the kernel has ended, so that no kernel outlives its frontend: the one of
 * `--parent-pid`, else the parent, if the environment's JPY_PARENT_PID says that it is to be watched (on Windows its
 * value is no process id, but a handle).
 */
export function watchParent(
  parentPid: number | undefined,
  env: Readonly<Record<string, string | undefined>>,
  gone: () => void,
  intervalMs = INTERVAL_MS,
): Disposable {
  const named = parentPid ?? namedBy(env);
  if (named === undefined) return { [Symbol.dispose]: () => undefined };
  const atStart = process.ppid;
  // A new parent means that the old one ended, even if its id is that of another process by now.
  const isGone = (): boolean => (named === atStart && process.ppid !== atStart) || !isRunning(named);
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    gone();
  }, intervalMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function namedBy(env: Readonly<Record<string, string | undefined>>): number | undefined {
  const value = env.JPY_PARENT_PID;
  if (value === undefined || !/^[1-9]\d*$/.test(value)) return undefined;
  return process.platform === 'win32' ? process.ppid : Number(value);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
