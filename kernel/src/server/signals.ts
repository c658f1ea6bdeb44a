/**
 * SIGINT interrupts the cell, as Jupyter's signal mode and Ctrl-C in the kernel's terminal mean it; SIGTERM and SIGHUP
 * end the kernel cleanly.
 */
export function handleSignals(target: { interrupt(): void; end(): void }): Disposable {
  const interrupt = (): void => target.interrupt();
  const end = (): void => target.end();
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  return {
    [Symbol.dispose]() {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', end);
      process.off('SIGHUP', end);
    },
  };
}
