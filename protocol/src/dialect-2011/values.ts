/** Values that the two dialects write differently. Pure. */

/** The content of a message. */
export type Content = Readonly<Record<string, unknown>>;

/** A message, as far as the dialect matters. */
export interface Adapted {
  readonly msgType: string;
  readonly content: Content;
}

/** A request in the other dialect, and the way back for its reply. */
export interface AdaptedRequest extends Adapted {
  /**
   * The reply in the dialect of the request.
   * @throws ProtocolError ERR_SCHEMA where the reply does not fit the dialect that it comes from.
   */
  readonly reply: (msgType: string, content: Content) => Adapted;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** The first of the values that is a string. */
export function firstString(...values: unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string');
}

export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function mapValues<T>(record: Content, change: (value: unknown) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** 2011 named the parts of an error in three ways: the document, the console frontend, the kernel. All are filled. */
export function errorTo2011(content: Content): Content {
  const { ename, evalue } = content;
  return { ...content, exc_name: ename, exc_value: evalue, etype: ename };
}

export function errorFrom2011(content: Content): { ename: string; evalue: string; traceback: string[] } {
  return {
    ename: firstString(content.ename, content.exc_name, content.etype) ?? 'Error',
    evalue: firstString(content.evalue, content.exc_value) ?? '',
    traceback: stringsOf(content.traceback),
  };
}

/** What a user expression gave: in 2011 its text, or `[ERROR] Name: message`. */
export function expressionTo2011(result: unknown): string {
  const { status, data, ename, evalue } = recordOf(result);
  return status === 'error' ? `[ERROR] ${ename}: ${evalue}` : (firstString(recordOf(data)['text/plain']) ?? '');
}

/** Kernels between the two (IPython 1 to 2) send today's form already. */
export function expressionFrom2011(result: unknown): Content {
  if (isRecord(result)) return result;
  const text = firstString(result) ?? '';
  const [, ename, evalue] = /^\[ERROR\] ([^:]*): ([\s\S]*)$/.exec(text) ?? [];
  if (ename !== undefined && evalue !== undefined) return { status: 'error', ename, evalue, traceback: [] };
  return { status: 'ok', data: { 'text/plain': text }, metadata: {} };
}

/** A mime bundle of 2011 has strings only, JSON types included. */
export function bundleTo2011(data: unknown): Content {
  return mapKeyed(recordOf(data), (mime, value) =>
    isJsonType(mime) && typeof value !== 'string' ? JSON.stringify(value) : value,
  );
}

/** Kernels of 2011 may give a text where a bundle belongs. */
export function bundleFrom2011(data: unknown): Content {
  if (typeof data === 'string') return { 'text/plain': data };
  return mapKeyed(recordOf(data), (mime, value) => (isJsonType(mime) ? parsed(value) : value));
}

function mapKeyed(record: Content, change: (name: string, value: unknown) => unknown): Content {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(name, value)]));
}

function isJsonType(mime: string): boolean {
  return mime === 'application/json' || mime.endsWith('+json');
}

/** The value of a JSON text; a string that is no JSON is a value itself. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** `5.6` -> `[5, 6]`. */
export function versionTo2011(version: unknown): number[] {
  return (firstString(version) ?? '').split('.').map(Number).filter(Number.isInteger);
}

/** `[4, 1]` -> `4.1`; a version that is a string already stays. */
export function versionFrom2011(version: unknown): unknown {
  return Array.isArray(version) ? version.join('.') : version;
}
