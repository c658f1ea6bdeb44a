import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FileChangeType } from 'vscode-languageserver-protocol/node';
import { DiskChanges } from './disk-changes.ts';

const folder = mkdtempSync(join(tmpdir(), 'elara-disk-'));
after(() => rmSync(folder, { recursive: true }));

let writes = 0;

/** Writes a file at a time of its own. */
function write(name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  writes += 1;
  utimesSync(file, writes, writes);
}

/** A look at a time when files are looked at again. */
function looker(): (code?: string) => string[] {
  const disk = new DiskChanges(folder);
  let now = 0;
  return (code = '') => {
    now += 1000;
    const kinds = {
      [FileChangeType.Created]: 'created',
      [FileChangeType.Changed]: 'changed',
      [FileChangeType.Deleted]: 'deleted',
    };
    return disk.look(code, now).map(({ uri, type }) => `${fileURLToPath(uri).slice(folder.length + 1)} ${kinds[type]}`);
  };
}

test('files that come, change and go are told, also those that an imported file imports', () => {
  write('one.ts', "import { two } from './two.ts';");
  const look = looker();
  assert.deepEqual(look("import { one } from './one.ts';"), []);
  write('two.ts', 'export const two = 2;');
  assert.deepEqual(look(), ['two.ts created']);
  write('one.ts', '');
  rmSync(join(folder, 'two.ts'));
  assert.deepEqual(look().sort(), ['one.ts changed', 'two.ts deleted']);
  assert.deepEqual(look(), []);
});

test('of a script, its source and its declarations count too', () => {
  write('script.js', 'export const a = 1;');
  const look = looker();
  look("import { a } from './script.js';");
  write('script.d.ts', 'export const a: number;');
  assert.deepEqual(look(), ['script.d.ts created']);
  write('script.d.ts', 'export const a: 1;');
  write('script.ts', 'export const a = 2;');
  assert.deepEqual(look().sort(), ['script.d.ts changed', 'script.ts created']);
});

test('without its ending, a file counts that is there, and those that would be taken before it', () => {
  write('left.js', 'export const a = 1;');
  const disk = new DiskChanges(folder);
  disk.look("import { a } from './script.js'; import { b } from './missing';", 0);
  assert.equal(disk.leavesEndings, false);
  disk.look("import { a } from './left';", 1000);
  assert.equal(disk.leavesEndings, true);
  write('left.ts', 'export const a = 2;');
  assert.deepEqual(
    disk.look('', 2000).map(({ uri, type }) => [fileURLToPath(uri).slice(folder.length + 1), type]),
    [['left.ts', FileChangeType.Created]],
  );
});

test('parts of packages without exports may be named without their endings', () => {
  write('node_modules/plain/package.json', '{}');
  write('node_modules/plain/part.js', '');
  write('node_modules/exporting/package.json', '{ "exports": { "./part": "./part.js" } }');
  const leaves = (specifier: string): boolean => {
    const disk = new DiskChanges(join(folder, 'inner'));
    disk.look(`import '${specifier}'`);
    return disk.leavesEndings;
  };
  assert.deepEqual(
    ['plain/part', 'plain/part.js', 'plain', 'exporting/part', 'missing/part', 'node:fs/promises'].map(leaves),
    [true, false, false, false, false, false],
  );
});
