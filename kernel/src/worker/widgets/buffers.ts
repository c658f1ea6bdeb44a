/** Binary parts of a state, which travel beside its JSON. Spec: widgets' messages, "Instantiating a widget object". */
export type Path = readonly (string | number)[];

export interface Separated {
  readonly state: Record<string, unknown>;
  readonly paths: readonly Path[];
  readonly buffers: readonly Uint8Array[];
}

/** Takes the bytes out of a state: in arrays null stands for them, in objects nothing. The state itself is left alone. */
export function separateBuffers(state: Readonly<Record<string, unknown>>): Separated {
  const paths: Path[] = [];
  const buffers: Uint8Array[] = [];
  const take = (value: unknown, path: Path): unknown => {
    const bytes = bytesOf(value);
    if (bytes !== undefined) {
      paths.push(path);
      buffers.push(bytes);
      return undefined;
    }
    if (Array.isArray(value)) return value.map((one, index) => take(one, [...path, index]) ?? null);
    if (isRecord(value)) return takeFrom(value, path);
    return value;
  };
  const takeFrom = (record: Readonly<Record<string, unknown>>, path: Path): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(record)
        .map(([key, value]) => [key, take(value, [...path, key])] as const)
        .filter(([, value]) => value !== undefined),
    );
  return { state: takeFrom(state, []), paths, buffers };
}

/** The state with its bytes where they belong. Paths that lead nowhere are left out. */
export function joinBuffers(state: unknown, paths: unknown, buffers: readonly Uint8Array[]): Record<string, unknown> {
  const whole: Record<string, unknown> = isRecord(state) ? structuredClone(state) : {};
  if (!Array.isArray(paths)) return whole;
  for (const [index, path] of paths.entries()) {
    const bytes = buffers[index];
    if (bytes === undefined || !Array.isArray(path)) continue;
    const last: unknown = path.at(-1);
    const place = path.slice(0, -1).reduce((at: unknown, key: unknown) => member(at, key), whole);
    if (Array.isArray(place) && typeof last === 'number' && last in place) place[last] = bytes;
    else if (isRecord(place) && typeof last === 'string' && last !== '__proto__') place[last] = bytes;
  }
  return whole;
}

/** The bytes that a value is, if it is any. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer || value instanceof SharedArrayBuffer ? new Uint8Array(value) : undefined;
}

/** A plain object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function member(at: unknown, key: unknown): unknown {
  if (Array.isArray(at) && typeof key === 'number') return at[key];
  return isRecord(at) && typeof key === 'string' && Object.hasOwn(at, key) ? at[key] : undefined;
}
