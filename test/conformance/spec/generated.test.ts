import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { Validator } from 'jsonschema';
import type {
  Contents,
  Contents2011,
  ExecuteReply,
  FullMessage,
  Header,
} from '../../../protocol/src/generated/messages.ts';
import { documentSchemas, messageSchemas, messageSchemas2011 } from '../../../protocol/src/generated/schemas.ts';
import { collections, type Examples, namesIn, readSpec } from './files.ts';

const tables = { messages: messageSchemas, 'messages-2011': messageSchemas2011, '.': documentSchemas };

test('types and tables are up to date with the schemas', () => {
  const script = join(import.meta.dirname, '../../../scripts/generate-types.ts');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});

for (const collection of collections) {
  test(`the table of ${collection} says the same of every example as the schemas do`, () => {
    const validator = new Validator();
    const table = new Map(Object.entries(tables[collection]));
    assert.deepEqual([...table.keys()].sort(), namesIn('schemas', collection));
    for (const [name, schema] of table) {
      const { valid, invalid } = readSpec<Examples>('examples', collection, `${name}.json`);
      for (const { is, value } of valid) assert.ok(validator.validate(value, schema).valid, `${name}: ${is}`);
      for (const { is, value } of invalid) assert.ok(!validator.validate(value, schema).valid, `${name}: ${is}`);
    }
  });
}

test('a reply is told apart by its status', () => {
  const say = (reply: ExecuteReply): string => {
    switch (reply.status) {
      case 'ok':
        return `ok ${reply.execution_count}`;
      case 'error':
        return `${reply.ename}: ${reply.evalue}`;
      case 'aborted':
        return 'aborted';
    }
  };
  assert.equal(say({ status: 'ok', execution_count: 3 }), 'ok 3');
  assert.equal(say({ status: 'error', execution_count: 3, ename: 'E', evalue: 'v', traceback: [] }), 'E: v');
  assert.equal(say({ status: 'aborted' }), 'aborted');
});

test('the types are those of the messages', () => {
  const header: Header = {
    msg_id: '1',
    session: 's',
    username: 'ada',
    date: '2026-01-31T12:00:00Z',
    msg_type: 'stream',
  };
  const stream: Contents['stream'] = { name: 'stdout', text: 'x' };
  const message: FullMessage = { header, parent_header: {}, metadata: {}, content: { ...stream } };
  const old: Contents2011['stream'] = { name: 'stdout', data: 'x' };
  const validator = new Validator();
  assert.ok(validator.validate(message, documentSchemas.message).valid);
  assert.ok(validator.validate(stream, messageSchemas.stream).valid);
  assert.ok(validator.validate(old, messageSchemas2011.stream).valid);
  assert.ok(!validator.validate(old, messageSchemas.stream).valid);
});
