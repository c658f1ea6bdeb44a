/**
 * The worker's code on the thread that reads the wire: it runs while the user's code is busy, stops that code, and sends
 * text in time.
 */
import { Session } from 'node:inspector';
import type { RemoteChannel } from '@elara/gateway';
import { Outbox } from './outbox.ts';

/** `interrupt`: a serial number, also sent to the main thread, which acknowledges it when it is free. */
export type ControlCommand = { readonly op: 'interrupt'; readonly serial: number };

/** How long the main thread has to see an interrupt by itself, in ms. */
const SOFT_MS = 4;
/** How long after a termination it has, in ms, before it is terminated again. */
const HARD_MS = 50;

export default function control(channel: RemoteChannel): void {
  const outbox = new Outbox(channel);
  void outbox.flushInTime();
  channel.setCallback((value) => {
    const { serial } = value as ControlCommand;
    const check = (): void => {
      if (outbox.acknowledgedInterrupt >= serial) return;
      terminateMainThread(() => setTimeout(check, HARD_MS));
    };
    setTimeout(check, SOFT_MS);
  });
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
