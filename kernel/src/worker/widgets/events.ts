/** Who listens to what happens to a widget. */
import { AsyncLocalStorage } from 'node:async_hooks';

export type Listener = (...details: never[]) => unknown;

interface Registered {
  readonly listener: Listener;
  /** Runs a function as the code did that registered the listener. */
  readonly run: <Result>(action: () => Result) => Result;
}

/**
 * Listeners by the name of their event. What they print is credited to the cell that registered them, where the person
 * sees it; what they throw is reported there too, and the others run all the same.
 */
export class Events {
  readonly #listeners = new Map<string, Set<Registered>>();
  readonly #report: (error: unknown) => void;

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** Returns what takes the listener off again. */
  on(event: string, listener: Listener): () => void {
    if (typeof listener !== 'function') throw new TypeError(`The listener of '${event}' is not a function.`);
    return this.#add(event, { listener, run: AsyncLocalStorage.snapshot() });
  }

  /** What this listener prints is credited to what causes the event. */
  onUnbound(event: string, listener: Listener): () => void {
    return this.#add(event, { listener, run: (action) => action() });
  }

  #add(event: string, registered: Registered): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(registered));
    return () => void listeners.delete(registered);
  }

  off(event: string, listener: Listener): void {
    const listeners = this.#listeners.get(event);
    for (const registered of listeners ?? []) if (registered.listener === listener) listeners?.delete(registered);
  }

  /** Resolves when the asynchronous ones among the listeners have ended; undefined where there are none. */
  emit(event: string, ...details: readonly unknown[]): Promise<unknown> | undefined {
    const pending: Promise<unknown>[] = [];
    for (const { listener, run } of [...(this.#listeners.get(event) ?? [])]) {
      run(() => {
        try {
          const result: unknown = Reflect.apply(listener, undefined, details);
          if (result instanceof Promise) pending.push(result.catch((error: unknown) => run(() => this.#report(error))));
        } catch (error) {
          this.#report(error);
        }
      });
    }
    return pending.length === 0 ? undefined : Promise.all(pending);
  }
}
