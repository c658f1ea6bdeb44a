/** Questions to what a client has received. */

import assert from 'node:assert/strict';
import { names } from '@elara/kernel/server/testing/test-client';
import type { ReceivedMessage } from '@elara/protocol/message';

/** What was published, in order: `busy`, `execute_input`, `stdout`, …. Several messages of one stream in a row are one. */
export function shape(published: readonly ReceivedMessage[]): string[] {
  const all = names(published).map((name, index) =>
    name === 'stream' ? String(published[index]?.content.name) : name,
  );
  return all.filter((name, index) => !(['stdout', 'stderr'].includes(name) && all[index - 1] === name));
}

/** All text of a stream. */
export function textOf(published: readonly ReceivedMessage[], name = 'stdout'): string {
  return published
    .filter(({ header, content }) => header.msg_type === 'stream' && content.name === name)
    .map(({ content }) => String(content.text))
    .join('');
}

/** The contents of all messages of a type. */
export function contentsOf(published: readonly ReceivedMessage[], msgType: string): Record<string, unknown>[] {
  return published.filter(({ header }) => header.msg_type === msgType).map(({ content }) => content);
}

/** `text/plain` of the result of a cell. */
export function resultOf(published: readonly ReceivedMessage[]): unknown {
  const [result] = contentsOf(published, 'execute_result');
  return result === undefined ? undefined : recordOf(result.data)['text/plain'];
}

/** A part of a message that is an object. */
export function recordOf(value: unknown): Record<string, unknown> {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value));
  return { ...value };
}
