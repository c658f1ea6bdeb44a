/** Vega and Vega-Lite specifications. */
import { dataProperty } from './properties.ts';

const SCHEMA = /^https?:\/\/vega\.github\.io\/schema\/(vega|vega-lite)\/v(\d+)(?:\.\d+)*\.json$/;

/** Newest major version that JupyterLab and VS Code are known to render. */
const RENDERED_MAJOR = 5;

/**
 * Media types of a specification, by its `$schema`: `application/vnd.vega.v5+json`, `application/vnd.vegalite.v5+json`.
 * A version newer than frontends know is offered as that and as the newest that they do know.
 */
export function vegaTypes(spec: object): string[] {
  const schema = dataProperty(spec, '$schema');
  const match = typeof schema === 'string' ? SCHEMA.exec(schema) : null;
  if (match === null) return [];
  const grammar = match[1] === 'vega' ? 'vega' : 'vegalite';
  const major = Number(match[2]);
  const versions = major > RENDERED_MAJOR ? [major, RENDERED_MAJOR] : [major];
  return versions.map((version) => `application/vnd.${grammar}.v${version}+json`);
}
