/** The first number that stands for a value; smaller ones are the debugger's. */
export const FIRST_REFERENCE = 2 ** 30;
/** After the last number comes the first again: the Debug Adapter Protocol has 31 bits for them. */
const LAST_REFERENCE = 2 ** 31 - 1;
/** Numbers that are remembered: the oldest are forgotten. */
const MOST = 50_000;

/** What of an object a number stands for. */
export interface View {
  readonly of: Aspect;
  /** Some of it: from `start` to before `end`. */
  readonly range?: { readonly part: 'indexed' | 'named'; readonly start: number; readonly end: number };
}

export type Aspect =
  /** All that is in it. */
  | { readonly kind: 'contents' }
  /** Key and value of an entry of a map. */
  | { readonly kind: 'entry'; readonly index: number }
  /** The values of a column of a table. */
  | { readonly kind: 'column'; readonly index: number };

export interface Referred {
  readonly object: object;
  readonly view: View;
  /** Expression of the cells that has given the object; undefined where there is none. */
  readonly path: string | undefined;
}

/** Numbers for what can be looked into. They keep nothing alive. */
export class References {
  readonly #referred = new Map<number, { object: WeakRef<object>; view: View; path: string | undefined }>();
  readonly #numbers = new WeakMap<object, Map<string, number>>();
  readonly #first: number;
  readonly #last: number;
  #next: number;

  /** @param limits The first number and the last one. */
  constructor({ first, last } = { first: FIRST_REFERENCE, last: LAST_REFERENCE }) {
    this.#first = first;
    this.#last = last;
    this.#next = first;
  }

  /** The number of a view of an object: the same for the same. */
  to({ object, view, path }: Referred): number {
    let numbers = this.#numbers.get(object);
    if (numbers === undefined) {
      numbers = new Map();
      this.#numbers.set(object, numbers);
    }
    const key = `${JSON.stringify(view)} ${path ?? ''}`;
    const known = numbers.get(key);
    if (known !== undefined && this.#referred.has(known)) return known;
    const number = this.#take();
    numbers.set(key, number);
    this.#referred.set(number, { object: new WeakRef(object), view, path });
    return number;
  }

  /** What a number stands for; undefined where it is no more. */
  from(number: number): Referred | undefined {
    const referred = this.#referred.get(number);
    const object = referred?.object.deref();
    if (referred === undefined || object === undefined) return undefined;
    return { object, view: referred.view, path: referred.path };
  }

  #take(): number {
    const number = this.#next;
    this.#next = number === this.#last ? this.#first : number + 1;
    this.#referred.delete(number);
    for (const oldest of this.#referred.keys()) {
      if (this.#referred.size < MOST) break;
      this.#referred.delete(oldest);
    }
    return number;
  }
}
