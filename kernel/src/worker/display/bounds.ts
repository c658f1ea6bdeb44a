/** What is too large for a notebook is left out, with a notice in its place. */

/** Characters of data of one media type: a notebook with more of them is slow to open, and frontends refuse it. */
const MAX_DATA = 16 * 1024 * 1024;

/** `1,000,000`, in every locale. */
export function count(number: number): string {
  return number.toLocaleString('en');
}

/** Data without what is too large in it, which its text then names. */
export function bounded(data: Record<string, unknown>): Record<string, unknown> {
  const notices: string[] = [];
  const kept = Object.entries(data).filter(([type, value]) => {
    if (typeof value !== 'string' || value.length <= MAX_DATA) return true;
    notices.push(`[${type} of ${count(value.length)} characters, not shown: more than ${count(MAX_DATA)}]`);
    return false;
  });
  if (notices.length === 0) return data;
  const { 'text/plain': text, ...rest } = Object.fromEntries(kept);
  return { ...rest, 'text/plain': [text, ...notices].filter((line) => line !== undefined).join('\n') };
}
