import { existsSync } from 'node:fs';
import {
  type Channel,
  type Gateway,
  type GatewayEnd,
  type GatewaySpec,
  makeGateway,
  RemoteError,
} from '@elara/gateway';
import type { Answer, Command, DebugCommand, Event, OutcomeOf, ServerQuestion, WorkerEnd } from '../link.ts';
import { decodeEvent, encodeExecution } from '../link-codec.ts';
import type { ControlCommand } from '../worker/control.ts';
import type { ToWorker, WorkerArguments } from '../worker/requests.ts';
import { WorkerEndedError } from './errors.ts';
import type { WorkerLink, WorkerListener } from './worker-link.ts';

export interface ProcessWorkerOptions {
  /** Where the worker runs. Default: a child process with this process's Node. */
  readonly spec?: string | GatewaySpec;
  /** The notebook's folder. */
  readonly folder: string;
  readonly listener: WorkerListener;
}

interface Pending {
  readonly resolve: (outcome: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Running {
  readonly gateway: Gateway;
  readonly main: Channel;
  readonly control: Channel;
  readonly ready: Promise<void>;
}

/** How much of what a worker wrote to its standard error is kept to explain its end, in characters. */
const LAST_WORDS = 2000;

const MAIN = moduleUrl('../worker/main.ts', './worker.js');
const CONTROL = moduleUrl('../worker/control.ts', './control.js');

/** The worker as a process behind a gateway. */
export function createProcessWorker(options: ProcessWorkerOptions): WorkerLink {
  const { listener, folder } = options;
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let interrupts = 0;
  /** The worker's own code is loaded: terminating what its main thread runs stops a cell and nothing else. */
  let isReady = false;
  let interruptedEarly = false;
  let running: Running | undefined;
  let stopping = false;
  let lastWords = '';

  function open(): Running {
    lastWords = '';
    const gateway = makeGateway(options.spec ?? 'popen', { preload: [MAIN] });
    gateway.stdout.on('data', (bytes: Buffer) => listener.output('stdout', bytes));
    gateway.stderr.on('data', (bytes: Buffer) => {
      lastWords = (lastWords + bytes.toString()).slice(-LAST_WORDS);
      listener.output('stderr', bytes);
    });
    isReady = false;
    interruptedEarly = false;
    const ready = Promise.withResolvers<void>();
    ready.promise.catch(() => undefined);
    const hear = (value: unknown): void => {
      const event = value instanceof Uint8Array ? decodeEvent(value) : (value as Event | { readonly op: 'ready' });
      switch (event.op) {
        case 'publish':
          listener.publish(event);
          return;
        case 'input':
          listener.input(event);
          return;
        case 'package':
          listener.package(event);
          return;
        case 'ask':
          void tell(main, event);
          return;
        case 'ready':
          ready.resolve();
          isReady = true;
          if (interruptedEarly) link.interrupt();
          return;
        case 'answer':
          afterOutput(gateway, event);
      }
    };
    const main = gateway.remoteExec(MAIN, { args: { folder } satisfies WorkerArguments });
    const control = gateway.remoteExec(CONTROL, { on: 'io' });
    main.setCallback(hear);
    control.setCallback(hear);
    // A worker whose own code fails to load can do nothing: it is ended, and its error said.
    for (const channel of [main, control]) {
      channel.waitClose().catch((error: Error) => {
        ready.reject(error);
        if (!(error instanceof RemoteError)) return;
        lastWords = error.remoteStack;
        gateway.kill();
      });
    }
    void gateway.ended.then((end) => ended(gateway, end));
    return { gateway, main, control, ready: ready.promise };
  }

  async function tell(main: Channel, question: ServerQuestion): Promise<void> {
    const { id } = question;
    const told = await listener.asked(question).then(
      (answer) => ({ op: 'told', id, answer }) as const,
      (error: unknown) => ({ op: 'told', id, answer: null, error: reasonOf(error) }) as const,
    );
    // Not to the worker that has come after the one that asked.
    if (running?.main === main) main.send(told satisfies ToWorker);
  }

  /** What the process wrote to its descriptors before it answered is on its way on other pipes: read those first. */
  function afterOutput(gateway: Gateway, answer: Answer): void {
    if (answer.to !== 'execute') {
      settle(answer);
      return;
    }
    gateway.whenOutputIsRead(() => settle(answer));
  }

  function settle({ id, outcome }: Answer): void {
    pending.get(id)?.resolve(outcome);
    pending.delete(id);
  }

  function ended(gateway: Gateway, { code, signal }: GatewayEnd): void {
    if (running?.gateway !== gateway) return;
    running = undefined;
    const end: WorkerEnd = { code, signal, lastWords: lastWords.trim() };
    for (const { reject } of pending.values()) reject(new WorkerEndedError(end));
    pending.clear();
    if (!stopping) listener.ended(end);
  }

  async function ask<Op extends keyof OutcomeOf>(op: Op, command: object): Promise<OutcomeOf[Op]> {
    if (running === undefined)
      throw new WorkerEndedError({ code: null, signal: null, lastWords: 'It is not running.' });
    const id = nextId++;
    const answered = Promise.withResolvers<unknown>();
    pending.set(id, answered);
    const whole = { ...command, op, id } as Command satisfies ToWorker;
    running.main.send(whole.op === 'execute' ? encodeExecution(whole) : whole);
    return (await answered.promise) as OutcomeOf[Op];
  }

  /** Asked of the thread that reads the wire, and not before the main thread, of which it tells, is there. */
  async function debug(command: Omit<DebugCommand, 'op' | 'id'>): Promise<OutcomeOf['debug']> {
    await running?.ready.catch(() => undefined);
    if (running === undefined)
      throw new WorkerEndedError({ code: null, signal: null, lastWords: 'It is not running.' });
    const id = nextId++;
    const answered = Promise.withResolvers<unknown>();
    pending.set(id, answered);
    running.control.send({ ...command, op: 'debug', id } satisfies ControlCommand);
    return (await answered.promise) as OutcomeOf['debug'];
  }

  async function stop(graceMs: number): Promise<void> {
    const current = running;
    if (current === undefined) return;
    stopping = true;
    try {
      await current.gateway.terminate({ graceMs });
      // `ended` of this worker has been told, or is told here.
      ended(current.gateway, await current.gateway.ended);
    } finally {
      stopping = false;
    }
  }

  const link: WorkerLink = {
    async start() {
      running ??= open();
      await running.ready;
    },
    execute: (command) => ask('execute', command),
    complete: (command) => ask('complete', command),
    inspect: (command) => ask('inspect', command),
    objectInfo: (command) => ask('objectInfo', command),
    comm: (command) => ask('comm', command),
    variables: (command) => ask('variables', command),
    debug,
    answerInput: (question, value) => running?.main.send({ op: 'inputReply', question, value } satisfies ToWorker),
    interrupt() {
      if (!isReady) {
        interruptedEarly = true;
        return;
      }
      const serial = ++interrupts;
      running?.main.send({ op: 'interrupt', serial } satisfies ToWorker);
      running?.control.send({ op: 'interrupt', serial } satisfies ControlCommand);
    },
    pause: () => running?.gateway.pause(),
    resume: () => running?.gateway.resume(),
    async restart({ graceMs }) {
      await stop(graceMs);
      await link.start();
    },
    stop: ({ graceMs }) => stop(graceMs),
    get pid() {
      return running?.gateway.pid;
    },
  };
  return link;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A module of the worker: a source in development, a bundle beside this one in production. */
function moduleUrl(source: string, bundle: string): URL {
  const url = new URL(source, import.meta.url);
  return existsSync(url) ? url : new URL(bundle, import.meta.url);
}
