import type { Expressions } from './expressions.ts';

/** The parser of TypeScript, with what reads expressions by it: loaded when the first is to be read. */
export class LazyExpressions {
  #loading: Promise<Expressions> | undefined;

  load(): Promise<Expressions> {
    this.#loading ??= import('./expressions.ts').then((room) => new room.Expressions());
    return this.#loading;
  }
}
