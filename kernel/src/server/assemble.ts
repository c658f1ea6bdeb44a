import { StringDecoder } from 'node:string_decoder';
import { Channel } from '@elara/protocol/channel';
import type { ReceivedMessage } from '@elara/protocol/message';
import type { Session } from '@elara/protocol/session';
import { Types } from '../types/index.ts';
import { Dispatcher } from './dispatcher.ts';
import { ServerError } from './errors.ts';
import { Headers } from './headers.ts';
import { echo } from './heartbeat.ts';
import { History } from './history/history.ts';
import { Inputs } from './inputs.ts';
import { Iopub } from './iopub.ts';
import { Kernel, type KernelParts } from './kernel.ts';
import { LimitedWarnings } from './log.ts';
import type { ServerOptions } from './server.ts';
import type { Sockets } from './sockets.ts';
import { translateTo2011 } from './translate-2011.ts';
import type { WorkerLink, WorkerListener } from './worker-link.ts';

export interface Assembled {
  readonly kernel: Kernel;
  readonly channels: readonly Channel[];
  /** Begins to receive. */
  listen(): void;
}

/** Puts the parts of a kernel together; nothing runs before `listen`. */
export function assemble(
  options: ServerOptions,
  session: Session,
  sockets: Sockets,
  end: KernelParts['end'],
): Assembled {
  const { log, dialect2011 = false, stallMs } = options;
  const headers = new Headers(session.username, session.id);
  const warnings = new LimitedWarnings(log);
  const channel = (name: 'shell' | 'control' | 'stdin'): Channel =>
    new Channel({
      name,
      session,
      socket: sockets[name],
      onDropped: (error) => warnings.warn(error.code, `message on ${name} dropped: ${error.message} (${error.code})`),
      onError: (error) => log.error(`a message on ${name} was not sent`, error),
    });
  const [shell, control, stdin] = [channel('shell'), channel('control'), channel('stdin')];
  const worker: WorkerLink = options.worker(listenerOf(() => kernel));
  const iopub = new Iopub({
    socket: sockets.iopub,
    session,
    headers,
    log,
    onPressure: (behind) => (behind ? worker.pause() : worker.resume()),
    ...(dialect2011 ? { translate: translateTo2011 } : {}),
    ...(stallMs === undefined ? {} : { stallMs }),
  });
  const inputs = new Inputs({
    socket: sockets.stdin,
    session,
    headers,
    log,
    warnings,
    answer: (question, value) => worker.answerInput(question, value),
  });
  const kernel = new Kernel({
    info: sockets.info,
    language: options.language ?? 'typescript',
    headers,
    channels: { shell, control },
    iopub,
    inputs,
    worker,
    history: new History({ log, ...(options.historyFile === undefined ? {} : { file: options.historyFile }) }),
    log,
    warnings,
    ...(options.types !== undefined && { types: new Types({ ...options.types, log }) }),
    dialect2011,
    end,
  });
  const dispatcher = new Dispatcher(kernel);

  function listen(): void {
    const running = {
      heartbeat: echo(sockets.heartbeat),
      iopub: iopub.welcome(),
      shell: receive(shell, (message) => dispatcher.dispatch('shell', message)),
      control: receive(control, (message) => dispatcher.dispatch('control', message)),
      stdin: receive(stdin, (message) => inputs.take(message)),
    };
    for (const [name, loop] of Object.entries(running)) {
      loop.catch((cause: unknown) => {
        // Deaf on a channel, the kernel would seem to hang.
        const error = new ServerError('ERR_SOCKET', `${name} can no longer be read`, { cause });
        log.error(error.message, cause);
        end('socket', error);
      });
    }
  }

  return { kernel, channels: [shell, control, stdin], listen };
}

async function receive(channel: Channel, take: (message: ReceivedMessage) => void): Promise<void> {
  for await (const message of channel.messages()) take(message);
}

/** What the worker says goes to the kernel, which does not exist yet when the worker is made. */
function listenerOf(kernel: () => Kernel): WorkerListener {
  // Characters may be cut in two by the end of a chunk.
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  return {
    publish: (publication) => kernel().publish(publication),
    input: (question) => kernel().ask(question),
    package: (found) => kernel().packages.add(found),
    asked: (question) => kernel().asked.answer(question),
    output: (name, bytes) => kernel().output(name, decoders[name].write(bytes)),
    ended: (workerEnd) => kernel().supervisor.ended(workerEnd),
  };
}
