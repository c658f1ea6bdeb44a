/** Values as text, in the manner of Node's inspect, without running any code of theirs. */
import { inspect, types } from 'node:util';
import { promiseState } from './promise-state.ts';
import { constructorNames, enumerableNames, functionName, isClass, ownProperty } from './reflection.ts';

export interface PreviewLimits {
  /** Levels of nesting. */
  readonly depth: number;
  /** Elements or properties of each object. */
  readonly items: number;
  /** UTF-16 units of each string, and of the whole. */
  readonly length: number;
  /** UTF-16 units of a line; without a bound, all is on one. Default: 76. */
  readonly width?: number;
}

const WIDTH = 76;

const toISOString = Date.prototype.toISOString;
const getTime = Date.prototype.getTime;
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const regExpSource = Object.getOwnPropertyDescriptor(RegExp.prototype, 'source')?.get;
const regExpFlags = [
  ['hasIndices', 'd'],
  ['global', 'g'],
  ['ignoreCase', 'i'],
  ['multiline', 'm'],
  ['dotAll', 's'],
  ['unicode', 'u'],
  ['unicodeSets', 'v'],
  ['sticky', 'y'],
] as const;
const flagGetters = regExpFlags.map(
  ([name, flag]) => [Object.getOwnPropertyDescriptor(RegExp.prototype, name)?.get, flag] as const,
);

export function preview(value: unknown, limits: PreviewLimits): string {
  return new Preview(limits).write(value, 0);
}

class Preview {
  readonly #limits: PreviewLimits;
  readonly #around = new Set<object>();
  /** UTF-16 units that may still be written. */
  #left: number;
  readonly #width: number;

  constructor(limits: PreviewLimits) {
    this.#limits = limits;
    this.#left = limits.length;
    this.#width = limits.width ?? WIDTH;
  }

  write(value: unknown, level: number): string {
    const text = this.#text(value, level);
    this.#left -= text.length;
    return text;
  }

  #text(value: unknown, level: number): string {
    if (typeof value === 'function') return functionText(value);
    if (typeof value !== 'object' || value === null) {
      return inspect(value, { maxStringLength: Math.max(this.#left, 20), breakLength: this.#width });
    }
    if (types.isProxy(value)) return '[Proxy]';
    const scalar = scalarText(value);
    if (scalar !== undefined) return scalar;
    const name = constructorNames(value)[0];
    if (this.#around.has(value)) return '[Circular]';
    if (level > this.#limits.depth) return `[${name ?? 'Object'}]`;
    this.#around.add(value);
    try {
      return this.#object(value, name, level);
    } finally {
      this.#around.delete(value);
    }
  }

  #object(value: object, name: string | undefined, level: number): string {
    if (Array.isArray(value)) {
      return this.#join(name === 'Array' ? '' : name, '[]', this.#elements(value, value.length, level), level);
    }
    if (types.isTypedArray(value)) {
      const length = typedArrayLength(value);
      return this.#join(`${name}(${length})`, '[]', this.#elements(value, length, level), level);
    }
    if (types.isMap(value)) {
      const entries: Iterable<[unknown, unknown]> = mapEntries.call(value);
      const write = ([key, item]: [unknown, unknown]) =>
        `${this.write(key, level + 1)} => ${this.write(item, level + 1)}`;
      return this.#join(`${name}(${sizeOf(value)})`, '{}', this.#some(entries, sizeOf(value), write), level);
    }
    if (types.isSet(value)) {
      const write = (item: unknown) => this.write(item, level + 1);
      const values: Iterable<unknown> = setValues.call(value);
      return this.#join(`${name}(${sizeOf(value)})`, '{}', this.#some(values, sizeOf(value), write), level);
    }
    if (types.isPromise(value)) return this.#join(name, '{}', this.#promise(value, level), level);
    const prefix = name === undefined ? '[Object: null prototype]' : name === 'Object' ? '' : name;
    const heading = types.isModuleNamespaceObject(value) ? '[Module]' : prefix;
    return this.#join(heading, '{}', this.#properties(value, level), level);
  }

  #promise(promise: Promise<unknown>, level: number): string[] {
    const seen = promiseState(promise);
    if (seen === undefined) return ['…'];
    if (seen.state === 'pending') return ['<pending>'];
    const result = 'text' in seen ? seen.text : this.write(seen.object, level + 1);
    return [seen.state === 'rejected' ? `<rejected> ${result}` : result];
  }

  #elements(array: readonly unknown[] | NodeJS.TypedArray, length: number, level: number): string[] {
    const indices = Array.from({ length: Math.min(length, this.#limits.items + 1) }, (_, index) => index);
    return this.#some(indices, length, (index) => {
      const property = ownProperty(array, index);
      return property === undefined ? '<empty>' : this.#property(property, level);
    });
  }

  #properties(value: object, level: number): string[] {
    const names = enumerableNames(value);
    return this.#some(names, names.length, (name) => {
      const property = ownProperty(value, name) ?? {};
      return `${/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : inspect(name)}: ${this.#property(property, level)}`;
    });
  }

  #property(property: PropertyDescriptor, level: number): string {
    if ('value' in property) return this.write(property.value, level + 1);
    return `[${[property.get && 'Getter', property.set && 'Setter'].filter(Boolean).join('/')}]`;
  }

  /** As many as there is room for, and how many there are more. */
  #some<T>(items: Iterable<T>, total: number, write: (item: T) => string): string[] {
    const parts: string[] = [];
    for (const item of items) {
      if (parts.length >= this.#limits.items || this.#left <= 0) break;
      parts.push(write(item));
    }
    if (total > parts.length) parts.push(`… ${total - parts.length} more`);
    return parts;
  }

  #join(name: string | undefined, brackets: string, parts: readonly string[], level: number): string {
    const heading = name === undefined || name === '' ? '' : `${name} `;
    const [open = '', close = ''] = brackets;
    if (parts.length === 0) return `${heading}${brackets}`;
    const line = `${heading}${open} ${parts.join(', ')} ${close}`;
    const indent = '  '.repeat(level);
    if (line.length + indent.length <= this.#width && !line.includes('\n')) return line;
    return `${heading}${open}\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}${close}`;
  }
}

/** Size of a map or a set, which may have a `size` of its own. */
export function sizeOf(collection: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>): number {
  const prototype = types.isMap(collection) ? Map.prototype : Set.prototype;
  const get = Object.getOwnPropertyDescriptor(prototype, 'size')?.get;
  return get === undefined ? 0 : Number(Reflect.apply(get, collection, []));
}

const getTypedArrayLength = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length')?.get;

/** Length of a typed array, which may have a `length` of its own. */
export function typedArrayLength(array: NodeJS.TypedArray): number {
  return getTypedArrayLength === undefined ? 0 : Number(Reflect.apply(getTypedArrayLength, array, []));
}

function functionText(fn: object): string {
  if (types.isProxy(fn)) return '[Proxy]';
  const name = functionName(fn) || '(anonymous)';
  const [kind = 'Function'] = constructorNames(fn);
  if (!isClass(fn)) return `[${kind}: ${name}]`;
  const parent: unknown = Object.getPrototypeOf(fn);
  const extended = typeof parent === 'function' ? functionName(parent) : '';
  return `[class ${name}${extended === '' ? '' : ` extends ${extended}`}]`;
}

/** The text of an object that is as good as a primitive value. */
function scalarText(value: object): string | undefined {
  if (types.isDate(value)) {
    return Number.isNaN(getTime.call(value)) ? 'Invalid Date' : toISOString.call(value);
  }
  if (types.isRegExp(value)) {
    const flags = flagGetters.filter(([get]) => get !== undefined && Reflect.apply(get, value, []) === true);
    const source: unknown = regExpSource === undefined ? '' : Reflect.apply(regExpSource, value, []);
    return `/${String(source)}/${flags.map(([, flag]) => flag).join('')}`;
  }
  if (types.isNativeError(value)) {
    const message: unknown = ownProperty(value, 'message')?.value;
    const name = constructorNames(value)[0] ?? 'Error';
    return typeof message === 'string' && message !== '' ? `[${name}: ${message}]` : `[${name}]`;
  }
  return undefined;
}
