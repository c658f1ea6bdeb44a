/** Questions to kernels that the stock connection has no method for, or no bound. */
import { within } from '@elara/protocol/client/bounded';
import { type Kernel, KernelMessage } from '@jupyterlab/services';
import { isRecord } from './values.ts';

/** For an answer on control, which comes also while cells run; in milliseconds. */
const CONTROL_MS = 5000;
/** For an answer on shell, behind the cells that run. */
const SHELL_MS = 600_000;

/** The kernel has said no: the message says why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

interface Future<Reply> {
  readonly done: Promise<Reply>;
  dispose(): void;
}

/** Waits for the answer, and gives up after a while. */
async function answerTo<Reply>(future: Future<Reply>, what: string, timeoutMs: number): Promise<Reply> {
  const late = (): Error => new Error(`The kernel did not answer ${what} within ${timeoutMs / 1000} s.`);
  try {
    return await within(future.done, timeoutMs, late);
  } finally {
    future.dispose();
  }
}

let seq = 0;

/**
 * Asks the debugger of a kernel, which need not be attached.
 * @returns The body of its response.
 * @throws RefusedError
 */
export async function askDebugger(
  connection: Kernel.IKernelConnection,
  command: string,
  args: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const request = { type: 'request', seq: ++seq, command, arguments: args } as const;
  const { content } = await answerTo(connection.requestDebug(request), command, CONTROL_MS);
  if (content.success) return isRecord(content.body) ? content.body : {};
  throw new RefusedError(content.message ?? `The kernel refuses ${command}.`);
}

export interface Usage {
  /** Bytes. */
  readonly memory: number;
}

/** What the kernel uses, by an extension of the protocol that ipykernel has and ours too. */
export async function askUsage(connection: Kernel.IKernelConnection): Promise<Usage> {
  const message = KernelMessage.createMessage<KernelMessage.IDebugRequestMsg>({
    // The stock types know only the requests of the messaging specification.
    msgType: 'usage_request' as 'debug_request',
    channel: 'control',
    session: connection.clientId,
    username: connection.username,
    content: {} as KernelMessage.IDebugRequestMsg['content'],
  });
  const reply = await answerTo(connection.sendControlMessage(message, true), 'usage_request', CONTROL_MS);
  const content: unknown = reply?.content;
  const memory = isRecord(content) ? content.kernel_memory : undefined;
  if (typeof memory !== 'number') throw new RefusedError('The kernel does not tell what it uses.');
  return { memory };
}

/** The values of expressions, by a request that leaves no trace. */
export async function evaluateSilently(
  connection: Kernel.IKernelConnection,
  expression: string,
): Promise<string | undefined> {
  const future = connection.requestExecute(
    {
      code: '',
      silent: true,
      store_history: false,
      allow_stdin: false,
      stop_on_error: false,
      user_expressions: { value: expression },
    },
    true,
  );
  const { content } = await answerTo(future, 'an expression', SHELL_MS);
  if (content.status !== 'ok') return undefined;
  const value: unknown = content.user_expressions?.value;
  if (!isRecord(value)) return undefined;
  if (value.status === 'error') throw new RefusedError(`${value.ename}: ${value.evalue}`);
  return isRecord(value.data) && typeof value.data['text/plain'] === 'string' ? value.data['text/plain'] : undefined;
}

/** How many cells the kernel has counted; undefined where it does not say. */
export async function askCellsRun(connection: Kernel.IKernelConnection): Promise<number | undefined> {
  const future = connection.requestExecute({ code: '', silent: true, store_history: false, allow_stdin: false }, true);
  const { content } = await answerTo(future, 'its count of cells', SHELL_MS);
  return typeof content.execution_count === 'number' ? content.execution_count : undefined;
}
