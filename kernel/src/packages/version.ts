import { maxSatisfying, rcompare, satisfies, valid, validRange } from 'semver';

/** Whether what is wanted is a tag, as `latest` and `next` are: which version that is only the registry knows. */
export function isTag(wanted: string): boolean {
  return validRange(wanted) === null;
}

/** Whether a version is in a range. Any version is where nothing is asked for; none is one of a tag. */
export function fits(version: string, wanted: string): boolean {
  return wanted === '' ? valid(version) !== null : satisfies(version, wanted);
}

/** Versions that fit, best first: the newest one, and one that is no preview before those. */
export function fitting(versions: readonly string[], wanted: string): string[] {
  const found = versions.filter((version) => fits(version, wanted)).sort(rcompare);
  const stable = wanted === '' ? maxSatisfying(found, '*') : null;
  return stable === null ? found : [stable, ...found.filter((version) => version !== stable)];
}
