import { within } from '@elara/protocol/client/bounded';
import type { Kernel } from '@jupyterlab/services';

/**
 * Resolves when the connection is open.
 * @param reason Why it was closed, if it was.
 * @throws Error when it is closed, when the time is over, or when the signal aborts.
 */
export async function connected(
  connection: Kernel.IKernelConnection,
  timeoutMs: number,
  reason: () => string,
  signal?: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = (): void => {
    if (connection.connectionStatus === 'connected') resolve();
    else if (connection.connectionStatus === 'disconnected') reject(new Error(reason()));
  };
  const aborted = (): void => reject(signal?.reason);
  connection.connectionStatusChanged.connect(look);
  signal?.addEventListener('abort', aborted, { once: true });
  look();
  if (signal?.aborted) aborted();
  try {
    const late = `The kernel did not answer within ${Math.round(timeoutMs / 1000)} s. It may be stuck: restart it, or raise the setting elara.startTimeout.`;
    await within(promise, timeoutMs, () => Object.assign(new Error(late), { code: 'ERR_KERNEL_TIMEOUT' }));
  } finally {
    connection.connectionStatusChanged.disconnect(look);
    signal?.removeEventListener('abort', aborted);
  }
}
