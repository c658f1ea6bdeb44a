/**
 * Runs the tests that need nothing but Node: `npm test [-- FILE…]`. Ends with `N passed, N failed`; a test that was skipped
 * or cancelled has failed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createInterface } from 'node:readline';

const PATTERNS = [
  '{protocol,gateway,kernel,bench,extension}/src/**/*.test.ts',
  'extension/{renderers,webviews,typescript-plugin}/**/*.test.ts',
  'test/{conformance,reliability,examples,cli}/**/*.test.ts',
];

const named = process.argv.slice(2);
const files = named.length > 0 ? named : globSync(PATTERNS).sort();
const child = spawn(process.execPath, ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(child, 'close');
const counts = new Map<string, number>();
for await (const line of createInterface({ input: child.stdout })) {
  console.log(line);
  const [, name, count] = /^ℹ (pass|fail|cancelled|skipped|todo) (\d+)$/.exec(line) ?? [];
  if (name !== undefined) counts.set(name, Number(count));
}
await ended;
const count = (name: string): number => counts.get(name) ?? 0;
const failed = count('fail') + count('cancelled') + count('skipped') + count('todo');
console.log(`${count('pass')} passed, ${failed} failed`);
process.exitCode = failed === 0 && count('pass') > 0 && child.exitCode === 0 ? 0 : 1;
