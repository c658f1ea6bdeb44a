/** Events for the modules that know nothing of VS Code. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Calls the listener for each value from now on, until what is returned is disposed of. */
  readonly event = (listener: (value: T) => void): Disposable & { dispose(): void } => {
    this.#listeners.add(listener);
    const dispose = (): void => void this.#listeners.delete(listener);
    return { dispose, [Symbol.dispose]: dispose };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
