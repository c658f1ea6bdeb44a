import { types } from 'node:util';
import { CIRCULAR, inspectOnly, isSpecial, KEEPS_OFF, MAX_LENGTH } from './inspect-only.ts';
import { findProperty, ownProperty } from './reflection.ts';

export type PromiseState =
  | { readonly state: 'pending' }
  /** `text`: the result, where it is primitive; `object`: the result, where it is not; of a proxy, what it stands for. */
  | { readonly state: 'fulfilled' | 'rejected'; readonly text: string }
  | { readonly state: 'fulfilled' | 'rejected'; readonly object: object };

/**
 * The state of a promise; undefined where it is not to be known without running code of the user's.
 *
 * JavaScript tells it only to what is attached to the promise, which would count as a handler of its rejection. Node's
 * inspect looks inside, but goes on to the result and runs its getters: it is kept from that.
 */
export function promiseState(promise: Promise<unknown>): PromiseState | undefined {
  if (!KEEPS_OFF || !isPlain(promise)) return undefined;
  const { pieces, untouched } = inspectOnly(promise);
  const [, result] = pieces;
  if (result === undefined) return undefined;
  if (isSpecial(result, '<pending>')) return { state: 'pending' };
  const state = pieces.some((piece) => isSpecial(piece, '<rejected>')) ? 'rejected' : 'fulfilled';
  const [object] = untouched;
  if (isSpecial(result, CIRCULAR)) return object === undefined ? undefined : { state, object };
  return { state, text: result.text.length > MAX_LENGTH ? `${result.text}…` : result.text };
}

/** Whether nothing that inspect reads of the promise itself is code of the user's. */
function isPlain(promise: Promise<unknown>): boolean {
  if (types.isProxy(promise)) return false;
  const tag = findProperty(promise, Symbol.toStringTag)?.descriptor;
  const type: unknown = findProperty(promise, 'constructor')?.descriptor.value;
  if (tag === undefined || !('value' in tag) || typeof type !== 'function' || types.isProxy(type)) return false;
  const hasInstance = findProperty(type, Symbol.hasInstance)?.holder;
  return typeof ownProperty(type, 'name')?.value === 'string' && hasInstance === Function.prototype;
}
