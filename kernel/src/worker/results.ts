/** How many results `Out` keeps alive. */
const KEPT = 1000;

/** `_`, `__`, `___`, `_N`, `In` and `Out`: what was run and what came of it. */
export class Results {
  readonly #inputs: string[] = [''];
  readonly #outputs = new Map<number, unknown>();
  readonly #last: unknown[] = [];

  constructor() {
    const last = (index: number) => () => this.#last[index];
    define('_', last(0));
    define('__', last(1));
    define('___', last(2));
    define('In', () => this.#inputs);
    define('Out', () => Object.fromEntries(this.#outputs));
  }

  input(count: number, code: string): void {
    this.#inputs[count] = code;
    const forgotten = count - KEPT;
    if (forgotten > 0) this.#inputs[forgotten] = '';
  }

  /** Lets go of the results. */
  clear(): void {
    this.#last.length = 0;
    for (const count of this.#outputs.keys()) Reflect.deleteProperty(globalThis, `_${count}`);
    this.#outputs.clear();
  }

  output(count: number, value: unknown): void {
    this.#last.unshift(value);
    this.#last.length = Math.min(this.#last.length, 3);
    this.#outputs.set(count, value);
    define(`_${count}`, () => this.#outputs.get(count));
    if (this.#outputs.size <= KEPT) return;
    for (const oldest of this.#outputs.keys()) {
      this.#outputs.delete(oldest);
      Reflect.deleteProperty(globalThis, `_${oldest}`);
      break;
    }
  }
}

/** A global that the user may assign over, as they may any other. */
function define(name: string, get: () => unknown): void {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get,
    set(value: unknown) {
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
    },
  });
}
