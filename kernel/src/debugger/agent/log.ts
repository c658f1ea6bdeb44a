import { preview } from '../../worker/live/preview.ts';

const LIMITS = { depth: 2, items: 50, length: 10_000 };

/** Text of a log point: literal text and values in turn, text first. */
export function formatLog(parts: readonly unknown[]): string {
  return parts
    .map((part, index) => (index % 2 === 0 || typeof part === 'string' ? String(part) : preview(part, LIMITS)))
    .join('');
}
