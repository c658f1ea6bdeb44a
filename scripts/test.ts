/** Runs the tests that need nothing but Node: `npm test [-- FILE…]`. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const named = process.argv.slice(2);
const files = named.length > 0 ? named : globSync(['{protocol,gateway,kernel}/src/**/*.test.ts', 'test/{conformance,reliability,examples,cli}/**/*.test.ts']).sort();
const result = spawnSync(process.execPath, ['--test', '--test-concurrency=2', ...files], { stdio: 'inherit' });
process.exitCode = result.status ?? 1;
