/** Something that the cursor may be completed with. */
export interface Candidate {
  readonly name: string;
  /** How far away it is: 0 for an object's own, higher for what it inherits. Candidates of a lower rank come first. */
  readonly rank: number;
  /** What it is in the words of Jupyter's frontends, with what reads its signature if it may have one. */
  readonly describe: () => Description;
}

export interface Description {
  readonly type: 'function' | 'class' | 'instance' | 'property' | 'keyword' | 'module' | 'path';
  readonly signature?: () => string | undefined;
  /** Whether the object has it itself, and does not inherit it. */
  readonly own?: boolean;
}

/** Rank of what every object has, after all that objects have of their own. */
export const EVERY_OBJECTS = 1_000;
/** What is private by its name comes after what is not; so much is added to its rank. */
const PRIVATE = 500;
/** How many candidates an answer has at most. */
export const MAX_MATCHES = 1_000;

export interface Chosen {
  readonly candidates: readonly Candidate[];
  /** How many there would have been without the limit. */
  readonly total: number;
}

/**
 * The candidates that begin with what was written; if there are none, those that do when case does not count. The first
 * of a name counts. In the order: rank, then name; `_private` ones after the others.
 */
export function choose(candidates: Iterable<Candidate>, prefix: string): Chosen {
  const exact = new Map<string, Candidate>();
  const others = new Map<string, Candidate>();
  const lower = prefix.toLowerCase();
  let total = 0;
  for (const candidate of candidates) {
    const { name } = candidate;
    if (name.startsWith(prefix)) {
      if (exact.has(name)) continue;
      total += 1;
      if (exact.size < MAX_MATCHES) exact.set(name, candidate);
    } else if (exact.size === 0 && others.size < MAX_MATCHES && name.toLowerCase().startsWith(lower)) {
      if (!others.has(name)) others.set(name, candidate);
    }
  }
  const chosen = exact.size > 0 ? exact : others;
  const position = ({ name, rank }: Candidate): number => (name.startsWith('_') ? rank + PRIVATE : rank);
  const candidatesInOrder = [...chosen.values()].sort(
    (a, b) => position(a) - position(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
  return { candidates: candidatesInOrder, total: Math.max(total, chosen.size) };
}
