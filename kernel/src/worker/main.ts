/** The worker's code on the main thread: holds the user's namespace and runs the cells. */

import type { RemoteChannel } from '@elara/gateway';
import { installDebugHook } from '../debugger/hook.ts';
import { MARK } from '../language/index.ts';
import type { Answer } from '../link.ts';
import { optimiseEarly } from '../tiering.ts';
import { watchChildren } from './children.ts';
import { installComms } from './comms/index.ts';
import { createConsole, createStream, installConsole } from './console/index.ts';
import { createDisplayGlobals, installDrawing } from './display/index.ts';
import { commandsOf, type ElaraParts, installElara } from './elara.ts';
import { ErrorFormatter } from './errors.ts';
import { Executor } from './executor.ts';
import { LazyFiles } from './files/lazy.ts';
import { Input, installInput } from './input.ts';
import { Inspector } from './inspector.ts';
import { Live } from './live/index.ts';
import { installModules } from './modules.ts';
import { Outbox } from './outbox.ts';
import { Output } from './output.ts';
import { LazyPackages } from './packages/lazy.ts';
import { decodeToWorker, type ToWorker, type WorkerArguments } from './requests.ts';
import type { RunningCell } from './running-cell.ts';
import { ServerQuestions } from './server-questions.ts';
import { installVariableUpdates } from './variables/install.ts';

/** How long after an interrupt that was itself stopped it is tried again, in ms. */
const AGAIN_MS = 20;

export default function worker(channel: RemoteChannel, args: unknown): void {
  const { folder } = args as WorkerArguments;
  optimiseEarly();
  const outbox = new Outbox(channel);
  const output = new Output(channel, outbox);
  const display = createDisplayGlobals(output);
  const files = new LazyFiles();
  const errors = new ErrorFormatter(files);
  installDebugHook(errors.cells);
  const packages = new LazyPackages({
    folder: () => modules.folder,
    publisher: output,
    announce: (specifier, found, types) =>
      output.send({ op: 'package', specifier, folder: found.folder, from: found.from, types: types?.folder ?? null }),
  });
  const executor = new Executor({
    inspector: new Inspector(),
    output,
    errors,
    settled: () => display.settled(),
    inspect: (expression, detailLevel) => live.inspect(expression, detailLevel),
    compilerOptions: () => files.compilerOptions(modules.folder),
    timeCell: () => commandsOf(elara).timeCell(),
    recover: () => channel.releaseWire(),
  });
  const input = new Input(channel, output, (command) => {
    if (command.op === 'interrupt') {
      // Seen, and handled once this thread is free: code that catches what a question throws, and goes on, is stopped.
      outbox.seenInterrupt = command.serial;
      executor.interrupt(executor.running);
    }
    setImmediate(handle, command);
  });

  /** Ends what runs. The termination of what runs may strike here instead of there: then it is done again. */
  const interrupt = (serial: number, cells: readonly RunningCell[]): void => {
    const again = setTimeout(interrupt, AGAIN_MS, serial, cells);
    // All that have come so far: what they were meant for ends now.
    outbox.handledInterrupt = Math.max(serial, outbox.requestedInterrupt);
    input.cancel();
    executor.interrupt(cells);
    comms.interrupt();
    packages.interrupt();
    clearTimeout(again);
  };

  const handle = (command: ToWorker): void => {
    switch (command.op) {
      case 'execute':
        live.remember(command);
        executor.execute(command);
        return;
      case 'complete':
      case 'inspect':
      case 'objectInfo':
        // An interrupt that has come after it is handled before it.
        setImmediate(() => void outbox.whileAnswering(() => live.answer(command)));
        return;
      case 'variables':
        setImmediate(() => void outbox.whileAnswering(async () => live.answerVariables(command)));
        return;
      case 'comm':
        comms.handle(command);
        return;
      case 'interrupt':
        if (command.serial > outbox.handledInterrupt) interrupt(command.serial, executor.running);
        return;
      case 'told':
        server.told(command);
        return;
      case 'inputReply':
        input.answer(command.question, command.value);
        return;
    }
  };

  const modules = installModules(folder, packages, files);
  installStreams(output, (stack) =>
    errors
      .frames(stack)
      .map((frame) => `    ${frame}`)
      .join('\n'),
  );
  watchChildren();
  installDrawing();
  installInput(input);
  installDisplay(display);
  const server = new ServerQuestions((question) => output.send(question));
  const send = (answer: Answer): void => output.send(answer);
  const comms = installComms(output, { send, report: (error) => executor.report(error) });
  const elara: ElaraParts = {
    output,
    display,
    input,
    modules,
    executor,
    server,
    packages,
    comms: comms.comms,
    variables: () => live.variables,
  };
  installElara(elara);
  const live = new Live({ folder, forgotten: executor.forgotten, send, frames: (stack) => errors.frames(stack) });
  installVariableUpdates(comms.comms, {
    variables: () => live.variables,
    undisturbed: (work) => void outbox.whileAnswering(async () => work()),
    watchCells: (ended) => {
      executor.answered = ended;
    },
  });
  process.on('exit', () => outbox.exit());
  process.on('uncaughtException', (error) => executor.report(error));
  process.on('unhandledRejection', (reason) => executor.report(reason));
  // Enough frames of the user's are left when the others are taken out.
  Error.stackTraceLimit = 50;
  // Before the first command: from now on this thread's code may be terminated.
  channel.send({ op: 'ready' });
  channel.setCallback((value) => handle(decodeToWorker(value)));
}

function installStreams(output: Output, stack: (stack: string) => string): void {
  const stdout = createStream(output, 'stdout', 1);
  const stderr = createStream(output, 'stderr', 2);
  for (const [name, value] of Object.entries({ stdout, stderr })) {
    Object.defineProperty(process, name, { value, configurable: true, enumerable: true, writable: true });
  }
  installConsole(createConsole(output, { stdout, stderr, stack }));
}

function installDisplay(display: ReturnType<typeof createDisplayGlobals>): void {
  const { settled: _, jupyter, ...globals } = display;
  for (const [name, value] of Object.entries({ ...globals, [`Deno${MARK}`]: { jupyter } })) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}
