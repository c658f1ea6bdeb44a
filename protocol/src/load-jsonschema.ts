import { createRequire } from 'node:module';

/** The package `jsonschema`, which most processes never need. A bundle has another way to it in the place of this file. */
export function loadJsonSchema(): typeof import('jsonschema') {
  return createRequire(import.meta.url)('jsonschema');
}
