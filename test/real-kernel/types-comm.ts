import { randomUUID } from 'node:crypto';
import type { TestClient } from '@elara/kernel/server/testing/test-client';
import type { JsonObject } from '@elara/protocol/message';
import { recordOf } from './outputs.ts';

/** What the comm `elara.types` answers. */
export async function askTypes(client: TestClient, question: JsonObject): Promise<Readonly<Record<string, unknown>>> {
  const comm = randomUUID();
  await client.until(await client.send('shell', 'comm_open', { comm_id: comm, target_name: 'elara.types', data: {} }));
  const asked = await client.send('shell', 'comm_msg', { comm_id: comm, data: { id: 1, ...question } });
  const answered = await client.until(asked);
  const [answer] = answered.flatMap(({ header, content }) => (header.msg_type === 'comm_msg' ? [content] : []));
  return recordOf(recordOf(answer ?? {}).data ?? {});
}
