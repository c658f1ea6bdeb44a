import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MessageIndex, namesIn, readSpec } from './files.ts';

const index = readSpec<MessageIndex>('messages.json');

/** The table of the protocol, request by request; a reply has a schema of its own. */
const requests = (
  'execute inspect complete history is_complete comm_info kernel_info connect shutdown debug interrupt usage ' +
  'create_subshell list_subshell delete_subshell input'
).split(' ');
const others = (
  'comm_open comm_msg comm_close status stream execute_input execute_result display_data update_display_data ' +
  'clear_output error debug_event iopub_welcome'
).split(' ');
const requests2011 = 'execute object_info complete history connect getattr setattr shutdown input'.split(' ');
const others2011 = 'status stream display_data pyin pyout pyerr crash'.split(' ');

const withReplies = (names: string[]) => names.flatMap((name) => [`${name}_request`, `${name}_reply`]);

for (const [collection, expected] of [
  ['messages', [...withReplies(requests), ...others]],
  ['messages-2011', [...withReplies(requests2011), ...others2011]],
] as const) {
  test(`${collection}: every message of the protocol has a schema and stands in the index`, () => {
    assert.deepEqual(namesIn('schemas', collection), expected.toSorted());
    assert.deepEqual(Object.keys(index[collection]).sort(), expected.toSorted());
  });

  test(`${collection}: a request names its reply, which comes from the other side by the same channels`, () => {
    for (const [name, { channels, from, reply }] of Object.entries(index[collection])) {
      assert.equal(reply !== undefined, name.endsWith('_request'), name);
      if (reply === undefined) continue;
      const answer = index[collection][reply];
      assert.deepEqual(answer, { channels, from: from === 'client' ? 'kernel' : 'client' }, reply);
    }
  });
}
