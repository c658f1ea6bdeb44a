import { randomUUID } from 'node:crypto';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { isRecord, type PlacedBuffer, placeBuffers } from './model-store.ts';

export const TARGET = 'jupyter.widget';
const CONTROL = { target: 'jupyter.widget.control', version: '1.0.0' };

export type JsonObject = KernelMessage.ICommMsgMsg['content']['data'];

/** Kernels are not obliged to answer which comms they have. */
const TIMEOUT_MS = 10_000;

/**
 * Asks a kernel for the widgets that it has, which others than this window have opened. A kernel that has none is asked for
 * nothing more than that.
 */
export async function requestModels(
  connection: Kernel.IKernelConnection,
  take: (id: string, state: Record<string, unknown>, buffers: readonly PlacedBuffer[]) => void,
): Promise<void> {
  const reply = await within(TIMEOUT_MS, connection.requestCommInfo({ target_name: TARGET }));
  // R's kernel leaves the comms out where it has none.
  if (reply?.content.status !== 'ok' || Object.keys(reply.content.comms ?? {}).length === 0) return;
  const control = connection.createComm(CONTROL.target, randomUUID());
  const { promise, resolve } = Promise.withResolvers<KernelMessage.ICommMsgMsg | undefined>();
  control.onMsg = resolve;
  control.onClose = () => resolve(undefined);
  control.open({}, { version: CONTROL.version });
  control.send({ method: 'request_states' });
  const answer = await promise;
  if (answer === undefined) return;
  control.close();
  const { states, buffer_paths: paths } = answer.content.data;
  const buffers = placeBuffers(paths, answer.buffers);
  for (const [id, model] of Object.entries(isRecord(states) ? states : {})) {
    if (!isRecord(model) || !isRecord(model.state)) continue;
    const own = buffers.filter(({ path }) => path[0] === id && path[1] === 'state');
    take(
      id,
      model.state,
      own.map(({ path, bytes }) => ({ path: path.slice(2), bytes })),
    );
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
