/** What objects have under names. */
import { types } from 'node:util';
import { enumerableNames, holders, isClass, ownNames, ownProperty, sourceText } from '../live/reflection.ts';
import { type Item, pathTo, propertyItem, type Section } from './section.ts';

const INDEX = /^(?:0|[1-9]\d*)$/;

/** The own properties, without elements; those that are enumerable first. */
export function ownSection(object: object, path: string | undefined, readsStacks: boolean): Section {
  const names = keysOf(object);
  const item = (key: string | symbol): Item => {
    // It was there a moment ago, and nothing has run since.
    const property = ownProperty(object, key) ?? { value: undefined };
    const stack = readsStacks && key === 'stack' ? stackOf(object, property) : undefined;
    const name = typeof key === 'symbol' ? `[${String(key)}]` : key;
    return propertyItem(name, typeof key === 'symbol' ? undefined : pathTo(path, key), stack ?? property);
  };
  return {
    length: names.length,
    items: (start, end) => names.slice(start, end).map(item),
    label: (index) => String(names[index] ?? ''),
  };
}

function keysOf(object: object): (string | symbol)[] {
  const isArray = Array.isArray(object);
  const isNamed = (name: string): boolean => !isArray || !(name === 'length' || INDEX.test(name));
  const shown = enumerableNames(object).filter(isNamed);
  const known = new Set(shown);
  const hidden = ownNames(object).filter((name) => isNamed(name) && !known.has(name));
  const symbols = Object.getOwnPropertySymbols(object);
  const isShown = (symbol: symbol): boolean => ownProperty(object, symbol)?.enumerable === true;
  return [...shown, ...symbols.filter(isShown), ...hidden, ...symbols.filter((symbol) => !isShown(symbol))];
}

/** V8's own accessor of the stacks of errors. */
const getStack = Object.getOwnPropertyDescriptor(new Error(), 'stack')?.get;

/** The stack of an error, as a property with a value; undefined where it is not V8's own. */
function stackOf(object: object, property: PropertyDescriptor): PropertyDescriptor | undefined {
  if (getStack === undefined || property.get !== getStack || !types.isNativeError(object)) return undefined;
  return { enumerable: false, value: Reflect.apply(getStack, object, []) };
}

/**
 * What an object of a class of the cells, or of a package, has by its class: accessors, which are used like properties, and
 * the prototype, where the methods are.
 */
export function prototypeItems(object: object, path: string | undefined): Item[] {
  const [, ...chain] = holders(object);
  const classes = chain.filter((holder) => holder !== Object.prototype && !isRuntimes(holder));
  if (classes.length === 0) return [];
  const items: Item[] = [];
  const seen = new Set(ownNames(object));
  for (const holder of isClass(object) ? [] : classes) {
    for (const name of ownNames(holder)) {
      const property = ownProperty(holder, name);
      if (seen.has(name) || property === undefined || 'value' in property || name === '__proto__') continue;
      seen.add(name);
      items.push(propertyItem(name, pathTo(path, name), property));
    }
  }
  const [prototype] = chain;
  if (prototype !== undefined && prototype === classes[0]) {
    items.push({ name: '[[Prototype]]', path: undefined, content: { is: 'value', value: prototype } });
  }
  return items;
}

/** Whether a prototype is one of V8's. */
function isRuntimes(prototype: object): boolean {
  const type: unknown = ownProperty(prototype, 'constructor')?.value;
  return typeof type === 'function' && !types.isProxy(type) && sourceText(type) === undefined;
}
