import { MARK } from './references.ts';

/**
 * Names that the cells have declared and then forgotten. V8 cannot let go of a variable of a script; so what is declared
 * again is kept under another name, one mark longer, and who names what is not declared again finds nothing.
 */
export class ForgottenNames {
  /** How many marks a variable has at least that counts. */
  readonly #marks = new Map<string, number>();

  /** `stored`: names of variables, as V8 knows them. */
  add(stored: Iterable<string>): void {
    for (const variable of stored) {
      const name = variable.replaceAll(MARK, '');
      this.#marks.set(name, Math.max(this.marks(name), variable.length - name.length + 1));
    }
  }

  has(name: string): boolean {
    return this.#marks.has(name);
  }

  get any(): boolean {
    return this.#marks.size > 0;
  }

  marks(name: string): number {
    return this.#marks.get(name) ?? 0;
  }

  /** What the cells call a variable of V8's; undefined for one that is forgotten. */
  nameOf(stored: string): string | undefined {
    const name = stored.replaceAll(MARK, '');
    return stored.length - name.length < this.marks(name) ? undefined : name;
  }
}
