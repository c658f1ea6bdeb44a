/** The types of the user's own files, as a project of TypeScript imports them. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { resultOf } from '../../real-kernel/outputs.ts';
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

test('cells are compiled, and checked, as the project above the notebook is', async () => {
  const compilerOptions = { jsx: 'react-jsx', jsxImportSource: 'made', experimentalDecorators: true };
  write('compiled/tsconfig.json', JSON.stringify({ compilerOptions }));
  write('compiled/node_modules/made/package.json', '{ "type": "module", "exports": { "./*": "./*.js" } }');
  write(
    'compiled/node_modules/made/jsx-runtime.js',
    'export const jsx = (tag, props) => ({ tag, ...props }), jsxs = jsx;',
  );
  write(
    'compiled/node_modules/made/jsx-runtime.d.ts',
    `export namespace JSX {
      interface Element { tag: string }
      interface IntrinsicElements { b: { children?: unknown; size?: number } }
      interface ElementChildrenAttribute { children: unknown }
    }
    export const jsx: (tag: string, props: object) => JSX.Element;
    export const jsxs: typeof jsx;`,
  );
  write('compiled/notebooks/.keep', '');
  const kernel = await RealKernel.start({ cwd: join(folder, 'compiled/notebooks') });
  const client = await kernel.connect();
  try {
    assert.equal(await errorsOf(client, 'const bold = <b size={3}>{1}</b>;'), '');
    assert.match(
      await errorsOf(client, 'const wrong: number = <b size="3">{1}</b>;'),
      /TS2322: Type 'Element'[\s\S]*TS2322: Type 'string'/,
    );
    const decorated = `const seen: unknown[] = [];
      const note = (of: object, method: string | symbol | undefined, at: number) => { seen.push([method, at]); };
      class Noted { of(_: number, @note second: string) { return second; } }`;
    assert.equal(await errorsOf(client, decorated), '');
    const { published } = await client.execute('[bold, seen]');
    assert.equal(resultOf(published), "[ { tag: 'b', size: 3, children: 1 }, [ [ 'of', 1 ] ] ]");
    const names = (await client.execute('%who')).published.map(({ content }) => JSON.stringify(content)).join();
    assert.match(names, /Noted/);
    assert.doesNotMatch(names, /jsx|__/);
  } finally {
    await kernel.stop();
  }
});

test('cells are checked as strictly as the tsconfig.json beside the notebook says, with what it extends', async () => {
  const compilerOptions = { strict: true, noUncheckedIndexedAccess: true };
  write('checked/tsconfig.json', JSON.stringify({ compilerOptions }));
  write('checked/strict/tsconfig.json', '// as above\n{ "extends": "../tsconfig.json" }');
  write('checked/strictest/tsconfig.json', '{ "extends": "../strict", "compilerOptions": { "noImplicitAny": true, } }');
  write('checked/loose/tsconfig.json', '{ "compilerOptions": { "strictNullChecks": false } }');
  write('checked/none/.keep', '');
  const cell = `const same = (value) => value;
    try { same(1); } catch (error) { error.message; }
    const first: number = [1][0];
    const none: string = null;`;
  const found = async (folderOfNotebook: string): Promise<string[]> => {
    const kernel = await RealKernel.start({ cwd: join(folder, 'checked', folderOfNotebook) });
    try {
      return (await errorsOf(await kernel.connect(), cell)).match(/TS\d+/g) ?? [];
    } finally {
      await kernel.stop();
    }
  };
  assert.deepEqual(await found('none'), ['TS2322']);
  assert.deepEqual(await found('strict'), ['TS2322', 'TS2322']);
  assert.deepEqual(await found('strictest'), ['TS7006', 'TS2322', 'TS2322']);
  assert.deepEqual(await found('loose'), []);
});
