import type { KernelInfoReplyOk } from '../generated/messages.ts';
import { after } from './bounded.ts';
import { KernelError, KernelTimeoutError } from './errors.ts';
import type { KernelClient } from './kernel-client.ts';

/** How long a client waits for iopub_welcome, or for the status of a probe, before it probes again (JEP 65: 500 ms), in milliseconds. */
const IOPUB_WAIT_MS = 500;

/** After that without a kernel_info_reply on shell it is also asked for on control, which a busy kernel answers; in milliseconds. */
const BUSY_AFTER_MS = 1000;

/**
 * Waits until a kernel answers and until its iopub reaches this client: subscribing takes a moment, in which outputs
 * would be lost. iopub counts as seen by its first message: iopub_welcome (JEP 65) or, from kernels that send none, the
 * status of a kernel_info_request that is sent for that.
 * @throws KernelTimeoutError, naming what did not come; KernelDiedError; KernelError ERR_KERNEL_START if kernel_info fails.
 */
export async function untilReady(client: KernelClient, timeoutMs: number): Promise<KernelInfoReplyOk> {
  const deadline = performance.now() + timeoutMs;
  const left = () => deadline - performance.now();
  const info = await kernelInfo(client, timeoutMs);
  await sleepUntil(client.iopubSeen, Math.min(IOPUB_WAIT_MS, left()));
  while (!client.iopubSeen.aborted) {
    if (left() <= 0) {
      throw new KernelTimeoutError('message on iopub', timeoutMs, 'The kernel answers, but its iopub port does not.');
    }
    // Shell may be busy with a cell, whose end nobody knows: control answers all the same, and its status is on iopub too.
    const probe = client.request('control', 'kernel_info_request', {}, { timeoutMs: left() });
    probe.catch(() => undefined);
    const other = client.request('shell', 'kernel_info_request', {}, { timeoutMs: left() });
    other.catch(() => undefined);
    await sleepUntil(client.iopubSeen, Math.min(IOPUB_WAIT_MS, left()));
  }
  return info;
}

async function kernelInfo(client: KernelClient, timeoutMs: number): Promise<KernelInfoReplyOk> {
  const options = { timeoutMs };
  const onShell = client.request('shell', 'kernel_info_request', {}, options);
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<typeof onShell>>();
  const cancel = after(BUSY_AFTER_MS, () => {
    client.request('control', 'kernel_info_request', {}, options).then(resolve, reject);
  });
  try {
    const { content } = await Promise.race([onShell, promise]);
    if (content.status === 'error' || content.status === 'aborted') {
      const why = content.status === 'error' ? `${content.ename}: ${content.evalue}` : content.status;
      throw new KernelError('ERR_KERNEL_START', `The kernel refused kernel_info_request: ${why}`);
    }
    // Some kernels (tslab) tell about themselves and say no status.
    return content;
  } finally {
    cancel();
    // Whichever of the two lost the race may still fail: by then nobody asks.
    onShell.catch(() => undefined);
    promise.catch(() => undefined);
  }
}

function sleepUntil(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const cancel = after(ms, done);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
