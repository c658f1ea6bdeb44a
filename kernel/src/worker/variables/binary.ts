/** Bytes of buffers and views, which may have properties of their own in the place of these. */
import { types } from 'node:util';

type Getter = (() => unknown) | undefined;

function getterOf(prototype: object, name: string): Getter {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get;
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const BYTE_LENGTH: readonly (readonly [is: (value: object) => boolean, get: Getter])[] = [
  [types.isTypedArray, getterOf(typedArray, 'byteLength')],
  [types.isDataView, getterOf(DataView.prototype, 'byteLength')],
  [types.isArrayBuffer, getterOf(ArrayBuffer.prototype, 'byteLength')],
  [types.isSharedArrayBuffer, getterOf(SharedArrayBuffer.prototype, 'byteLength')],
];
const getBuffer = getterOf(typedArray, 'buffer');
const getOffset = getterOf(typedArray, 'byteOffset');

/** Bytes of a buffer or a view; undefined for anything else. A view of a buffer that has been given away has none. */
export function byteLength(value: object): number | undefined {
  const [, get] = BYTE_LENGTH.find(([is]) => is(value)) ?? [];
  if (get === undefined) return undefined;
  try {
    return Number(Reflect.apply(get, value, []));
  } catch (error) {
    // A DataView whose buffer has been transferred says so by an error.
    if (error instanceof TypeError) return 0;
    throw error;
  }
}

/** The memory behind a typed array or a buffer, from its first byte; undefined for anything else. */
export function memoryOf(value: object): Uint8Array | undefined {
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(value);
  if (!types.isTypedArray(value) || getBuffer === undefined || getOffset === undefined) return undefined;
  const buffer = Reflect.apply(getBuffer, value, []) as ArrayBuffer;
  return new Uint8Array(buffer, Number(Reflect.apply(getOffset, value, [])), byteLength(value));
}
