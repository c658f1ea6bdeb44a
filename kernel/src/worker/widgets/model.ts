import { isDeepStrictEqual } from 'node:util';
import type { Comm, CommMessage } from '../comms/index.ts';
import { joinBuffers } from './buffers.ts';
import { Events } from './events.ts';
import type { Manager } from './manager.ts';
import type { Rule, State } from './rules.ts';
import type { ModelSpec, TraitSpec } from './spec.ts';
import { accept, fromWire, TraitError, toWire } from './traits.ts';

export interface Change {
  readonly name: string;
  readonly value: unknown;
  readonly previous: unknown;
}

export interface ModelParts {
  readonly spec: ModelSpec;
  /** By their names in TypeScript. */
  readonly traits: ReadonlyMap<string, TraitSpec>;
  readonly rule: Rule | undefined;
  /** The values at first. */
  readonly state: State;
  /** Which of them were chosen, and are no defaults. */
  readonly given: ReadonlySet<string>;
}

/**
 * The kernel's side of one widget: its state, which frontends and cells change, and the messages that keep the sides
 * equal. Spec: widgets' messages, version 2.1.
 */
export class Model {
  readonly spec: ModelSpec;
  readonly traits: ReadonlyMap<string, TraitSpec>;
  readonly events: Events;
  /** The widget that cells have of it. */
  owner: object | undefined;
  readonly #manager: Manager;
  readonly #rule: Rule | undefined;
  readonly #comm: Comm;
  readonly #dirty = new Set<string>();
  #state: State;
  #held = 0;

  /** @param comm The one that a frontend has opened for it; otherwise it is opened here. */
  constructor(manager: Manager, { spec, traits, rule, state, given }: ModelParts, comm?: Comm) {
    this.#manager = manager;
    this.spec = spec;
    this.traits = traits;
    this.#rule = rule;
    const valid = { ...state };
    rule?.(valid, given);
    this.#state = valid;
    this.events = new Events(manager.report);
    this.#comm = comm ?? manager.open(this.wireState());
    this.#comm.onMessage = (message) => this.#receive(message);
    this.#comm.onClose = () => this.#ended();
    manager.add(this);
  }

  get id(): string {
    return this.#comm.id;
  }

  get closed(): boolean {
    return this.#comm.closed;
  }

  get(name: string): unknown {
    return this.#state[name];
  }

  /** Sets several traits at once: either all of them or none. @throws TraitError */
  set(values: Readonly<Record<string, unknown>>): void {
    const accepted: State = {};
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) accepted[name] = accept(this.#trait(name), value, this.#manager.references);
    }
    const changes = this.#apply(accepted);
    for (const { name } of changes) this.#touch(name);
    this.#announce(changes);
  }

  /** Tells frontends of a trait again, whether it has changed or not. */
  resend(name: string): void {
    this.#touch(name);
  }

  /** Sends what has changed. */
  flush(): void {
    if (this.#held > 0 || this.#dirty.size === 0) return;
    const names = [...this.#dirty];
    this.#dirty.clear();
    if (!this.closed) this.#manager.send(this.#comm, { method: 'update' }, this.wireState(names));
  }

  /** While held, nothing is sent. Returns what ends it. */
  hold(): () => void {
    this.#held += 1;
    return () => {
      this.#held -= 1;
      this.flush();
    };
  }

  sendCustom(content: unknown, buffers: readonly Uint8Array[]): void {
    this.flush();
    this.#comm.send({ method: 'custom', content: content ?? null }, { buffers });
  }

  /** The state as messages bear it, bytes included: all of it, or the traits that are named. */
  wireState(names: readonly string[] = [...this.traits.keys()]): Record<string, unknown> {
    const state: Record<string, unknown> = {};
    for (const name of names) {
      const trait = this.traits.get(name);
      if (trait === undefined || trait.local) continue;
      state[trait.name] = toWire(trait, this.#state[name], this.#manager.references);
    }
    return names.length === this.traits.size ? { ...this.#manager.identity(this.spec), ...state } : state;
  }

  close(): void {
    if (this.closed) return;
    this.#dirty.clear();
    this.#comm.close();
    this.#ended();
  }

  #ended(): void {
    this.#manager.remove(this);
    this.events.emit('close');
  }

  #trait(name: string): TraitSpec {
    const trait = this.traits.get(name);
    if (trait !== undefined) return trait;
    throw new TraitError(`${this.spec.name} has no '${name}'. It has: ${[...this.traits.keys()].join(', ')}.`);
  }

  /** The traits that have other values now. @throws TraitError where no valid state has the values */
  #apply(values: State): Change[] {
    const next = { ...this.#state, ...values };
    this.#rule?.(next, new Set(Object.keys(values)));
    const before = this.#state;
    const changes: Change[] = [];
    for (const [name, value] of Object.entries(next)) {
      const previous = before[name];
      const reset = Object.hasOwn(values, name);
      if (isChanged(this.traits.get(name), value, previous, reset)) changes.push({ name, value, previous });
    }
    if (changes.length > 0) this.#state = next;
    return changes;
  }

  #touch(name: string): void {
    if (this.traits.get(name)?.local) return;
    this.#dirty.add(name);
    this.#manager.schedule(this);
  }

  #announce(changes: readonly Change[]): Promise<unknown> | undefined {
    const ended = changes.map((change) => this.events.emit(`change:${change.name}`, change));
    if (changes.length > 0) ended.push(this.events.emit('change', changes));
    return ended.some((one) => one !== undefined) ? Promise.all(ended) : undefined;
  }

  /** A message of a frontend. */
  #receive({ data, buffers }: CommMessage): Promise<unknown> | undefined {
    switch (data.method) {
      case 'update': {
        const ended = this.#update(joinBuffers(data.state, data.buffer_paths, buffers));
        this.#manager.flush();
        return ended;
      }
      case 'request_state':
        this.#manager.send(this.#comm, { method: 'update' }, this.wireState());
        return undefined;
      case 'custom': {
        const ended = this.events.emit('message', data.content, buffers);
        this.#manager.flush();
        return ended;
      }
      default:
        throw new TypeError(`A frontend says ${JSON.stringify(data.method)} to a widget, which is unknown.`);
    }
  }

  /** Takes what a frontend has changed, and tells all frontends; what cannot be is taken back. */
  #update(received: Readonly<Record<string, unknown>>): Promise<unknown> | undefined {
    const known = [...this.traits].filter(([, { name, local }]) => !local && Object.hasOwn(received, name));
    const echoed = known.filter(([, { items }]) => items !== 'file').map(([, { name }]) => [name, received[name]]);
    if (echoed.length > 0) this.#manager.send(this.#comm, { method: 'echo_update' }, Object.fromEntries(echoed));
    let changes: Change[] = [];
    try {
      const { references } = this.#manager;
      const values = known.map(([name, trait]) => [name, fromWire(trait, received[trait.name], references)] as const);
      changes = this.#apply(Object.fromEntries(values));
    } catch (error) {
      for (const [name] of known) this.#touch(name);
      this.#manager.report(error);
      return undefined;
    }
    const changed = new Set(changes.map(({ name }) => name));
    for (const [name, trait] of this.traits) {
      const said = received[trait.name];
      const differs = !isDeepStrictEqual(toWire(trait, this.#state[name], this.#manager.references), said);
      if ((changed.has(name) || Object.hasOwn(received, trait.name)) && differs) this.#touch(name);
    }
    return this.#announce(changes);
  }
}

function isChanged(trait: TraitSpec | undefined, value: unknown, previous: unknown, reset: boolean): boolean {
  if (trait?.local) return !isSame(value, previous);
  // An object that was changed in place and is set again counts as changed: nobody can know what it was.
  if (trait?.type === 'any' && reset && value === previous) return typeof value === 'object' && value !== null;
  return !isDeepStrictEqual(value, previous);
}

/** Values of the cells' own are not looked into: they may be anything. */
function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return Object.is(one, other);
  return one.length === other.length && one.every((element, index) => Object.is(element, other[index]));
}
