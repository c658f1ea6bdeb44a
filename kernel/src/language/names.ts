/** How a name of the top level was declared; what TypeScript merges is told apart. */
export type Kind = 'let' | 'const' | 'var' | 'function' | 'class' | 'import' | 'enum' | 'namespace';

interface Known {
  readonly kind: Kind;
  /** Whether V8 has a value for it even if its cell failed. */
  readonly sure: boolean;
  /** What it was before the cell that declared it last. */
  readonly before: Known | undefined;
}

/** Kinds that refuse assignment. */
export function isConstant(kind: Kind | undefined): boolean {
  return kind === 'const' || kind === 'import';
}

/** What the cells have declared so far. Holds one entry a name, however many cells there were. */
export class Names {
  readonly #known = new Map<string, Known>();
  readonly #unset = new Set<string>();

  kindOf(name: string): Kind | undefined {
    return this.#known.get(name)?.kind;
  }

  /** `sure`: declared before anything of its cell runs, so that it is set even if the cell fails. */
  declare(name: string, kind: Kind, sure: boolean): void {
    const before = this.#known.get(name);
    this.#unset.delete(name);
    this.#known.set(name, {
      kind,
      sure: sure || before !== undefined,
      before: before && { ...before, before: undefined },
    });
  }

  /** The cell that declared `name` last has failed: the name is what it was before. */
  forget(name: string): void {
    const known = this.#known.get(name);
    if (known === undefined) return;
    if (known.before !== undefined) this.#known.set(name, known.before);
    else if (!known.sure) this.#known.delete(name);
  }

  /** V8 has the name but no value for it; until it is declared again, it cannot even be assigned to. */
  unset(name: string): void {
    this.#known.delete(name);
    this.#unset.add(name);
  }

  /** Forgets all but some. */
  clear(except: ReadonlySet<string>): void {
    for (const name of this.#known.keys()) if (!except.has(name)) this.#known.delete(name);
    this.#unset.clear();
  }

  get hasUnset(): boolean {
    return this.#unset.size > 0;
  }

  isUnset(name: string): boolean {
    return this.#unset.has(name);
  }

  /** V8 refused the cell that declared `name` last; nothing of it has run. */
  refuse(name: string): void {
    const before = this.#known.get(name)?.before;
    if (before === undefined) this.#known.delete(name);
    else this.#known.set(name, before);
  }
}
