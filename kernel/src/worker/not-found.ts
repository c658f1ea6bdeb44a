import { createRequire } from 'node:module';

/** What Node says where it finds no file. */
const NOT_FOUND = new Set<unknown>(['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT', 'MODULE_NOT_FOUND']);

/** What Node resolves to, or else the file that others would take, if there is one. */
export function orElse<Found>(
  byNode: () => Found,
  find: () => string | undefined,
  take: (file: string) => Found,
): Found {
  try {
    return byNode();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && NOT_FOUND.has(error.code))) throw error;
    const file = find();
    if (file === undefined) throw error;
    return take(file);
  }
}

/** A part of a package, `lodash/fp`, which bundlers find for an import, and Node for `require` only. */
export function partOf(specifier: string, importer: string): string | undefined {
  try {
    return createRequire(importer).resolve(specifier);
  } catch {
    return undefined;
  }
}
