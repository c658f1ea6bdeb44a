import type { Comm, CommMessage, JupyterComms } from '../comms/index.ts';
import { separateBuffers } from './buffers.ts';
import type { Model } from './model.ts';
import { identityOf, type ModelSpec } from './spec.ts';
import type { References } from './traits.ts';

/** Of the messages about widgets, and of those about all of them at once. */
export const PROTOCOL_VERSION = '2.1.0';
const CONTROL_VERSION = '1.0.0';
const TARGET = 'jupyter.widget';
const CONTROL_TARGET = 'jupyter.widget.control';

/** Changes are sent at the end of their tick. One that computes for longer sends them at intervals of this, in ms. */
const SYNC_MS = 40;

export interface ManagerParts {
  readonly comms: JupyterComms;
  /** Shows an error where it was caused. */
  readonly report: (error: unknown) => void;
  /** A widget that a frontend wants to have, with the state that it gives it. */
  readonly create: (state: Readonly<Record<string, unknown>>, comm: Comm, message: CommMessage) => void;
  readonly references: References;
}

/** All widgets of one worker. */
export class Manager {
  readonly references: References;
  readonly report: (error: unknown) => void;
  readonly #comms: JupyterComms;
  readonly #models = new Map<string, Model>();
  readonly #changed = new Set<Model>();
  /** Output areas with outputs that are not in their models yet. */
  readonly collected = new Set<{ readonly commit: () => void }>();
  #scheduled = false;
  #since = 0;

  constructor({ comms, report, create, references }: ManagerParts) {
    this.#comms = comms;
    this.report = report;
    this.references = references;
    comms.registerTarget(TARGET, (comm, message) => {
      checkVersion(TARGET, message, PROTOCOL_VERSION);
      create(message.data, comm, message);
    });
    comms.registerTarget(CONTROL_TARGET, (comm, message) => {
      checkVersion(CONTROL_TARGET, message, CONTROL_VERSION);
      comm.onMessage = ({ data }) => {
        if (data.method === 'request_states') this.#sendAll(comm);
        else throw new TypeError(`A frontend says ${JSON.stringify(data.method)} to all widgets, which is unknown.`);
      };
    });
  }

  get models(): ReadonlyMap<string, Model> {
    return this.#models;
  }

  identity(spec: ModelSpec): Record<string, string | null> {
    return identityOf(spec);
  }

  add(model: Model): void {
    this.#models.set(model.id, model);
  }

  remove(model: Model): void {
    this.#models.delete(model.id);
    this.#changed.delete(model);
  }

  /** Opens the comm of a widget with its whole state. */
  open(whole: Readonly<Record<string, unknown>>): Comm {
    const { state, paths, buffers } = separateBuffers(whole);
    return this.#comms.open(TARGET, {
      data: { state, buffer_paths: paths },
      metadata: { version: PROTOCOL_VERSION },
      buffers,
    });
  }

  /** Sends a part of a state. */
  send(comm: Comm, message: { readonly method: 'update' | 'echo_update' }, part: Record<string, unknown>): void {
    const { state, paths, buffers } = separateBuffers(part);
    comm.send({ ...message, state, buffer_paths: paths }, { buffers });
  }

  /** A model has changes to send: soon, together with what else changes in this tick. */
  schedule(model: Model): void {
    this.#changed.add(model);
    const now = performance.now();
    if (!this.#scheduled) {
      this.#scheduled = true;
      this.#since = now;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.flush();
      });
    } else if (now - this.#since > SYNC_MS) {
      this.#since = now;
      this.flush();
    }
  }

  /** Sends all that has changed. */
  flush(): void {
    for (const collector of this.collected) collector.commit();
    if (this.#changed.size === 0) return;
    const models = [...this.#changed];
    this.#changed.clear();
    for (const model of models) model.flush();
  }

  /** Spec: "The jupyter.widget.control comm target". */
  #sendAll(comm: Comm): void {
    this.flush();
    const states = [...this.#models].map(([id, model]) => {
      const { model: name, module, version } = model.spec;
      return [id, { model_name: name, model_module: module, model_module_version: version, state: model.wireState() }];
    });
    const { state, paths, buffers } = separateBuffers(Object.fromEntries(states));
    comm.send({ method: 'update_states', states: state, buffer_paths: paths }, { buffers });
  }
}

/** @throws where the other side speaks another version: its comm is closed then */
function checkVersion(target: string, { metadata }: CommMessage, ours: string): void {
  const theirs = String(metadata.version ?? '');
  if (theirs.split('.')[0] !== ours.split('.')[0]) {
    throw new Error(`The frontend speaks version ${theirs || 'unknown'} of ${target}, this kernel ${ours}.`);
  }
}
