/** A small frontend for widgets: it knows their models by what the kernel says, and changes them. */
import assert from 'node:assert/strict';
import type { TestClient } from '@elara/kernel/server/testing/test-client';
import type { JsonObject, ReceivedMessage } from '@elara/protocol/message';
import { recordOf } from './outputs.ts';

/** `application/vnd.jupyter.widget-view+json` of what a cell shows. */
export function viewOf(published: readonly ReceivedMessage[]): string {
  for (const { content } of published) {
    if (typeof content.data !== 'object' || content.data === null) continue;
    const view = recordOf(content.data)['application/vnd.jupyter.widget-view+json'];
    if (view === undefined) continue;
    const { model_id: id, version_major, version_minor } = recordOf(view);
    assert.deepEqual([version_major, version_minor], [2, 0]);
    return String(id);
  }
  throw new Error('No widget was shown.');
}

export class WidgetManager {
  /** States by the id of their models, without their bytes. */
  readonly models = new Map<string, JsonObject>();
  /** Methods of the messages to each model, in order. */
  readonly heard: { readonly id: string; readonly method: unknown; readonly data: JsonObject }[] = [];
  readonly buffers = new Map<string, readonly Uint8Array[]>();
  readonly #client: TestClient;

  constructor(client: TestClient) {
    this.#client = client;
  }

  /** Takes what was published for a request. */
  take(published: readonly ReceivedMessage[]): readonly ReceivedMessage[] {
    for (const { header, content, metadata, buffers } of published) {
      if (!header.msg_type.startsWith('comm_')) continue;
      const id = String(content.comm_id);
      const data = recordOf(content.data) as JsonObject;
      if (header.msg_type === 'comm_open') {
        assert.equal(content.target_name, 'jupyter.widget');
        assert.deepEqual(metadata, { version: '2.1.0' });
      }
      if (header.msg_type === 'comm_close') this.models.delete(id);
      else if (data.state !== undefined)
        this.models.set(id, { ...this.models.get(id), ...recordOf(data.state) } as JsonObject);
      if (header.msg_type === 'comm_msg') this.heard.push({ id, method: data.method, data });
      if (buffers.length > 0)
        this.buffers.set(
          id,
          buffers.map((bytes) => new Uint8Array(bytes)),
        );
    }
    return published;
  }

  async execute(code: string): Promise<readonly ReceivedMessage[]> {
    return this.take((await this.#client.execute(code)).published);
  }

  /** A person changes a model. Resolves with what comes of it. */
  async change(
    id: string,
    state: JsonObject,
    more: { paths?: JsonObject[]; buffers?: Uint8Array[] } = {},
  ): Promise<readonly ReceivedMessage[]> {
    const data = { method: 'update', state, buffer_paths: more.paths ?? [] };
    return await this.#say('comm_msg', { comm_id: id, data }, more.buffers);
  }

  async custom(id: string, content: JsonObject, buffers?: Uint8Array[]): Promise<readonly ReceivedMessage[]> {
    return await this.#say('comm_msg', { comm_id: id, data: { method: 'custom', content } }, buffers);
  }

  /** Sends without waiting for what comes of it. */
  async send(id: string, data: JsonObject): Promise<string> {
    return await this.#client.send('shell', 'comm_msg', { comm_id: id, data });
  }

  async #say(msgType: string, content: JsonObject, buffers: Uint8Array[] = []): Promise<readonly ReceivedMessage[]> {
    return this.take(await this.#client.until(await this.#client.send('shell', msgType, content, { buffers })));
  }
}
