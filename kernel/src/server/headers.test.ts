import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROTOCOL_VERSION } from '@elara/protocol/message';
import { validate } from '@elara/protocol/validate';
import { Headers } from './headers.ts';

test('a header is what its schema says, whatever the user is called', () => {
  const headers = new Headers('Zoë "root" \\ 🎈', 'session "1"');
  const header: unknown = JSON.parse(headers.make('status').toString());
  validate('header', header, 'document');
  const { date, ...others } = JSON.parse(headers.make('stream').toString());
  assert.deepEqual(others, {
    msg_id: 'session "1"_2',
    session: 'session "1"',
    username: 'Zoë "root" \\ 🎈',
    msg_type: 'stream',
    version: PROTOCOL_VERSION,
  });
  assert.match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.equal(headers.lastId, 'session "1"_2');
});

test('ids differ, also after the session was renewed', () => {
  const headers = new Headers('u', 's');
  const ids = new Set<unknown>();
  for (let index = 0; index < 10; index++) {
    ids.add(JSON.parse(headers.make('status').toString()).msg_id);
    if (index === 5) headers.renew();
  }
  assert.equal(ids.size, 10);
  assert.notEqual(headers.session, 's');
});
