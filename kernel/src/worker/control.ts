/**
 * The worker's code on the thread that reads the wire: it runs while the user's code is busy, stops that code, and sends
 * text in time.
 */
import { Session } from 'node:inspector';
import type { RemoteChannel } from '@elara/gateway';
import type { DebugAdapter } from '../debugger/adapter/adapter.ts';
import { Outgoing } from '../debugger/outgoing.ts';
import type { Answer, DebugCommand } from '../link.ts';
import { encodePublication } from '../link-codec.ts';
import { interruptLastChild } from './children.ts';
import { mainThreadTime } from './main-thread-time.ts';
import { Outbox } from './outbox.ts';

/** `interrupt`: a serial number, also sent to the main thread, which says when it has seen and when it has handled it. */
export type ControlCommand = { readonly op: 'interrupt'; readonly serial: number } | DebugCommand;

const CHECK_MS = 2;
/**
 * The main thread sees an interrupt as soon as it is free. It is busy with the user's code if it has computed for so long
 * without seeing it, in ms of its own processor time, or waited for so long (in `Atomics.wait`, in `execSync`).
 */
const BUSY_MS = 3;
const WAITED_MS = 100;
/** Code that catches the error of an interrupted question and goes on has so long before it is stopped, in ms. */
const HANDLE_MS = 150;
/** An answer about the values of the cells takes less, in ms. Stopped in the middle, it would leave a module half loaded. */
const ANSWER_MS = 1000;
/** What cannot be terminated for so long is native code, which may wait for a child process, in ms. */
const NATIVE_MS = 1000;

export default function control(channel: RemoteChannel): void {
  const outbox = new Outbox(channel);
  void outbox.flushInTime();
  const debug = lazyDebugger(channel);
  let watching = false;
  channel.setCallback((value) => {
    const command = value as ControlCommand;
    if (command.op === 'debug') {
      void debug.answer(command);
      return;
    }
    outbox.requestedInterrupt = command.serial;
    // What stands still in the debugger does not see it.
    debug.adapter?.interrupted();
    // One watch sees to all that come: the main thread handles them together.
    if (watching) return;
    watching = true;
    watch(channel, outbox, () => {
      watching = false;
    });
  });
}

interface LazyDebugger {
  readonly adapter: DebugAdapter | undefined;
  answer(command: DebugCommand): Promise<void>;
}

/** The debugger, which is loaded when it is first asked for something. */
function lazyDebugger(channel: RemoteChannel): LazyDebugger {
  const outgoing = new Outgoing(channel);
  let loading: Promise<DebugAdapter> | undefined;
  let adapter: DebugAdapter | undefined;
  const load = async (): Promise<DebugAdapter> => {
    const room = await import('../debugger/adapter/adapter.ts');
    adapter = new room.DebugAdapter((publication) =>
      outgoing.push(() => channel.sendBytes(encodePublication(publication))),
    );
    return adapter;
  };
  // A process that stands still in the debugger, or has one attached, does not end.
  channel.onClose(() => adapter?.close());
  return {
    get adapter() {
      return adapter;
    },
    async answer(command) {
      loading ??= load();
      const outcome = await (await loading).answer(command);
      outgoing.push(() => channel.send({ op: 'answer', to: 'debug', id: command.id, outcome } satisfies Answer));
    },
  };
}

/** Sees to it that the interrupts are handled: terminates what the main thread runs until they are. */
function watch(channel: RemoteChannel, outbox: Outbox, handled: () => void): void {
  let since = performance.now();
  let computed = mainThreadTime();
  let sent: number | undefined;
  const ignored = (waited: number, busy: number): boolean => {
    if (outbox.answering) return waited >= ANSWER_MS;
    if (outbox.seenInterrupt >= outbox.requestedInterrupt) return waited >= HANDLE_MS;
    return busy >= BUSY_MS || waited >= WAITED_MS;
  };
  const check = (): void => {
    if (outbox.handledInterrupt >= outbox.requestedInterrupt) {
      handled();
      return;
    }
    const waited = performance.now() - since;
    const now = mainThreadTime();
    const busy = now === undefined || computed === undefined ? waited : now - computed;
    if (!ignored(waited, busy)) {
      setTimeout(check, CHECK_MS);
      return;
    }
    // Not while it sends, which must be done as a whole or not at all.
    channel.reserve((leave) => {
      const native = setInterval(interruptChild, NATIVE_MS);
      terminateMainThread(() => {
        clearInterval(native);
        leave();
        outbox.forgetAnswers();
        since = performance.now();
        computed = mainThreadTime();
        setTimeout(check, CHECK_MS);
      });
    });
  };
  /** Once for each interrupt, however long the child takes to end. */
  const interruptChild = (): void => {
    if (sent === outbox.requestedInterrupt) return;
    sent = outbox.requestedInterrupt;
    void interruptLastChild();
  };
  check();
}

/** Connected only for the purpose: a session that stays connected delays the end of the process. */
function terminateMainThread(done: () => void): void {
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.terminateExecution', () => {
    session.disconnect();
    done();
  });
}
