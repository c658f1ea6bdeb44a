/** What objects have under names. */
import { types } from 'node:util';
import { holders, isClass, ownNames, ownProperty, sourceText } from '../live/reflection.ts';
import { type Item, pathTo, propertyItem } from './section.ts';

const INDEX = /^(?:0|[1-9]\d*)$/;

/** The own properties, without elements; those that are enumerable first. */
export function ownItems(object: object, path: string | undefined, readsStacks: boolean): Item[] {
  const isArray = Array.isArray(object);
  const hidden: Item[] = [];
  const shown: Item[] = [];
  for (const name of ownNames(object)) {
    if (isArray && (name === 'length' || INDEX.test(name))) continue;
    const property = ownProperty(object, name);
    if (property === undefined) continue;
    const stack = readsStacks && name === 'stack' ? stackOf(object, property) : undefined;
    const item = propertyItem(name, pathTo(path, name), stack ?? property);
    (property.enumerable === true ? shown : hidden).push(item);
  }
  for (const symbol of Object.getOwnPropertySymbols(object)) {
    const property = ownProperty(object, symbol);
    if (property === undefined) continue;
    (property.enumerable === true ? shown : hidden).push(propertyItem(`[${String(symbol)}]`, undefined, property));
  }
  return [...shown, ...hidden];
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
