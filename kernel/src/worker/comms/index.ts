/** Comms: conversations of the cells with the frontends. */
import type { Publisher } from '../publisher.ts';
import { Comms } from './comms.ts';
import { Deliveries, type DeliveriesParts } from './deliveries.ts';

export { type Bytes, Comm, CommClosedError, type CommListener, type CommMessage } from './comm.ts';
export type { JupyterComms, OpenOptions, TargetHandler } from './comms.ts';

/** Gives the cells the global `Jupyter`, with `Jupyter.comms`. Returns what delivers the messages of frontends. */
export function installComms(publisher: Publisher, parts: Omit<DeliveriesParts, 'comms'>): Deliveries {
  const comms = new Comms(publisher);
  Object.defineProperty(globalThis, 'Jupyter', {
    value: { comms },
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return new Deliveries({ ...parts, comms });
}
