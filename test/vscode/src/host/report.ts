/** How what runs in the extension host tells its results to the process that started VS Code. */
import { renameSync, writeFileSync } from 'node:fs';

export function resultsOf(bundle: string): string {
  return `${bundle}.results.json`;
}

/** Never leaves half of them. */
export function report(bundle: string, results: unknown): void {
  const file = resultsOf(bundle);
  writeFileSync(`${file}.new`, JSON.stringify(results));
  renameSync(`${file}.new`, file);
}
