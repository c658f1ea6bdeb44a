import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import type { Answered, TestClient } from '@elara/kernel/server/testing/test-client';
import { contentsOf, recordOf, resultOf, textOf } from './outputs.ts';

/** Runs cells, and says what came of each. */
export class CellRunner {
  client: TestClient;

  constructor(client: TestClient) {
    this.client = client;
  }

  async ok(code: string): Promise<Answered> {
    const answered = await this.client.execute(code);
    assert.equal(answered.reply.content.status, 'ok', JSON.stringify(answered.reply.content));
    return answered;
  }

  /** What a cell prints. */
  async printed(code: string): Promise<string> {
    return textOf((await this.ok(code)).published).trimEnd();
  }

  /** The value of a cell, as text. */
  async value(code: string): Promise<unknown> {
    return resultOf((await this.ok(code)).published);
  }

  /** The text of what a cell displays. */
  async displayed(code: string): Promise<string> {
    const contents = contentsOf((await this.ok(code)).published, 'display_data');
    return contents.map(({ data }) => String(recordOf(data)['text/plain'])).join('\n');
  }

  /** The error of a cell, as its traceback says it. */
  async failure(code: string): Promise<string> {
    const { reply } = await this.client.execute(code);
    assert.equal(reply.content.status, 'error', code);
    assert.ok(Array.isArray(reply.content.traceback));
    return stripVTControlCharacters(reply.content.traceback.join('\n'));
  }

  async payload(code: string): Promise<unknown> {
    return (await this.ok(code)).reply.content.payload;
  }
}
