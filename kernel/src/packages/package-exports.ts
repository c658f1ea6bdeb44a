/** A part of the `exports` of a package.json. Spec: nodejs.org/api/packages.html#package-entry-points */
type Target = string | null | readonly Target[] | { readonly [condition: string]: Target };

/**
 * The files that a package's `exports` name for a subpath (`.` or `./sub`), best first, relative to its folder. `accepts` says
 * whether a condition holds.
 */
export function exportedFiles(exports: unknown, subpath: string, accepts: (condition: string) => boolean): string[] {
  if (!isTarget(exports)) return [];
  const table = isTable(exports) ? exports : { '.': exports };
  const exact = Object.hasOwn(table, subpath) && !subpath.includes('*') ? table[subpath] : undefined;
  if (exact !== undefined) return filesOf(exact, '', accepts);
  for (const pattern of Object.keys(table).sort(moreSpecificFirst)) {
    const [before = '', after] = pattern.split('*');
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    if (subpath.length < pattern.length) continue;
    return filesOf(table[pattern] ?? null, subpath.slice(before.length, subpath.length - after.length), accepts);
  }
  return [];
}

function filesOf(target: Target, star: string, accepts: (condition: string) => boolean): string[] {
  if (target === null) return [];
  if (typeof target === 'string') return target.startsWith('./') ? [target.replaceAll('*', star)] : [];
  if (isList(target)) return target.flatMap((one) => filesOf(one, star, accepts));
  return Object.entries(target).flatMap(([condition, inner]) =>
    accepts(condition) ? filesOf(inner, star, accepts) : [],
  );
}

function isTarget(value: unknown): value is Target {
  return value === null || typeof value === 'string' || typeof value === 'object';
}

function isList(target: Target): target is readonly Target[] {
  return Array.isArray(target);
}

/** Whether the keys are subpaths rather than conditions. */
function isTable(target: Target): target is { readonly [subpath: string]: Target } {
  return (
    typeof target === 'object' &&
    target !== null &&
    !isList(target) &&
    Object.keys(target).some((key) => key.startsWith('.'))
  );
}

function moreSpecificFirst(one: string, other: string): number {
  return other.indexOf('*') - one.indexOf('*') || other.length - one.length;
}
