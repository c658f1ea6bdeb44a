/**
 * Predicates made from JSON Schemas, for what happens at every message. They know the keywords that `spec/` uses, and
 * say only whether a value fits: `jsonschema` says why it does not.
 */
import type { Schema } from 'jsonschema';

export type Check = (value: unknown) => boolean;

type Definitions = Readonly<Record<string, Schema>>;

/** Says nothing about values. */
const ANNOTATIONS = new Set(['title', 'description', '$schema', 'default', 'definitions']);

const TYPES: Readonly<Record<string, Check>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === 'string',
  array: (value) => Array.isArray(value),
  object: isObject,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As `jsonschema` counts them: low surrogates do not count. */
function lengthOf(text: string): number {
  return text.length - (text.match(/[\uDC00-\uDFFF]/g)?.length ?? 0);
}

function onStrings(check: (text: string) => boolean): Check {
  return (value) => typeof value !== 'string' || check(value);
}

function onNumbers(check: (number: number) => boolean): Check {
  return (value) => typeof value !== 'number' || check(value);
}

function onArrays(check: (items: readonly unknown[]) => boolean): Check {
  return (value) => !Array.isArray(value) || check(value);
}

function onObjects(check: (object: Readonly<Record<string, unknown>>) => boolean): Check {
  return (value) => !isObject(value) || check(value);
}

/**
 * The predicate of a schema. Values are what JSON.parse gives; a property that is undefined counts as absent.
 * @throws Error naming the keyword, where the schema uses one that is not known here.
 */
export function compileSchema(schema: Schema): Check {
  return compile(schema, schema.definitions ?? {});
}

function compile(schema: Schema | boolean, definitions: Definitions): Check {
  if (typeof schema === 'boolean') return () => schema;
  const checks: Check[] = [];
  for (const keyword of Object.keys(schema)) {
    if (ANNOTATIONS.has(keyword)) continue;
    const check = keywordCheck(keyword, schema, definitions);
    if (check === undefined) throw new Error(`schema keyword ${keyword} is not known to the compiled checks`);
    checks.push(check);
  }
  const [first, ...others] = checks;
  if (first === undefined) return () => true;
  return others.length === 0 ? first : (value) => checks.every((check) => check(value));
}

function keywordCheck(keyword: string, schema: Schema, definitions: Definitions): Check | undefined {
  switch (keyword) {
    case 'type':
      return typeCheck(schema.type);
    case 'const':
      return equalTo([schema.const]);
    case 'enum':
      return equalTo(schema.enum ?? []);
    case '$ref':
      return referenceCheck(schema.$ref ?? '', definitions);
    case 'anyOf': {
      const checks = schema.anyOf?.map((option) => compile(option, definitions)) ?? [];
      return (value) => checks.some((check) => check(value));
    }
    case 'minLength':
      return onStrings((text) => lengthOf(text) >= (schema.minLength ?? 0));
    case 'maxLength':
      return onStrings((text) => lengthOf(text) <= (schema.maxLength ?? Number.POSITIVE_INFINITY));
    case 'pattern': {
      const pattern = new RegExp(schema.pattern ?? '', 'u');
      return onStrings((text) => pattern.test(text));
    }
    case 'minimum':
      return onNumbers((number) => number >= (schema.minimum ?? Number.NEGATIVE_INFINITY));
    case 'maximum':
      return onNumbers((number) => number <= (schema.maximum ?? Number.POSITIVE_INFINITY));
    case 'minItems':
      return onArrays((items) => items.length >= (schema.minItems ?? 0));
    case 'maxItems':
      return onArrays((items) => items.length <= (schema.maxItems ?? Number.POSITIVE_INFINITY));
    case 'items':
    case 'additionalItems':
      return keyword === 'items' || schema.items === undefined ? itemsCheck(schema, definitions) : () => true;
    case 'required': {
      const names = Array.isArray(schema.required) ? schema.required : [];
      return onObjects((object) => names.every((name) => object[name] !== undefined));
    }
    case 'maxProperties':
      return onObjects((object) => Object.keys(object).length <= (schema.maxProperties ?? Number.POSITIVE_INFINITY));
    case 'properties':
      return propertiesCheck(schema, definitions);
    case 'additionalProperties':
      return additionalPropertiesCheck(schema, definitions);
    default:
      return undefined;
  }
}

function typeCheck(type: string | string[] | undefined): Check {
  const names = Array.isArray(type) ? type : [type ?? ''];
  const checks = names.map((name) => {
    const check = TYPES[name];
    if (check === undefined) throw new Error(`schema type ${name} is not known to the compiled checks`);
    return check;
  });
  const [first, ...others] = checks;
  return first !== undefined && others.length === 0 ? first : (value) => checks.some((check) => check(value));
}

function equalTo(allowed: readonly unknown[]): Check {
  if (allowed.some((value) => typeof value === 'object' && value !== null)) {
    throw new Error('schema constants that are objects are not known to the compiled checks');
  }
  return (value) => allowed.includes(value);
}

/** Resolved at the first use, so that definitions may refer to each other. */
function referenceCheck(reference: string, definitions: Definitions): Check {
  const target = definitions[reference.replace(/^#\/definitions\//, '')];
  if (target === undefined) throw new Error(`schema reference ${reference} leads nowhere`);
  let check: Check | undefined;
  return (value) => {
    check ??= compile(target, definitions);
    return check(value);
  };
}

function itemsCheck(schema: Schema, definitions: Definitions): Check {
  const { items } = schema;
  if (items === undefined) return () => true;
  if (!Array.isArray(items)) {
    const check = compile(items, definitions);
    return onArrays((values) => values.every(check));
  }
  const checks = items.map((item) => compile(item, definitions));
  const rest = schema.additionalItems === undefined ? () => true : compile(schema.additionalItems, definitions);
  return onArrays((values) => values.every((value, index) => (checks[index] ?? rest)(value)));
}

function propertiesCheck(schema: Schema, definitions: Definitions): Check {
  const checks = Object.entries(schema.properties ?? {}).map(
    ([name, property]) => [name, compile(property, definitions)] as const,
  );
  return onObjects((object) =>
    checks.every(([name, check]) => {
      const value = object[name];
      return value === undefined || check(value);
    }),
  );
}

function additionalPropertiesCheck(schema: Schema, definitions: Definitions): Check {
  if (schema.additionalProperties === undefined || schema.additionalProperties === true) return () => true;
  const named = new Set(Object.keys(schema.properties ?? {}));
  const check = compile(schema.additionalProperties, definitions);
  return onObjects((object) =>
    Object.entries(object).every(([name, value]) => named.has(name) || value === undefined || check(value)),
  );
}
