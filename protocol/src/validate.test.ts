import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { type Schema, Validator } from 'jsonschema';
import { ProtocolError } from './errors.ts';
import { documentSchemas, messageSchemas, messageSchemas2011 } from './generated/schemas.ts';
import { compileSchema } from './schema-check.ts';
import { assertValid, isKnownType, type Validated, validate } from './validate.ts';

interface Examples {
  valid: { is: string; value: unknown }[];
  invalid: { is: string; value: unknown }[];
}

const sets: readonly [dialect: keyof Validated, folder: string, schemas: Readonly<Record<string, Schema>>][] = [
  ['current', 'messages/', messageSchemas],
  [2011, 'messages-2011/', messageSchemas2011],
  ['document', '', documentSchemas],
];

function examplesOf(folder: string, name: string): Examples {
  return JSON.parse(readFileSync(new URL(`../../spec/examples/${folder}${name}.json`, import.meta.url), 'utf8'));
}

/** What every place of a value is replaced by, one at a time. */
const REPLACEMENTS: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  70_000,
  '',
  'x',
  'ok',
  'error',
  [],
  ['x'],
  [1],
  {},
  { x: 1 },
];

/** The value with one place changed: removed, or replaced by something of another kind. */
function* mutations(value: unknown): Generator<unknown> {
  yield* REPLACEMENTS;
  if (Array.isArray(value)) {
    yield value.slice(1);
    yield [...value, null];
    for (const [index, item] of value.entries()) for (const other of mutations(item)) yield value.with(index, other);
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, 'x-unknown': 1 };
    for (const [name, item] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
      for (const other of mutations(item)) yield { ...value, [name]: other };
    }
  }
}

for (const [dialect, folder, schemas] of sets) {
  suite(`schemas of ${folder || 'documents'}`, () => {
    const jsonschema = new Validator();
    for (const [name, schema] of Object.entries(schemas)) {
      const check = compileSchema(schema);
      const examples = examplesOf(folder, name);

      test(`${name}: examples`, () => {
        for (const { value } of examples.valid) validate(name, value, dialect);
        for (const { is, value } of examples.invalid) {
          assert.throws(
            () => validate(name, value, dialect),
            (error) => error instanceof ProtocolError && error.code === 'ERR_SCHEMA',
            is,
          );
        }
      });

      test(`${name}: the compiled check agrees with jsonschema on every change of an example`, () => {
        const seen = new Set<string>();
        for (const { value } of examples.valid) {
          for (const mutation of mutations(value)) {
            const text = JSON.stringify(mutation);
            if (seen.has(text)) continue;
            seen.add(text);
            assert.equal(check(mutation), jsonschema.validate(mutation, schema).valid, text);
          }
        }
        assert.ok(seen.size >= REPLACEMENTS.length);
      });
    }

    test('every example has its schema', () => {
      for (const file of readdirSync(new URL(`../../spec/examples/${folder}`, import.meta.url))) {
        if (file.endsWith('.json')) assert.ok(isKnownType(file.replace(/\.json$/, ''), dialect), file);
      }
    });
  });
}

test('an error names the message, the path and the rule, never the value', () => {
  const secret = 'hunter2';
  for (const [content, message] of [
    [
      { code: '1', user_expressions: { a: [secret] } },
      'execute_request: content.user_expressions.a is not of a type(s) string',
    ],
    [{ secret }, 'execute_request: content requires property "code"'],
  ] as const) {
    assert.throws(() => validate('execute_request', content), { code: 'ERR_SCHEMA', message });
  }
});

test('message types without a schema are tolerated', () => {
  validate('comm_dance', { steps: 3 });
  validate('toString', null);
  assert.ok(!isKnownType('constructor'));
});

test('a checked content has the type of its message', () => {
  const content: unknown = { code: '1' };
  assertValid('execute_request', content);
  assert.equal(content.code, '1');
});

suite('compiled checks', () => {
  test('refuse keywords that they do not know', () => {
    assert.throws(() => compileSchema({ type: 'string', format: 'date-time' }), /format/);
    assert.throws(() => compileSchema({ $ref: '#/definitions/Missing' }), /Missing/);
    assert.throws(() => compileSchema({ type: 'integerish' }), /integerish/);
    assert.throws(() => compileSchema({ const: {} }), /objects/);
  });

  test('agree with jsonschema on strings beyond the basic plane and on undefined', () => {
    const jsonschema = new Validator();
    const schema: Schema = {
      type: 'object',
      properties: { a: { type: 'string', minLength: 2, maxLength: 3 }, b: { type: 'null' } },
      additionalProperties: { type: 'number' },
      maxProperties: 3,
    };
    const check = compileSchema(schema);
    const values = [
      { a: '😀' },
      { a: '😀😀' },
      { a: '\uDC00x' },
      { a: '😀😀😀😀' },
      { a: undefined },
      { b: null, c: 1 },
      { c: 'x' },
      { c: 1, d: 2, e: 3, f: 4 },
    ];
    for (const value of values) {
      assert.equal(check(value), jsonschema.validate(value, schema).valid, JSON.stringify(value));
    }
  });
});
