/** What is in an object: its elements or entries, and what has a name. Runs no code of the user's. */
import { types } from 'node:util';
import { sizeOf, typedArrayLength } from '../live/preview.ts';
import { promiseState } from '../live/promise-state.ts';
import { proxyTarget } from '../live/proxy-target.ts';
import { ownProperty } from '../live/reflection.ts';
import { arrowTable, arrowVector } from './arrow.ts';
import { columnItems, rowSection, vectorSection } from './arrow-contents.ts';
import { byteLength, memoryOf } from './binary.ts';
import { describe } from './describe.ts';
import { ownSection, prototypeItems } from './properties.ts';
import { EMPTY, type Item, joined, listed, pathTo, propertyItem, type Section, sectionOf } from './section.ts';

export interface Contents {
  readonly indexed: Section;
  readonly named: Section;
}

/**
 * @param path Expression of the cells for the object.
 * @param readsStacks Whether the stack of an error can be read without running code of the user's.
 */
export function contentsOf(object: object, path: string | undefined, readsStacks: boolean): Contents {
  if (types.isProxy(object)) return { indexed: EMPTY, named: listed(proxyItems(object)) };
  const table = arrowTable(object);
  if (table !== undefined) return { indexed: rowSection(table), named: listed(columnItems(object, table)) };
  const others = listed([...extraItems(object, path), ...prototypeItems(object, path)]);
  return { indexed: indexedOf(object, path), named: joined(ownSection(object, path, readsStacks), others) };
}

function indexedOf(object: object, path: string | undefined): Section {
  const element = (index: number): Item =>
    propertyItem(String(index), pathTo(path, index), ownProperty(object, index) ?? { value: undefined });
  if (Array.isArray(object)) return sectionOf(object.length, (index) => arrayItem(object, index, path));
  if (types.isTypedArray(object)) return sectionOf(typedArrayLength(object), element);
  if (types.isMap(object)) return mapSection(object);
  if (types.isSet(object)) return setSection(object);
  if (types.isAnyArrayBuffer(object)) return byteSection(object);
  const vector = arrowVector(object);
  return vector === undefined ? EMPTY : vectorSection(vector);
}

/** A hole in an array is no element. */
function arrayItem(array: readonly unknown[], index: number, path: string | undefined): Item {
  const property = ownProperty(array, index);
  if (property !== undefined) return propertyItem(String(index), pathTo(path, index), property);
  const description = { type: 'undefined', value: '<empty>', kind: 'data' } as const;
  return { name: String(index), path: undefined, content: { is: 'described', description } };
}

function mapSection(map: ReadonlyMap<unknown, unknown>): Section {
  return {
    length: sizeOf(map),
    label: String,
    items: (start, end) =>
      entriesOf(map, start, end).map(([key, value], index): Item => {
        const [shownKey, shownValue] = [describe(key), describe(value)];
        // An entry whose key says all of itself needs no level of its own.
        if (typeof key !== 'object' && typeof key !== 'function') {
          return { name: shownKey.value, path: undefined, content: { is: 'value', value } };
        }
        const description = { type: '', value: `${shownKey.value} => ${shownValue.value}`, kind: 'data' } as const;
        const inside = { object: map, view: { of: { kind: 'entry', index: start + index } } } as const;
        return { name: String(start + index), path: undefined, content: { is: 'described', description, inside } };
      }),
  };
}

/** Key and value of an entry of a map. */
export function entryContents(map: object, index: number): Contents {
  const [entry] = types.isMap(map) ? entriesOf(map, index, index + 1) : [];
  const items = entry?.map((value, at): Item => {
    return { name: at === 0 ? 'key' : 'value', path: undefined, content: { is: 'value', value } };
  });
  return { indexed: EMPTY, named: listed(items ?? []) };
}

function entriesOf(map: ReadonlyMap<unknown, unknown>, start: number, end: number): [unknown, unknown][] {
  return [
    ...Map.prototype.entries
      .call(map)
      .drop(start)
      .take(Math.max(0, end - start)),
  ];
}

function setSection(set: ReadonlySet<unknown>): Section {
  return {
    length: sizeOf(set),
    label: String,
    items: (start, end) => {
      const values = Set.prototype.values
        .call(set)
        .drop(start)
        .take(Math.max(0, end - start));
      return [...values].map((value, index): Item => {
        return { name: String(start + index), path: undefined, content: { is: 'value', value } };
      });
    },
  };
}

function byteSection(buffer: ArrayBuffer | SharedArrayBuffer): Section {
  const bytes = memoryOf(buffer);
  return sectionOf(byteLength(buffer) ?? 0, (index) => {
    return { name: String(index), path: undefined, content: { is: 'value', value: bytes?.[index] } };
  });
}

function proxyItems(proxy: object): Item[] {
  const target = proxyTarget(proxy);
  if (target === undefined) return [];
  return [{ name: '[[Target]]', path: undefined, content: { is: 'value', value: target } }];
}

/** What an object has beside its properties. */
function extraItems(object: object, path: string | undefined): Item[] {
  const inner = (name: string, value: unknown): Item => ({
    name,
    path: name.startsWith('[[') ? undefined : pathTo(path, name),
    content: { is: 'value', value },
  });
  if (types.isPromise(object)) {
    const seen = promiseState(object);
    if (seen === undefined) return [];
    const state = inner('[[PromiseState]]', seen.state);
    if (seen.state === 'pending') return [state];
    if ('object' in seen) return [state, inner('[[PromiseResult]]', seen.object)];
    const description = { type: '', value: seen.text, kind: 'data' } as const;
    return [state, { name: '[[PromiseResult]]', path: undefined, content: { is: 'described', description } }];
  }
  if (types.isTypedArray(object)) return [inner('buffer', memoryOf(object)?.buffer)];
  return [];
}
