/**
 * Runs the tests that need nothing but Node: `npm test [-- FILE…]`. Ends with `N passed, N failed`; a test that was skipped
 * or cancelled has failed.
 */
import { globSync } from 'node:fs';
import { report, runTests } from './run-tests.ts';

const PATTERNS = [
  '{protocol,gateway,kernel,bench,extension}/src/**/*.test.ts',
  'extension/{renderers,webviews,typescript-plugin}/**/*.test.ts',
  'test/{conformance,reliability,examples,cli}/**/*.test.ts',
];

const named = process.argv.slice(2);
report(await runTests(named.length > 0 ? named : globSync(PATTERNS).sort(), '--test-concurrency=2'));
