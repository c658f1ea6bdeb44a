/**
 * Messages against the schemas of `spec/`.
 *
 * `jsonschema` takes 47 µs for an execute_request, 65 µs for an execute_result and 162 µs for an execute_reply: more
 * than a tenth of a round trip (about 400 µs). So a predicate compiled from the same schema decides first, in 0.1 to
 * 1.4 µs (measured side by side, Node 24); a test holds the two equal. Only what it refuses goes to `jsonschema`, which
 * has the last word and says where the message is wrong. That package is loaded at the first such message: most
 * processes never need it.
 */
import type { Schema, ValidationError } from 'jsonschema';
import { ProtocolError } from './errors.ts';
import type { Contents, Contents2011, Documents } from './generated/messages.ts';
import { documentSchemas, messageSchemas, messageSchemas2011 } from './generated/schemas.ts';
import { loadJsonSchema } from './load-jsonschema.ts';
import { type Check, compileSchema } from './schema-check.ts';

/** The contents of each dialect, and the other documents of `spec/`. */
export interface Validated {
  readonly current: Contents;
  readonly 2011: Contents2011;
  readonly document: Documents;
}

const SCHEMAS: Readonly<Record<keyof Validated, Readonly<Record<string, Schema>>>> = {
  current: messageSchemas,
  2011: messageSchemas2011,
  document: documentSchemas,
};

const checks = new WeakMap<Schema, Check>();

function checkOf(schema: Schema): Check {
  let check = checks.get(schema);
  if (check === undefined) {
    check = compileSchema(schema);
    checks.set(schema, check);
  }
  return check;
}

/** Whether `spec/` has a schema for a message type. Those without one are tolerated. */
export function isKnownType<D extends keyof Validated = 'current'>(
  msgType: PropertyKey,
  dialect?: D,
): msgType is keyof Validated[D] {
  return Object.hasOwn(SCHEMAS[dialect ?? 'current'], msgType);
}

/**
 * Checks the content of a message. A type that `spec/` does not have passes: unknown messages are tolerated.
 * @param dialect Default: `current`.
 * @throws ProtocolError ERR_SCHEMA naming the path and what is wrong there, never the value.
 */
export function validate(msgType: string, content: unknown, dialect: keyof Validated = 'current'): void {
  if (!isKnownType(msgType, dialect)) return;
  const schema = SCHEMAS[dialect][msgType];
  if (schema === undefined || checkOf(schema)(content)) return;
  const [error] = explain(content, schema);
  if (error !== undefined) {
    throw new ProtocolError('ERR_SCHEMA', `${msgType}: ${describe(error)}`);
  }
}

/** As `validate`, for the types: the content is what the schema says, or this throws. */
export function assertValid<T extends keyof Validated[D] & string, D extends keyof Validated = 'current'>(
  msgType: T,
  content: unknown,
  dialect?: D,
): asserts content is Validated[D][T] {
  validate(msgType, content, dialect);
}

function explain(value: unknown, schema: Schema): readonly ValidationError[] {
  const { Validator } = loadJsonSchema();
  return new Validator().validate(value, schema, { nestedErrors: true }).errors;
}

/** `content.user_expressions.a is not of a type(s) string`. */
function describe(error: ValidationError): string {
  return `${['content', ...error.path].join('.')} ${error.message}`;
}
