import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../at-exit.ts';

/** A new folder, by its real path, which is gone when this process exits. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'elara-test-')));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
