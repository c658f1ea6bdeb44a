/** What objects show of themselves. */
import type { Displayable } from './displayable.ts';
import { promised } from './properties.ts';

export type Data = Record<string, unknown>;

/** By media type, or with metadata; undefined where the object turns out to be none of its kind. */
type Found = Data | Displayable | undefined;
export type Shown = Found | Promise<Found>;

/** How an object of one kind is shown, or undefined for an object that is not of that kind. */
export type Recogniser = (value: object) => Shown;

/** The result of a method under a general name: what it throws says that it is not what its name promised. */
export function tried(convert: () => Shown): Shown {
  try {
    const shown = convert();
    return shown instanceof Promise ? shown.catch(() => undefined) : shown;
  } catch {
    return undefined;
  }
}

/** What becomes of a method's result, now or when it comes. */
export function later(result: unknown, then: (result: unknown) => Shown): Shown {
  return promised(result)?.then(then) ?? then(result);
}
