import { inspect } from 'node:util';

/** What Node's inspect knows while it writes. */
interface Context {
  seen: unknown;
}

/** What inspect has written, piece by piece. */
export interface Piece {
  readonly text: string;
  /** `string`, `number`, `special`, … */
  readonly style: string;
}

/** What inspect has written of an object, and what it would have gone on to. */
export interface Inspected {
  readonly pieces: readonly Piece[];
  readonly untouched: readonly object[];
}

/** Strings are written up to this length, in UTF-16 units. */
export const MAX_LENGTH = 100;

/** Written in the place of the first object that is not touched. */
export const CIRCULAR = '[Circular *1]';

export function isSpecial(piece: Piece | undefined, special: string): boolean {
  return piece?.style === 'special' && piece.text === special;
}

/**
 * Has Node's inspect write an object, and no object inside of it: it is told that it has seen those already, by way of its
 * context, which is what it calls `stylize` on. Then it writes `[Circular *1]` and does not touch them.
 */
export function inspectOnly(object: unknown): Inspected {
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
    // Else it reads a property of what stands behind a proxy.
    showProxy: true,
    depth: Number.POSITIVE_INFINITY,
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

/** Whether this Node lets itself be told so. If a later one does not, `inspectOnly` is not to be called. */
export const KEEPS_OFF = inspectOnly(undefined).pieces.some((piece) => isSpecial(piece, CIRCULAR));
