/** Ends this process and its children: a gateway's process leads a group of its own where the platform has groups. */
export function endProcessGroup(): void {
  try {
    if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}
