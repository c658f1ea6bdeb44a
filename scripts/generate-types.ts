/**
 * Derives `protocol/src/generated/` from the schemas of `spec/`: the types, and the schemas as modules that bundle.
 *
 *     node scripts/generate-types.ts            writes the files
 *     node scripts/generate-types.ts --check    fails where they are out of date
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

const root = join(import.meta.dirname, '..');
const banner = '// Generated from spec/schemas by scripts/generate-types.ts: change the schemas and run it again.\n';

interface SpecSchema extends JSONSchema {
  readonly title: string;
  readonly description: string;
  readonly definitions?: Record<string, JSONSchema>;
}

/** What the schemas of one folder become: an interface with a property for each file, and a table of the schemas. */
const collections = [
  {
    folder: 'messages',
    types: 'Contents',
    table: 'messageSchemas',
    description: 'The content of every message of the current protocol, by msg_type.',
  },
  {
    folder: 'messages-2011',
    types: 'Contents2011',
    table: 'messageSchemas2011',
    description: 'The content of every message of the dialect of 2011, by msg_type.',
  },
  {
    folder: '.',
    types: 'Documents',
    table: 'documentSchemas',
    description: 'Headers, whole messages, files and the handshake of JEP 66, by the name of the schema.',
  },
] as const;

function readSchemas(folder: string): Map<string, SpecSchema> {
  const path = join(root, 'spec/schemas', folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.json'));
  return new Map(
    names.sort().map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(join(path, name), 'utf8'))]),
  );
}

/** All schemas as definitions of one, so that a shape that many messages share becomes one type. */
async function generateTypes(): Promise<string> {
  const definitions: Record<string, JSONSchema> = {};
  const define = (name: string, schema: JSONSchema) => {
    const known = definitions[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(
        `Two schemas of spec/schemas define ${name} differently. Make the definitions equal or rename one.`,
      );
    }
    definitions[name] = schema;
  };
  const documents = readSchemas('.');
  for (const { folder, types, description } of collections) {
    const properties: Record<string, JSONSchema> = {};
    for (const [name, { $schema: _, title, definitions: own = {}, ...schema }] of readSchemas(folder)) {
      for (const [key, value] of Object.entries(own)) {
        // Whole headers recur inside the message; their own files define them.
        const document = [...documents.values()].find((candidate) => candidate.title === key);
        if (document === undefined) define(key, value);
      }
      define(title, schema);
      properties[name] = { $ref: `#/definitions/${title}` };
    }
    define(types, { type: 'object', description, required: Object.keys(properties), properties });
  }
  const everything: JSONSchema = { type: 'object', definitions };
  const source = await compile(everything, 'Everything', {
    additionalProperties: false,
    bannerComment: banner,
    unknownAny: true,
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  return source
    .replace(/export interface Everything \{[^}]*\}\n\n?/, '')
    .replace(
      / \*\n \* This interface was referenced by `Everything`'s JSON-Schema\n( \* via the `definition` "\w+"\.\n)+/g,
      '',
    )
    .replace(
      /\/\*\*\n \* This interface was referenced by `Everything`'s JSON-Schema\n( \* via the `definition` "\w+"\.\n)+ \*\/\n/g,
      '',
    );
}

/** A schema without what a validator has no use for. `inProperties`: the keys are names of fields, not keywords. */
function strip(value: unknown, inProperties = false): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key]) => inProperties || !['$schema', 'description', 'default'].includes(key),
  );
  return Object.fromEntries(
    kept.map(([key, item]) => [key, strip(item, !inProperties && (key === 'properties' || key === 'definitions'))]),
  );
}

function generateTables(): string {
  const tables = collections.map(({ folder, types, table, description }) => {
    const entries = [...readSchemas(folder)].map(([name, schema]) => `  ${name}: ${JSON.stringify(strip(schema))},\n`);
    return `/** Schemas: ${description} */\nexport const ${table}: Readonly<Record<keyof ${types}, Schema>> = {\n${entries.join('')}};\n`;
  });
  const names = collections.map(({ types }) => types).join(', ');
  const imports = `import type { Schema } from 'jsonschema';\nimport type { ${names} } from './messages.ts';\n`;
  return `${banner}// Import it lazily: only what validates needs it.\n${imports}\n${tables.join('\n')}`;
}

const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const target = join(root, 'protocol/src/generated');
mkdirSync(target, { recursive: true });
for (const [name, source] of [
  ['messages.ts', await generateTypes()],
  ['schemas.ts', generateTables()],
] as const) {
  const path = join(target, name);
  if (!options.check) {
    writeFileSync(path, source);
  } else if (readFileSync(path, 'utf8') !== source) {
    console.error(`protocol/src/generated/${name} is out of date: run node scripts/generate-types.ts`);
    process.exitCode = 1;
  }
}
