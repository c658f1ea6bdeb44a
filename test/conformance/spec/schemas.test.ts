import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { Validator } from 'jsonschema';
import { collections, type Examples, namesIn, readSpec, type SpecSchema } from './files.ts';

/** What ajv and jsonschema treat alike, and other implementations of draft-07 too. */
const keywords = new Set(
  (
    '$ref $schema additionalItems additionalProperties anyOf const default definitions description enum items ' +
    'maxItems maxLength maxProperties maximum minItems minLength minimum pattern properties required title type'
  ).split(' '),
);

function* keywordsOf(schema: object): Generator<string> {
  for (const [keyword, value] of Object.entries(schema)) {
    yield keyword;
    const children =
      keyword === 'properties' || keyword === 'definitions'
        ? Object.values(value)
        : keyword === 'anyOf' || (keyword === 'items' && Array.isArray(value))
          ? value
          : keyword === 'items' || keyword === 'additionalProperties'
            ? [value]
            : [];
    for (const child of children) if (typeof child === 'object') yield* keywordsOf(child);
  }
}

for (const collection of collections) {
  describe(`schemas of spec/schemas/${collection}`, () => {
    test('every schema has examples, and every example a schema', () => {
      assert.deepEqual(namesIn('examples', collection), namesIn('schemas', collection));
    });

    for (const name of namesIn('schemas', collection)) {
      const schema = readSpec<SpecSchema>('schemas', collection, `${name}.json`);
      const { valid, invalid } = readSpec<Examples>('examples', collection, `${name}.json`);
      const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true });
      const ajvAccepts = ajv.compile(schema);
      const jsonschema = new Validator();

      test(`${name} is titled, names its section and uses portable keywords only`, () => {
        assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
        assert.match(schema.title, /^([A-Z][a-z]*(2011)?)+$/);
        assert.match(schema.description, /Section "[^"]+" of |ipykernel's extension/);
        for (const keyword of keywordsOf(schema)) assert.ok(keywords.has(keyword), `${keyword} is not portable`);
      });

      test(`${name}: ajv and jsonschema accept what is valid`, () => {
        assert.ok(valid.length > 0);
        for (const { is, value } of valid) {
          assert.equal(ajvAccepts(value), true, `ajv refuses: ${is}: ${ajv.errorsText(ajvAccepts.errors)}`);
          const { errors } = jsonschema.validate(value, schema);
          assert.deepEqual(errors.map(String), [], `jsonschema refuses: ${is}`);
        }
      });

      test(`${name}: ajv and jsonschema refuse what is not`, () => {
        assert.ok(invalid.length > 0);
        for (const { is, value } of invalid) {
          assert.equal(ajvAccepts(value), false, `ajv accepts: ${is}`);
          assert.equal(jsonschema.validate(value, schema).valid, false, `jsonschema accepts: ${is}`);
        }
      });
    }
  });
}

test('a definition that several schemas have is the same in all of them', () => {
  const known = new Map<string, unknown>();
  for (const collection of collections) {
    for (const name of namesIn('schemas', collection)) {
      const { definitions = {} } = readSpec<SpecSchema>('schemas', collection, `${name}.json`);
      for (const [title, definition] of Object.entries(definitions)) {
        if (!known.has(title)) known.set(title, definition);
        assert.deepEqual(definition, known.get(title), `${title} in ${collection}/${name}`);
      }
    }
  }
});

test('the headers inside a whole message are those of their own schemas', () => {
  const { definitions = {} } = readSpec<SpecSchema>('schemas/message.json');
  for (const name of ['header', 'header_2011']) {
    const { $schema: _, title, ...schema } = readSpec<SpecSchema>(`schemas/${name}.json`);
    assert.deepEqual(definitions[title], schema);
  }
});
