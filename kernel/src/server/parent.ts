/** How often the parent is looked for, in ms. */
const POLL_MS = 1000;

/**
 * Calls `gone` once the process that started this one has ended, so that no kernel is left behind.
 * @param pid The parent: that of this process, or any other.
 */
export function watchParent(pid: number, gone: () => void): Disposable {
  // An orphan gets another parent, which tells even where the number is in use again.
  const isParent = process.ppid === pid;
  const timer = setInterval(() => {
    if (isParent ? process.ppid === pid : exists(pid)) return;
    clearInterval(timer);
    gone();
  }, POLL_MS).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists, and is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
