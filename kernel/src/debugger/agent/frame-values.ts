import { types } from 'node:util';
import { HELPER } from '../../language/helper.ts';
import { MARK } from '../../language/references.ts';
import type { Paging, Variable } from '../../link.ts';
import { isClass, ownNames, ownProperty, sourceText } from '../../worker/live/reflection.ts';
import { columnSection } from '../../worker/variables/arrow-contents.ts';
import { type Contents, contentsOf, entryContents } from '../../worker/variables/contents.ts';
import { Pages } from '../../worker/variables/pages.ts';
import { FIRST_REFERENCE, References, type Referred } from '../../worker/variables/references.ts';
import { EMPTY, type Item, listed, propertyItem } from '../../worker/variables/section.ts';

/** `cells`: what the cells have declared. */
export type ScopeKind = 'local' | 'cells' | 'global';

interface Scope {
  readonly kind: ScopeKind;
  /** What `this` is in it. */
  readonly self: unknown;
}

export interface Listing {
  readonly variables: readonly Variable[];
  /** Whether private fields of it may be asked of the inspector, which describes all own values of the object for it. */
  readonly mayHavePrivate: boolean;
}

/**
 * What a client may look into while the code stands still, by numbers that are good until it goes on. Runs none of it. Keeps
 * nothing alive: the inspector does so for the scopes and for what was evaluated.
 */
export class FrameValues {
  readonly #references = new References({ first: 1, last: FIRST_REFERENCE - 1 });
  readonly #pages = new Pages(this.#references);
  readonly #scopes = new Map<number, Scope>();
  readonly #builtins: ReadonlySet<string>;

  /** @param builtins Global names that are not the user's. */
  constructor(builtins: ReadonlySet<string>) {
    this.#builtins = builtins;
  }

  describe(value: unknown, path?: string): Variable {
    return this.#pages.variable({ name: '', path, content: { is: 'value', value } });
  }

  /** A number for the variables of a scope, and how many there are. */
  scope(variables: object, kind: ScopeKind, self: unknown): { readonly reference: number; readonly named: number } {
    const reference = this.#references.to({ object: variables, view: { of: { kind: 'contents' } }, path: undefined });
    const scope = { kind, self };
    this.#scopes.set(reference, scope);
    return { reference, named: this.#scopeContents(variables, scope).named.length };
  }

  list(reference: number, paging: Paging): Listing {
    const referred = this.#get(reference);
    const { variables } = this.#pages.page(referred, this.#contents(reference, referred), paging);
    const isWhole = (paging.start ?? 0) === 0 && paging.filter !== 'indexed' && !this.#scopes.has(reference);
    return { variables, mayHavePrivate: isWhole && mayHavePrivate(referred) };
  }

  valueOf(reference: number): object {
    return this.#get(reference).object;
  }

  /** Sets a property, as its user would. */
  assign(reference: number, name: string, value: unknown): Variable {
    const { object, view } = this.#get(reference);
    const isProperty = view.of.kind === 'contents' && !types.isMap(object) && !types.isSet(object);
    if (!isProperty || /^\[.*\]$/.test(name)) throw new TypeError(`${name} is no property: evaluate code that sets it`);
    if (!Reflect.set(object, name, value)) throw new TypeError(`${name} cannot be set`);
    return this.describe(value);
  }

  #get(reference: number): Referred {
    const referred = this.#references.from(reference);
    if (referred === undefined) throw new RangeError('these variables are no longer there: the code has gone on');
    return referred;
  }

  #contents(reference: number, { object, view, path }: Referred): Contents {
    const scope = this.#scopes.get(reference);
    if (scope !== undefined && view.range === undefined) return this.#scopeContents(object, scope);
    switch (view.of.kind) {
      case 'contents':
        // A cell may have put a function of its own where V8 asks for the text of a stack.
        return contentsOf(object, path, false);
      case 'entry':
        return entryContents(object, view.of.index);
      case 'column':
        return { indexed: columnSection(object, view.of.index), named: EMPTY };
    }
  }

  #scopeContents(variables: object, { kind, self }: Scope): Contents {
    const names = Object.keys(variables).filter(
      (name) => !name.startsWith(HELPER) && (kind !== 'global' || !this.#builtins.has(name)),
    );
    const items = names.map((name) => scopeItem(variables, name));
    if (self !== undefined) items.push({ name: 'this', path: 'this', content: { is: 'value', value: self } });
    return { indexed: EMPTY, named: listed(items) };
  }
}

function scopeItem(variables: object, stored: string): Item {
  const name = stored.endsWith(MARK) ? stored.slice(0, -MARK.length) : stored;
  try {
    return propertyItem(name, name, ownProperty(variables, stored) ?? { value: undefined });
  } catch (error) {
    // Its declaration is still to come.
    if (!(error instanceof ReferenceError)) throw error;
    const description = { type: '', value: 'not initialized yet', kind: 'data' } as const;
    return { name, path: name, content: { is: 'described', description } };
  }
}

/** Whether a class that somebody wrote has made it. To describe an error, the inspector would read its getters. */
function mayHavePrivate({ object, view }: Referred): boolean {
  if (view.of.kind !== 'contents' || view.range !== undefined) return false;
  if (types.isProxy(object) || types.isNativeError(object) || typeof object === 'function') return false;
  const prototype = Object.getPrototypeOf(object) as object | null;
  if (prototype === null || types.isProxy(prototype)) return false;
  const type: unknown = ownProperty(prototype, 'constructor')?.value;
  if (!isClass(type) || sourceText(type) === undefined) return false;
  return !ownNames(object).some((name) => types.isNativeError(ownProperty(object, name)?.value));
}
