/** What the kernel gives to cells is what kernel/types declares, no less and no more. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MARK } from '../../../kernel/src/language/index.ts';
import { resultOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const TYPES = join(import.meta.dirname, '../../../kernel/types');
/** Declared by the types of Node, for modules of another kind. */
const COMMON_JS = ['require', 'module', 'exports', '__filename', '__dirname'];

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

test('every global that the kernel installs is declared, and the other way round', async () => {
  const list = 'JSON.stringify(Object.getOwnPropertyNames(globalThis))';
  const ofNode: unknown = JSON.parse(execFileSync(process.execPath, ['-p', list], { encoding: 'utf8' }));
  const { published } = await client.execute(`${list}.length; btoa(encodeURIComponent(${list}))`);
  const encoded = String(resultOf(published)).replace(/^'|'$/g, '');
  const inCells: unknown = JSON.parse(decodeURIComponent(atob(encoded)));
  assert.ok(Array.isArray(ofNode) && Array.isArray(inCells));
  const known = new Set<unknown>([...ofNode, ...COMMON_JS]);
  // What is the kernel's own begins with a name that no cell has.
  // Only cells see what ends with a mark.
  const named = inCells.map((name) => String(name).replaceAll(MARK, ''));
  const installed = named.filter((name) => !known.has(name) && !/^__elara|^_\d+$/.test(name));
  const declared = globSync('*.d.ts', { cwd: TYPES }).flatMap((file) =>
    [...readFileSync(join(TYPES, file), 'utf8').matchAll(/^declare (?:var|let|const|function) ([\w$]+)/gm)].map(
      ([, name]) => name,
    ),
  );
  assert.deepEqual(installed.sort(), [...new Set(declared)].sort());
});
