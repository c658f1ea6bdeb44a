import { types } from 'node:util';
import { MARK } from '../../language/references.ts';
import { preview } from '../../worker/live/preview.ts';
import { constructorNames, isObject } from '../../worker/live/reflection.ts';
import { hasErrors, indexedCount, indexedParts, isInstance, namedKeys, namedPart, type Part } from './parts.ts';
import type { Described, Listing, Page, Variable } from './variable.ts';

const LIMITS = { depth: 1, items: 8, length: 200 };
/** So many parts are listed at once, to a client that does not ask for pages. */
const MOST = 1000;

interface Referenced {
  readonly value: object;
  readonly evaluateName: string | undefined;
  /** A range of the elements alone. */
  readonly range?: { readonly start: number; readonly count: number };
  readonly scope?: { readonly kind: 'local' | 'cells' | 'global'; readonly self: unknown };
}

/** The values that a client may look into, by number. Nothing here runs any code of theirs. */
export class References {
  readonly #referenced: Referenced[] = [];
  /** Global names of the runtime and the kernel. */
  readonly #runtime: ReadonlySet<string>;

  constructor(runtime: ReadonlySet<string>) {
    this.#runtime = runtime;
  }

  describe(value: unknown, evaluateName?: string): Described {
    const described = {
      value: preview(value, LIMITS).replace(/\n\s*/g, ' '),
      type: typeOf(value),
      ...(evaluateName !== undefined && { evaluateName }),
    };
    if (!isObject(value) || types.isProxy(value)) return { ...described, variablesReference: 0 };
    const indexed = indexedCount(value);
    const named = namedKeys(value).length;
    if (indexed + named === 0 && !isInstance(value)) return { ...described, variablesReference: 0 };
    return {
      ...described,
      variablesReference: this.#refer({ value, evaluateName }),
      ...(indexed > 0 && { indexedVariables: indexed, namedVariables: named }),
    };
  }

  scope(value: object, kind: 'local' | 'cells' | 'global', self: unknown): Described {
    const reference = this.#refer({ value, evaluateName: undefined, scope: { kind, self } });
    return { value: '', type: '', variablesReference: reference, namedVariables: this.#scopeKeys(value, kind).length };
  }

  list(reference: number, { filter, start = 0, count }: Page): Listing {
    const { value, evaluateName, range, scope } = this.#get(reference);
    if (scope !== undefined)
      return { variables: this.#scopeVariables(value, scope, start, count), mayHavePrivate: false };
    const variables: Variable[] = [];
    const indexed = range?.count ?? indexedCount(value);
    const offset = range?.start ?? 0;
    if (indexed > 0 && filter !== 'named') {
      if (count === undefined && indexed > MOST) variables.push(...this.#ranges(value, evaluateName, offset, indexed));
      else {
        const end = Math.min(start + (count || indexed), indexed);
        const parts = indexedParts(value, offset + start, end - start);
        variables.push(...parts.map((part) => this.#variable(part, evaluateName)));
      }
    }
    if (range === undefined && filter !== 'indexed')
      variables.push(...this.#named(value, evaluateName, start, count, filter));
    const mayHavePrivate = start === 0 && filter !== 'indexed' && isInstance(value) && !hasErrors(value);
    return { variables, mayHavePrivate };
  }

  valueOf(reference: number): object {
    return this.#get(reference).value;
  }

  assign(reference: number, name: string, value: unknown): Described {
    const { value: target } = this.#get(reference);
    if (types.isMap(target) || types.isSet(target))
      throw new TypeError('entries of a Map or a Set are set by evaluating code');
    const key = name.startsWith('[Symbol(') ? undefined : name;
    if (key === undefined) throw new TypeError('a property that is named by a symbol is set by evaluating code');
    if (!Reflect.set(target, key, value)) throw new TypeError(`${name} cannot be set`);
    return this.describe(value);
  }

  #get(reference: number): Referenced {
    const found = this.#referenced[reference - 1];
    if (found === undefined) throw new RangeError('these variables are no longer there: the code has gone on');
    return found;
  }

  #refer(referenced: Referenced): number {
    return this.#referenced.push(referenced);
  }

  #variable(part: Part, parent: string | undefined): Variable {
    const { name, access } = part;
    const evaluateName = parent === undefined || access === '' ? undefined : `${parent}${access}`;
    if ('value' in part) return { name, ...this.describe(part.value, evaluateName) };
    return {
      name,
      value: part.accessor,
      type: 'accessor',
      variablesReference: 0,
      ...(evaluateName !== undefined && { evaluateName }),
      presentationHint: { kind: 'property', attributes: ['hasSideEffects'] },
    };
  }

  #named(
    value: object,
    parent: string | undefined,
    start: number,
    count: number | undefined,
    filter: Page['filter'],
  ): Variable[] {
    const keys = namedKeys(value);
    // Without a filter, a page counts the elements first.
    const from = filter === 'named' || indexedCount(value) === 0 ? start : 0;
    const some = keys.slice(from, from + Math.min(count || MOST, MOST));
    const variables = some.map((key) => this.#variable(namedPart(value, key), parent));
    const left = count === undefined ? keys.length - from - some.length : 0;
    return left > 0 ? [...variables, { name: '…', value: `${left} more`, type: '', variablesReference: 0 }] : variables;
  }

  #ranges(value: object, evaluateName: string | undefined, offset: number, indexed: number): Variable[] {
    // No more ranges than that either: a range of ranges.
    let size = MOST;
    while (indexed / size > MOST) size *= MOST;
    const variables: Variable[] = [];
    for (let start = 0; start < indexed; start += size) {
      const count = Math.min(size, indexed - start);
      variables.push({
        name: `[${offset + start} … ${offset + start + count - 1}]`,
        value: '',
        type: '',
        variablesReference: this.#refer({ value, evaluateName, range: { start: offset + start, count } }),
        indexedVariables: count,
        presentationHint: { kind: 'virtual' },
      });
    }
    return variables;
  }

  #scopeKeys(value: object, kind: 'local' | 'cells' | 'global'): string[] {
    const names = Object.keys(value);
    return kind === 'global' ? names.filter((name) => !this.#runtime.has(name)) : names;
  }

  #scopeVariable(value: object, key: string): Variable {
    const name = key.endsWith(MARK) ? key.slice(0, -MARK.length) : key;
    try {
      return this.#variable({ ...namedPart(value, key), name, access: name }, '');
    } catch (error) {
      // Its declaration is still to come.
      if (!(error instanceof ReferenceError)) throw error;
      return { name, value: 'not initialized yet', type: '', variablesReference: 0 };
    }
  }

  #scopeVariables(
    value: object,
    { kind, self }: NonNullable<Referenced['scope']>,
    start: number,
    count: number | undefined,
  ): Variable[] {
    const keys = this.#scopeKeys(value, kind).slice(start, start + (count || MOST));
    const variables = keys.map((key) => this.#scopeVariable(value, key));
    if (self !== undefined && start === 0) variables.push({ name: 'this', ...this.describe(self, 'this') });
    return variables;
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (!isObject(value)) return typeof value;
  if (types.isProxy(value)) return 'Proxy';
  return constructorNames(value)[0] ?? (typeof value === 'function' ? 'Function' : 'Object');
}
