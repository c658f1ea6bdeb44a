/** Data of objects whose form is known, read without running anything. */
import { types } from 'node:util';
import { dataProperty, ownProperty } from '../live/reflection.ts';

/** Whether it is an object that can be looked into: no proxy. */
export function isOpen(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value);
}

/** The value of a data property, own or inherited. */
export function own(holder: unknown, name: string | symbol): unknown {
  return isOpen(holder) ? dataProperty(holder, name) : undefined;
}

/** The elements of an array that has at most so many. */
export function list(value: unknown, most: number): unknown[] | undefined {
  if (!isOpen(value) || !Array.isArray(value) || value.length > most) return undefined;
  return Array.from({ length: value.length }, (_, index): unknown => ownProperty(value, index)?.value);
}
