import type { Description } from './describe.ts';
import type { View } from './references.ts';

/** Something that stands in a list, and what it is. */
export interface Item {
  readonly name: string;
  /** Expression of the cells for it; undefined where there is none. */
  readonly path: string | undefined;
  readonly content: Content;
}

export type Content =
  | { readonly is: 'value'; readonly value: unknown }
  | { readonly is: 'accessor'; readonly property: PropertyDescriptor }
  /** Described already; `inside` is what is in it. */
  | { readonly is: 'described'; readonly description: Description; readonly inside?: Inside };

export interface Inside {
  readonly object: object;
  readonly view: View;
}

/** Things in an order, of which there may be many: they are made when they are asked for. */
export interface Section {
  readonly length: number;
  /** Those from `start` to before `end`. */
  items(start: number, end: number): Item[];
  /** What one of them is called. */
  label(index: number): string;
}

export const EMPTY: Section = { length: 0, items: () => [], label: String };

/** A section of things that are made one by one. */
export function sectionOf(length: number, item: (index: number) => Item): Section {
  return {
    length,
    items: (start, end) => Array.from({ length: Math.max(0, end - start) }, (_, index) => item(start + index)),
    label: String,
  };
}

/** A section of things that are there. */
export function listed(items: readonly Item[]): Section {
  return {
    length: items.length,
    items: (start, end) => items.slice(start, end),
    label: (index) => items[index]?.name ?? '',
  };
}

/** One section after another. */
export function joined(first: Section, second: Section): Section {
  const { length } = first;
  return {
    length: length + second.length,
    items: (start, end) => [
      ...first.items(Math.min(start, length), Math.min(end, length)),
      ...second.items(Math.max(0, start - length), Math.max(0, end - length)),
    ],
    label: (index) => (index < length ? first.label(index) : second.label(index - length)),
  };
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The expression for a property of what an expression gives. */
export function pathTo(holder: string | undefined, key: string | number): string | undefined {
  if (holder === undefined) return undefined;
  if (typeof key === 'number') return `${holder}[${key}]`;
  return IDENTIFIER.test(key) ? `${holder}.${key}` : `${holder}[${JSON.stringify(key)}]`;
}

/** An item for a property as it stands in its object. */
export function propertyItem(name: string, path: string | undefined, property: PropertyDescriptor): Item {
  const isData = 'value' in property;
  return { name, path, content: isData ? { is: 'value', value: property.value } : { is: 'accessor', property } };
}
