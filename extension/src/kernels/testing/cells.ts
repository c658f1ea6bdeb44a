import assert from 'node:assert/strict';
import type { KernelMessage } from '@jupyterlab/services';
import type { KernelSource, RunningKernel } from '../kernel.ts';
import type { KnownKernels } from '../known-kernels.ts';

/** What a cell published, as `name: text`, once it is done. */
export async function run(kernel: RunningKernel, code: string): Promise<string[]> {
  const future = kernel.connection.requestExecute({ code });
  const seen: string[] = [];
  future.onIOPub = (message) => void seen.push(...shown(message));
  await future.done;
  return seen;
}

export function shown({ header, content }: KernelMessage.IIOPubMessage): string[] {
  if (header.msg_type === 'stream' && 'text' in content) return [`stream: ${content.text}`];
  if (header.msg_type === 'execute_result' && 'data' in content) {
    return [`result: ${(content.data as Record<string, string>)['text/plain']}`];
  }
  if (header.msg_type === 'error' && 'ename' in content) return [`error: ${content.ename}`];
  return [];
}

export function source(kernels: KnownKernels, id: string): KernelSource {
  const found = kernels.sources.find((one) => one.id === id);
  assert.ok(found, `no ${id} among ${kernels.sources.map((one) => one.id).join(', ')}`);
  return found;
}

export function once<T>(event: (listener: (value: T) => void) => Disposable): Promise<T> {
  return new Promise((resolve) => {
    const listening = event((value) => {
      listening[Symbol.dispose]();
      resolve(value);
    });
  });
}

/** Resolves at the next message of this type. */
export function nextMessage(kernel: RunningKernel, type: string): Promise<KernelMessage.IMessage> {
  return once((listener: (message: KernelMessage.IMessage) => void) => {
    const hear = (_: unknown, { msg }: { msg: KernelMessage.IMessage }): void => {
      if (msg.header.msg_type === type) listener(msg);
    };
    kernel.connection.anyMessage.connect(hear);
    return { [Symbol.dispose]: () => void kernel.connection.anyMessage.disconnect(hear) };
  });
}

/** Resolves when the sources are as wanted. */
export function untilSources(kernels: KnownKernels, wanted: (ids: readonly string[]) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!wanted(kernels.sources.map(({ id }) => id))) return;
      listening[Symbol.dispose]();
      resolve();
    };
    const listening = kernels.onDidChangeSources(look);
    look();
  });
}
