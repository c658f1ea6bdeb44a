/** Writes what the extension contributes into its manifest, from the one table in the code; `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { contributes } from '../extension/src/contributions.ts';

const FILE = 'extension/package.json';

const written = readFileSync(FILE, 'utf8');
const generated = `${JSON.stringify({ ...JSON.parse(written), contributes: contributes() }, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (written !== generated) {
    console.error(
      `${FILE} does not contribute what extension/src/contributions.ts says: run scripts/generate-manifest.ts.`,
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(FILE, generated);
}
