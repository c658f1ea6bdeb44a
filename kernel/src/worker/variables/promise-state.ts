import { inspect, types } from 'node:util';
import { findProperty, ownProperty } from '../live/reflection.ts';

export type PromiseState =
  | { readonly state: 'pending' }
  /** `text`: the result, where it is primitive; `object`: the result, where it is not; of a proxy, what it stands for. */
  | { readonly state: 'fulfilled' | 'rejected'; readonly text: string }
  | { readonly state: 'fulfilled' | 'rejected'; readonly object: object };

/** What Node's inspect knows while it writes. */
interface Context {
  seen: unknown;
}

/** What inspect has written, piece by piece. */
interface Piece {
  readonly text: string;
  /** `string`, `number`, `special`, … */
  readonly style: string;
}

/** The longest text of a result, in UTF-16 units. */
const MAX_LENGTH = 100;

/**
 * The state of a promise; undefined where it is not to be known without running code of the user's.
 *
 * JavaScript tells it only to what is attached to the promise, which would count as a handler of its rejection. Node's
 * inspect looks inside, but goes on to the result and runs its getters: it is kept from that.
 */
export function promiseState(promise: Promise<unknown>): PromiseState | undefined {
  if (!KEEPS_OFF || !isPlain(promise)) return undefined;
  const { pieces, untouched } = inspectOnly(promise);
  const [, result, mark] = pieces;
  if (result === undefined) return undefined;
  if (isSpecial(result, '<pending>')) return { state: 'pending' };
  const state = mark !== undefined && isSpecial(mark, '<rejected>') ? 'rejected' : 'fulfilled';
  const [object] = untouched;
  if (isSpecial(result, CIRCULAR)) return object === undefined ? undefined : { state, object };
  return { state, text: result.text.length > MAX_LENGTH ? `${result.text}…` : result.text };
}

const CIRCULAR = '[Circular *1]';

function isSpecial({ text, style }: Piece, special: string): boolean {
  return style === 'special' && text === special;
}

/**
 * Has Node's inspect write an object, and no object inside of it: it is told that it has seen those already, by way of its
 * context, which is what it calls `stylize` on. Then it writes `[Circular *1]` and does not touch them.
 */
function inspectOnly(object: object | undefined): { pieces: readonly Piece[]; untouched: readonly object[] } {
  const pieces: Piece[] = [];
  const untouched: object[] = [];
  const seen = {
    push: () => undefined,
    pop: () => undefined,
    indexOf: () => -1,
    includes(value: object): boolean {
      if (value === object) return false;
      untouched.push(value);
      return true;
    },
  };
  const options = {
    customInspect: false,
    breakLength: Number.POSITIVE_INFINITY,
    maxStringLength: MAX_LENGTH,
    stylize(this: Context | undefined, text: string, style: string): string {
      if (this !== undefined) this.seen = seen;
      pieces.push({ text, style });
      return text;
    },
  };
  // The word null is written on the context, and before the rest.
  inspect([null, object ?? {}], options);
  return { pieces, untouched };
}

/** Whether this Node lets itself be told so. If a later one does not, the state of promises is not known. */
const KEEPS_OFF = inspectOnly(undefined).pieces.some((piece) => isSpecial(piece, CIRCULAR));

/** Whether nothing that inspect reads of the promise itself is code of the user's. */
function isPlain(promise: Promise<unknown>): boolean {
  if (types.isProxy(promise)) return false;
  const tag = findProperty(promise, Symbol.toStringTag)?.descriptor;
  const type: unknown = findProperty(promise, 'constructor')?.descriptor.value;
  if (tag === undefined || !('value' in tag) || typeof type !== 'function' || types.isProxy(type)) return false;
  const hasInstance = findProperty(type, Symbol.hasInstance)?.holder;
  return typeof ownProperty(type, 'name')?.value === 'string' && hasInstance === Function.prototype;
}
