/** What the variables of the cells hold, for who looks: lists, what is in them, how they can be shown. Runs none of their code. */

import { types } from 'node:util';
import type { ForgottenNames } from '../../language/index.ts';
import type { Paging, TableQuery, Variable, VariablesOutcome, VariablesQuery } from '../../link.ts';
import { Looker } from '../live/looker.ts';
import { proxyTarget } from '../live/proxy-target.ts';
import { isObject, ownProperty } from '../live/reflection.ts';
import { resolve } from '../live/resolve.ts';
import type { RuntimeGetters } from '../live/runtime-getters.ts';
import { columnSection } from './arrow-contents.ts';
import { type Contents, contentsOf, entryContents } from './contents.ts';
import { displayOf } from './display.ts';
import { Names } from './names.ts';
import { type Page, Pages } from './pages.ts';
import { References, type Referred } from './references.ts';
import { EMPTY, propertyItem } from './section.ts';
import { TableError } from './table-order.ts';
import { TablePages } from './table-pages.ts';

export interface VariablesParts {
  readonly getters: RuntimeGetters;
  readonly forgotten: ForgottenNames;
  /** Names of the globals that were there before any cell. */
  readonly builtins: ReadonlySet<string>;
  /** What Node itself has for `Error.prepareStackTrace`. */
  readonly prepareStackTrace: unknown;
}

export { Updates } from './updates.ts';

export function createVariables(parts: VariablesParts): Variables {
  return new Variables(parts);
}

/** A row of `elara.variables()`. */
export type VariableRow = Pick<Variable, 'name' | 'type' | 'value' | 'length' | 'bytes' | 'shape'>;

const MISSING: VariablesOutcome = { kind: 'missing' };

export class Variables {
  readonly #looker: Looker;
  readonly #names: Names;
  readonly #references = new References();
  readonly #pages = new Pages(this.#references);
  readonly #tables = new TablePages();
  readonly #ownPrepareStackTrace: unknown;
  /** Stands for all variables, where they come in groups. */
  readonly #all = {};

  constructor({ getters, forgotten, builtins, prepareStackTrace }: VariablesParts) {
    this.#looker = new Looker(getters, forgotten);
    this.#names = new Names(this.#looker, builtins);
    this.#ownPrepareStackTrace = prepareStackTrace;
  }

  answer(query: VariablesQuery): VariablesOutcome {
    switch (query.about) {
      case 'all':
        return { kind: 'variables', ...this.all(query) };
      case 'children': {
        const page = this.children(query.reference, query);
        return page === undefined ? MISSING : { kind: 'variables', ...page };
      }
      case 'display':
        return this.#looking(() => displayOf(this.#looker, query.expression)) ?? MISSING;
      case 'table':
        return this.#looking(() => this.#table(query.of, query));
    }
  }

  /** The variables, sorted by their names. */
  all(paging: Paging): Page {
    const referred = { object: this.#all, view: { of: { kind: 'contents' } }, path: undefined } as const;
    return this.#looking(() => this.#pages.page(referred, this.#contents(referred), paging));
  }

  /** What is in the variable of this number; undefined where it is no more. */
  children(reference: number, paging: Paging): Page | undefined {
    const referred = this.#references.from(reference);
    if (referred === undefined) return undefined;
    return this.#looking(() => this.#pages.page(referred, this.#contents(referred), paging));
  }

  /** The first variables as the function `elara.variables` gives them. */
  rows(): VariableRow[] {
    const { variables } = this.all({ start: 0 });
    return variables.map(({ name, type, value, length, bytes, shape }) => ({
      name,
      type,
      value,
      ...(length !== undefined && { length }),
      ...(bytes !== undefined && { bytes }),
      ...(shape !== undefined && { shape }),
    }));
  }

  #table(of: string | number, query: TableQuery): VariablesOutcome {
    const value = this.#valueOf(of);
    if (value === undefined) return MISSING;
    const open = isObject(value) && types.isProxy(value) ? proxyTarget(value) : value;
    try {
      const page = isObject(open) ? this.#tables.page(open, query) : undefined;
      return page === undefined ? { kind: 'refused', message: 'this value has no rows' } : { kind: 'table', page };
    } catch (error) {
      if (error instanceof TableError) return { kind: 'refused', message: error.message };
      throw error;
    }
  }

  #valueOf(of: string | number): unknown {
    if (typeof of === 'number') return this.#references.from(of)?.object;
    const seen = resolve(this.#looker, of);
    return seen.kind === 'value' ? seen.value : undefined;
  }

  #looking<T>(action: () => T): T {
    try {
      return action();
    } finally {
      this.#looker.release();
    }
  }

  #contents({ object, view, path }: Referred): Contents {
    if (object === this.#all) return this.#variables();
    switch (view.of.kind) {
      case 'contents':
        return contentsOf(object, path, this.#readsStacks());
      case 'entry':
        return entryContents(object, view.of.index);
      case 'column':
        return { indexed: columnSection(object, view.of.index), named: EMPTY };
    }
  }

  /** Whether the stack of an error can be read: a cell may have put a function of its own where V8 asks for the text. */
  #readsStacks(): boolean {
    return ownProperty(Error, 'prepareStackTrace')?.value === this.#ownPrepareStackTrace;
  }

  #variables(): Contents {
    const names = this.#names.all();
    return {
      indexed: EMPTY,
      named: {
        length: names.length,
        label: (index) => names[index] ?? '',
        items: (start, end) =>
          this.#names.read(names.slice(start, end)).map(({ name, property }) => propertyItem(name, name, property)),
      },
    };
  }
}
