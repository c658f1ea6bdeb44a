/**
 * Completion and hover over real code. What is expected was read from TypeScript's own language service over the same code
 * in one file, as an editor has it, and written down by hand.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestClient } from '@elara/kernel/server/testing/test-client';
import { recordOf } from '../../../real-kernel/outputs.ts';
import { RealKernel } from '../../../real-kernel/real-kernel.ts';
import { acrossCells } from './across-cells.ts';
import { declarations } from './declarations.ts';
import { library } from './library.ts';
import { nodeModules } from './node-modules.ts';
import { packages } from './packages.ts';
import { atCursor, type CompletionSample, type HoverSample } from './sample.ts';
import { typeSystem } from './type-system.ts';

const FOLDER = join(import.meta.dirname, 'notebook');

for (const { title, cells, samples } of [
  ...packages,
  ...nodeModules,
  ...library,
  ...typeSystem,
  ...declarations,
  ...acrossCells,
]) {
  test(title, async (t) => {
    await using kernel = await RealKernel.start({ cwd: FOLDER });
    const client = await kernel.connect();
    for (const cell of cells) {
      const { status, ename } = (await client.execute(cell)).reply.content;
      assert.ok(status === 'ok' || cell.startsWith('throw '), `${String(ename)} in ${cell}`);
    }
    for (const sample of samples) {
      if ('complete' in sample) await t.test(`complete ${sample.complete}`, () => completes(client, sample));
      else await t.test(`hover ${sample.hover}`, () => hovers(client, sample));
    }
  });
}

async function completes(client: TestClient, { complete, has, lacks = [], replaces }: CompletionSample): Promise<void> {
  const { code, offset } = atCursor(complete);
  const cursor = [...code.slice(0, offset)].length;
  const { reply } = await client.ask('complete_request', { code, cursor_pos: cursor });
  const { status, matches, cursor_start: start, cursor_end: end } = reply.content;
  assert.equal(status, 'ok');
  assert.ok(Array.isArray(matches));
  const found = new Set<unknown>(matches);
  const shown = matches.slice(0, 40).join(' ');
  assert.deepEqual(
    has.filter((name) => !found.has(name)),
    [],
    `missing among: ${shown}`,
  );
  assert.deepEqual(
    lacks.filter((name) => found.has(name)),
    [],
    `too much among: ${shown}`,
  );
  // Positions count code points.
  assert.equal([...code].slice(Number(start), Number(end)).join(''), replaces);
  assert.equal(end, cursor);
}

async function hovers(client: TestClient, { hover, shows }: HoverSample): Promise<void> {
  const { code, offset } = atCursor(hover);
  const cursor = [...code.slice(0, offset)].length;
  const { reply } = await client.ask('inspect_request', { code, cursor_pos: cursor, detail_level: 0 });
  assert.equal(reply.content.found, true);
  const text = flat(String(recordOf(reply.content.data)['text/plain']));
  for (const part of shows) assert.ok(text.includes(flat(part)), `${part}\nis not in\n${text}`);
}

/** White space and quotes of one kind. */
function flat(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll("'", '"');
}
