import { inspectOnly, isSpecial, KEEPS_OFF } from './inspect-only.ts';

/** What stands behind a proxy, or behind the last of several, found without its traps; undefined where it is revoked. */
export function proxyTarget(proxy: unknown): object | undefined {
  if (!KEEPS_OFF) return undefined;
  const { pieces, untouched } = inspectOnly(proxy);
  return pieces.some((piece) => isSpecial(piece, '<Revoked Proxy>')) ? undefined : untouched[0];
}
