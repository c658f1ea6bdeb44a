import { HELPER } from '../../language/index.ts';
import type { Looker } from '../live/looker.ts';
import { ownProperty } from '../live/reflection.ts';

/** A variable, or a property of the global object that the cells have made. */
export interface Named {
  readonly name: string;
  readonly property: PropertyDescriptor;
}

/** Results of earlier cells, which are not variables of the user's. */
const RESULT = /^_\d+$/;

/** What the cells have named: what they have declared, and what they have put on the global object. */
export class Names {
  readonly #looker: Looker;
  readonly #builtins: ReadonlySet<string>;

  /** @param builtins Names of the globals that were there before any cell. */
  constructor(looker: Looker, builtins: ReadonlySet<string>) {
    this.#looker = looker;
    this.#builtins = builtins;
  }

  /** All names, sorted. One that was declared and never set is among them. */
  all(): string[] {
    const names = new Set(this.#looker.names());
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      if (!this.#builtins.has(name) && !RESULT.test(name)) names.add(name);
    }
    return [...names].filter((name) => !name.startsWith(HELPER)).sort(compare);
  }

  /** What stands under these names, unread. One that was declared and never set is left out. */
  read(names: readonly string[]): Named[] {
    const declared = this.#looker.names();
    const values = this.#looker.variables(names);
    return names.flatMap((name): Named[] => {
      if (values.has(name)) return [{ name, property: { value: values.get(name) } }];
      // What is declared hides what is global.
      const property = declared.has(name) ? undefined : ownProperty(globalThis, name);
      return property === undefined ? [] : [{ name, property }];
    });
  }
}

/** By the words, whatever their case; the same on every machine. */
function compare(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a !== b) return a < b ? -1 : 1;
  return one < other ? -1 : one === other ? 0 : 1;
}
