import { is2011, requestFrom2011 } from '@elara/protocol/dialect-2011';
import { ProtocolError } from '@elara/protocol/errors';
import type { ReceivedMessage } from '@elara/protocol/message';
import type { Kernel } from './kernel.ts';
import type { ExecutionQueue } from './queue.ts';
import type { Handler, Prepared, Reply, Request } from './request.ts';
import { handlers } from './requests/index.ts';
import { refuse, shellOf } from './shell-of.ts';

/**
 * Takes what came in on shell and control to what answers it, with busy before and idle after. Requests that need no
 * user code are answered at once; the others wait for their turn. Spec: "The way of a message".
 */
export class Dispatcher {
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Answers a message. One that cannot be understood is dropped with a warning that says why. */
  dispatch(channel: Request['channel'], message: ReceivedMessage): void {
    const kernel = this.#kernel;
    const msgType = message.header.msg_type;
    const handler = handlers.get(msgType);
    if (handler === undefined) {
      kernel.warnings.warn(
        'unknown message',
        `${JSON.stringify(msgType.slice(0, 100))} on ${channel}: not a request that this kernel knows`,
      );
      return;
    }
    try {
      const shell = shellOf(kernel, channel, message);
      const { queue } = typeof shell === 'string' ? kernel.subshells.main : shell;
      const request = readRequest(channel, message, handler, queue);
      const prepared = handler.prepare(kernel, request);
      if (typeof shell === 'string') void this.#answer(request, { answer: () => refuse(kernel, request, shell) });
      else if (handler.queued) this.#enqueue(handler, request, prepared);
      else void this.#answer(request, prepared);
    } catch (error) {
      if (error instanceof ProtocolError) {
        kernel.warnings.warn(error.code, `message on ${channel} dropped: ${error.message} (${error.code})`);
      } else kernel.log.error(`message on ${channel} dropped`, error);
    }
  }

  #enqueue(handler: Handler, request: Request, prepared: Prepared): void {
    const kernel = this.#kernel;
    const { beside } = handler;
    request.queue.push({
      client: request.client,
      abortable: handler.abort !== undefined,
      ...(prepared.begin !== undefined && { begin: prepared.begin }),
      ...(beside !== undefined && { beside: () => beside(kernel, request) }),
      run: () => kernel.supervisor.takeTurn(() => this.#answer(request, prepared, handler.announces)),
      abort: () => {
        kernel.iopub.status('busy', request.parent);
        if (handler.abort !== undefined) kernel.reply(request, handler.abort(kernel, request));
        kernel.iopub.status('idle', request.parent);
      },
    });
  }

  /** busy, the answer, everything that it published, its reply, idle. Does not reject. */
  async #answer(request: Request, { answer }: Prepared, announces = false): Promise<void> {
    const { iopub } = this.#kernel;
    let reply: Reply | undefined;
    try {
      if (!announces) iopub.status('busy', request.parent);
      const given = answer();
      reply = given instanceof Promise ? await given : given;
      const flushed = iopub.flush();
      if (flushed !== undefined) await flushed;
      if (reply !== undefined) this.#kernel.reply(request, reply);
    } catch (error) {
      this.#fail(request, error);
    }
    iopub.status('idle', request.parent);
    if (reply?.after !== undefined) await reply.after();
  }

  /** A fault of ours: the client learns of it, and so does the log. */
  #fail(request: Request, error: unknown): void {
    this.#kernel.log.error(`${request.message.header.msg_type} was not answered`, error);
    const ename = error instanceof Error ? error.name : 'Error';
    const evalue = error instanceof Error ? error.message : String(error);
    this.#kernel.reply(request, {
      content: {
        status: 'error',
        ename,
        evalue,
        traceback: [`${ename}: ${evalue}`],
        execution_count: this.#kernel.executionCount,
      },
    });
  }
}

function readRequest(
  channel: Request['channel'],
  message: ReceivedMessage,
  handler: Handler,
  queue: ExecutionQueue,
): Request {
  const { header, rawHeader, content } = message;
  const request = { channel, message, parent: rawHeader, client: header.session, queue };
  if (!is2011(header) && !handler.only2011) return { ...request, content };
  const adapted = requestFrom2011(header.msg_type, content);
  return { ...request, content: adapted.content, translate: adapted.reply };
}
