/** The types of the user's own files, as a project of TypeScript imports them. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'elara-project-'));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** What a cell prints below it: its type errors. */
async function errorsOf(client: Awaited<ReturnType<RealKernel['connect']>>, code: string): Promise<string> {
  const id = await client.send('shell', 'execute_request', { code });
  const published = await client.until(id);
  const { content } = await client.receive('shell');
  assert.equal(content.status, 'ok', JSON.stringify(content));
  return published
    .filter(({ header }) => header.msg_type === 'display_data')
    .map(({ content: { data } }) => String((data as Record<string, unknown>)['text/plain']))
    .join('\n');
}

test('files without their endings have their types, and those that they import; so have those that change', async () => {
  write('plain/units.ts', "import { Unit } from './unit';\nexport const unit: Unit = 'km';");
  write('plain/unit/index.ts', "export type Unit = 'km' | 'mi';");
  const kernel = await RealKernel.start({ cwd: join(folder, 'plain') });
  const client = await kernel.connect();
  try {
    assert.equal(await errorsOf(client, "import { unit } from './units';\nconst same: string = unit;"), '');
    assert.match(
      await errorsOf(client, 'const n: number = unit;'),
      /TS2322: Type '"?Unit"?' is not|TS2322: Type 'string' is not/,
    );
    write('plain/units.ts', 'export const unit = 5;');
    // Files are looked at four times a second.
    await delay(300);
    assert.equal(await errorsOf(client, "import { unit } from './units';\nconst n: number = unit;"), '');
  } finally {
    await kernel.stop();
  }
});

test('the paths of a project, above the notebook, are known', async () => {
  write('project/tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }');
  write('project/src/sky.ts', 'export enum Sky { Clear, Rain }');
  write('project/notebooks/.keep', '');
  const kernel = await RealKernel.start({ cwd: join(folder, 'project/notebooks') });
  const client = await kernel.connect();
  try {
    assert.equal(await errorsOf(client, "import { Sky } from '@/sky';\nconst sky: Sky = Sky.Rain;"), '');
    assert.match(await errorsOf(client, 'const text: string = sky;'), /TS2322: Type '.*Sky' is not assignable/);
  } finally {
    await kernel.stop();
  }
});
