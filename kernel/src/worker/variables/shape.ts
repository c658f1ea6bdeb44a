/** The dimensions of what has some. Runs no code of the user's. */
import { types } from 'node:util';
import { typedArrayLength } from '../live/preview.ts';
import { dataProperty, ownProperty } from '../live/reflection.ts';

/** Rows of an array that are looked at to see whether they are of one length; of a longer one nothing is said. */
const MAX_ROWS = 10_000;
/** Arrays of arrays of arrays … */
const MAX_DIMENSIONS = 8;

/**
 * `[3, 2]` for three arrays of two elements; what libraries of arrays give as `shape`, where that is data; undefined for
 * anything else.
 */
export function shapeOf(value: object): readonly number[] | undefined {
  if (types.isProxy(value)) return undefined;
  if (types.isTypedArray(value)) return [typedArrayLength(value)];
  return Array.isArray(value) ? shapeOfArray(value, MAX_DIMENSIONS) : declaredShape(value);
}

function shapeOfArray(array: readonly unknown[], dimensions: number): readonly number[] {
  const { length } = array;
  const first = element(array, 0);
  if (length === 0 || length > MAX_ROWS || dimensions === 1) return [length];
  const inner = rowShape(first, dimensions);
  if (inner === undefined) return [length];
  for (let index = 1; index < length; index += 1) {
    if (!isSame(rowShape(element(array, index), dimensions), inner)) return [length];
  }
  return [length, ...inner];
}

function rowShape(row: unknown, dimensions: number): readonly number[] | undefined {
  if (typeof row !== 'object' || row === null || types.isProxy(row)) return undefined;
  if (types.isTypedArray(row)) return [typedArrayLength(row)];
  return Array.isArray(row) ? shapeOfArray(row, dimensions - 1) : undefined;
}

function element(array: readonly unknown[], index: number): unknown {
  return ownProperty(array, index)?.value;
}

/** Of tensors and matrices of libraries. */
function declaredShape(value: object): readonly number[] | undefined {
  const shape = dataProperty(value, 'shape');
  if (typeof shape !== 'object' || shape === null || types.isProxy(shape)) return undefined;
  const isList = Array.isArray(shape) || types.isTypedArray(shape);
  const length = types.isTypedArray(shape) ? typedArrayLength(shape) : Array.isArray(shape) ? shape.length : 0;
  if (!isList || length === 0 || length > MAX_DIMENSIONS) return undefined;
  const numbers = Array.from({ length }, (_, index): unknown => ownProperty(shape, index)?.value);
  return numbers.every(isCount) ? numbers : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isSame(one: readonly number[] | undefined, other: readonly number[]): boolean {
  return one !== undefined && one.length === other.length && one.every((number, index) => number === other[index]);
}
