import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { ExecuteOutcome } from '../../link.ts';
import { WorkerEndedError } from '../errors.ts';
import { queued } from '../handlers.ts';
import type { Kernel } from '../kernel.ts';
import type { Job } from '../queue.ts';
import type { Reply, Request } from '../request.ts';
import { endAsError } from '../worker-ended.ts';

/** Runs a cell. Spec: messaging, "Execute". */
export const execute = queued(
  'execute_request',
  async (kernel, request, content) => {
    const { code, silent = false, stop_on_error: stopOnError = true } = content;
    const storeHistory = !silent && (content.store_history ?? true);
    if (storeHistory) kernel.executionCount += 1;
    const count = kernel.executionCount;
    const started = new Date().toISOString();
    kernel.started(request);
    const running = kernel.worker.execute({
      parent: request.parent,
      code,
      count,
      silent,
      storeHistory,
      allowStdin: content.allow_stdin ?? false,
      userExpressions: content.user_expressions ?? {},
    });
    // The worker has begun by now; what it publishes cannot arrive before this function waits.
    kernel.iopub.withNext(() => {
      kernel.iopub.status('busy', request.parent);
      if (!silent) kernel.iopub.publish('execute_input', request.parent, { code, execution_count: count });
    });
    const outcome = await outcomeOf(kernel, request, running, silent);
    kernel.inputs.forgetOf(request.message.header.msg_id);
    kernel.declared.add(outcome.declared, count);
    if (storeHistory) kernel.history.add({ line: count, source: code, output: outcome.resultText ?? null });
    const doomed = outcome.status === 'error' && stopOnError && !silent ? await arrivedBefore(request) : [];
    return {
      content: contentOf(outcome, count),
      metadata: metadataOf(request, outcome.status, started),
      ...(doomed.length === 0 ? {} : { after: () => abortAll(doomed) }),
    };
  },
  {
    announces: true,
    abort: (kernel, request) => ({
      content: { status: 'aborted', execution_count: kernel.executionCount },
      metadata: metadataOf(request, 'aborted', new Date().toISOString()),
    }),
  },
);

/** How the cell ended; the worker's end is the cell's error. */
async function outcomeOf(
  kernel: Kernel,
  request: Request,
  running: Promise<ExecuteOutcome>,
  silent: boolean,
): Promise<ExecuteOutcome> {
  try {
    return await running;
  } catch (cause) {
    if (!(cause instanceof WorkerEndedError)) throw cause;
    const error = endAsError(cause.end, kernel.ending);
    if (!silent) kernel.iopub.publish('error', request.parent, error);
    return { status: 'error', error, userExpressions: {}, payload: [], declared: [] };
  }
}

function contentOf({ error, userExpressions, payload }: ExecuteOutcome, count: number): Reply['content'] {
  const common = { execution_count: count, user_expressions: userExpressions, payload };
  return error === undefined ? { status: 'ok', ...common } : { status: 'error', ...error, ...common };
}

/** `started` is what JupyterLab shows as the begin of the execution; the id of the cell is kept (JEP 62). */
function metadataOf({ message }: Request, status: string, started: string): NonNullable<Reply['metadata']> {
  const { cellId } = message.metadata;
  return cellId === undefined ? { started, status } : { started, status, cellId };
}

/**
 * Takes what the client had sent to this shell when its cell failed out of the queue, also what has arrived but was not
 * read yet. What it sends once it knows of the failure runs.
 */
async function arrivedBefore({ client, queue }: Request): Promise<Job[]> {
  await turnOfLoop();
  return queue.take(client);
}

function abortAll(jobs: readonly Job[]): void {
  for (const job of jobs) job.abort();
}
