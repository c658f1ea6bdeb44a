/** The global `elara`: hidden, lazy, and declared as it is. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from '@babel/parser';
import { TestWorker } from './testing.ts';

const TYPES = join(import.meta.dirname, '../../types');

let worker: TestWorker;
before(async () => {
  worker = await TestWorker.start();
});
after(() => worker[Symbol.asyncDispose]());

async function json(code: string): Promise<unknown> {
  const text = await worker.value(`JSON.stringify(${code})`);
  return JSON.parse((text ?? '').slice(1, -1).replaceAll("\\'", "'"));
}

/** Names of what the files of kernel/types declare in `interface Elara`. */
function declaredMembers(): readonly string[] {
  return globSync('*.d.ts', { cwd: TYPES }).flatMap((file) => {
    const { program } = parse(readFileSync(join(TYPES, file), 'utf8'), { plugins: [['typescript', { dts: true }]] });
    return program.body.flatMap((statement) => {
      if (statement.type !== 'TSInterfaceDeclaration' || statement.id.name !== 'Elara') return [];
      return statement.body.body.flatMap((member) =>
        'key' in member && member.key.type === 'Identifier' ? [member.key.name] : [],
      );
    });
  });
}

test('every member is declared, and what is declared is there', async () => {
  assert.deepEqual(await json('Object.keys(elara).sort()'), [...new Set(declaredMembers())].sort());
});

test('a member is made when it is first read, and stays', async () => {
  const getter = "typeof Object.getOwnPropertyDescriptor(elara, 'who')?.get";
  assert.deepEqual(await json(`[${getter}, elara.who === elara.who, ${getter}]`), ['function', true, 'undefined']);
});

test('it is not enumerable, and can be set over', async () => {
  assert.deepEqual(await json("Object.keys(globalThis).includes('elara')"), false);
  assert.deepEqual(await json('(elara.cd = 5, elara.cd)'), 5);
  // Line commands do not go by it.
  await worker.run('%cd');
  assert.match(worker.text('stdout'), /\S/);
});

test('it shows what it has', async () => {
  assert.match((await worker.value('elara')) ?? '', /^elara \{ time, bench, who, /);
});
