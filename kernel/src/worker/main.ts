/** The worker's code on the main thread: holds the user's namespace and runs the cells. */
import type { RemoteChannel } from '@elara/gateway';
import { createConsole, createStream, installConsole } from './console/index.ts';
import { createDisplayGlobals } from './display/index.ts';
import { ErrorFormatter } from './errors.ts';
import { Executor } from './executor.ts';
import { Input, installInput } from './input.ts';
import { Inspector } from './inspector.ts';
import { installModules } from './modules.ts';
import { Outbox } from './outbox.ts';
import { Output } from './output.ts';
import type { ToWorker, WorkerArguments } from './requests.ts';

export default function worker(channel: RemoteChannel, args: unknown): void {
  const { folder } = args as WorkerArguments;
  const outbox = new Outbox(channel);
  const output = new Output(channel, outbox);
  const display = createDisplayGlobals(output);
  const executor = new Executor({
    inspector: new Inspector(),
    output,
    errors: new ErrorFormatter(),
    settled: () => display.settled(),
    recover: () => channel.releaseWire(),
  });
  const input = new Input(channel, output, (command) => {
    if (command.op === 'interrupt') outbox.acknowledgedInterrupt = command.serial;
    setImmediate(handle, command);
  });

  const handle = (command: ToWorker): void => {
    switch (command.op) {
      case 'execute':
        executor.execute(command);
        return;
      case 'interrupt':
        outbox.acknowledgedInterrupt = command.serial;
        input.answer(null);
        executor.interrupt();
        return;
      case 'inputReply':
        input.answer(command.value);
        return;
      default:
        throw new RangeError(`The worker does not know the command '${command.op}'.`);
    }
  };

  installModules(folder);
  installStreams(output);
  installInput(input);
  installDisplay(display);
  process.on('uncaughtException', (error) => executor.report(error));
  process.on('unhandledRejection', (reason) => executor.report(reason));
  // Enough frames of the user's are left when the others are taken out.
  Error.stackTraceLimit = 50;
  channel.setCallback((value) => handle(value as ToWorker));
  channel.send({ op: 'ready' });
}

function installStreams(output: Output): void {
  const stdout = createStream(output, 'stdout', 1);
  const stderr = createStream(output, 'stderr', 2);
  for (const [name, value] of Object.entries({ stdout, stderr })) {
    Object.defineProperty(process, name, { value, configurable: true, enumerable: true, writable: true });
  }
  installConsole(createConsole(output, { stdout, stderr }));
}

function installDisplay(display: ReturnType<typeof createDisplayGlobals>): void {
  const { settled: _, jupyter, ...globals } = display;
  const deno = { jupyter };
  for (const [name, value] of Object.entries({ ...globals, Deno: deno })) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}
