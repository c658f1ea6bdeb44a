import type { BufferPath, State } from './messages.ts';

/** The state of a model: bytes stand beside it, as comms carry them. */
export interface StoredModel {
  readonly id: string;
  readonly state: State;
  readonly buffers: readonly PlacedBuffer[];
}

export interface PlacedBuffer {
  readonly path: BufferPath;
  readonly bytes: Uint8Array;
}

/** The states of a kernel's widgets, kept up to date by what is said about them. */
export class ModelStore {
  readonly #models = new Map<string, StoredModel>();

  get all(): readonly StoredModel[] {
    return [...this.#models.values()];
  }

  get(id: string): StoredModel | undefined {
    return this.#models.get(id);
  }

  open(model: StoredModel): void {
    this.#models.set(model.id, model);
  }

  /** Takes new values of some members, each as a whole. */
  update(id: string, state: State, buffers: readonly PlacedBuffer[]): void {
    const old = this.#models.get(id);
    if (old === undefined) return;
    const changed = new Set<string | number | undefined>([
      ...Object.keys(state),
      ...buffers.map(({ path }) => path[0]),
    ]);
    const kept = Object.entries(old.state).filter(([name]) => !changed.has(name));
    this.#models.set(id, {
      id,
      state: { ...Object.fromEntries(kept), ...state },
      buffers: [...old.buffers.filter(({ path }) => !changed.has(path[0])), ...buffers],
    });
  }

  close(id: string): void {
    this.#models.delete(id);
  }

  clear(): void {
    this.#models.clear();
  }
}

type MessageBuffers = readonly (ArrayBuffer | ArrayBufferView)[];

/** Pairs the buffers of a message with their places. */
export function placeBuffers(paths: unknown, buffers: MessageBuffers = []): PlacedBuffer[] {
  if (!Array.isArray(paths)) return [];
  return buffers.flatMap((buffer, index) => {
    const path: unknown = paths[index];
    return Array.isArray(path) ? [{ path, bytes: bytesOf(buffer) }] : [];
  });
}

export function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
