/** Data URLs. */
import type { Data } from './shown.ts';

/** `data:image/png;base64,…` as data of its type. */
export function dataOfUrl(url: unknown): Data | undefined {
  if (typeof url !== 'string') return undefined;
  const match = /^data:([\w.+/-]+)(?:;[^,;]*)*;base64,/.exec(url);
  if (match?.[1] === undefined) return undefined;
  const base64 = url.slice(match[0].length);
  return { [match[1]]: match[1] === 'image/svg+xml' ? Buffer.from(base64, 'base64') : base64 };
}
