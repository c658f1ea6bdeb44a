/** Where things lie: the installed VS Code, the .vsix under test, and what a run leaves. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '../../..');

/** `test/vscode`: its manifest, and a link to the installed packages. */
export const folder = join(repository, 'test/vscode');

/** Survives between runs and checkouts: `$ELARA_CACHE`, or `.cache` at the root of the repository. */
export const cacheFolder = resolve(process.env.ELARA_CACHE ?? join(repository, '.cache'), 'vscode');

/** code-server and Node's packages that drive it, under the folder of the lock file they were installed from. */
export const codeServer = join(folder, 'node_modules/code-server');
export const codeServerEntry = join(codeServer, 'out/node/entry.js');

/** The ssh server of the system. */
export const sshd = '/usr/sbin/sshd';

/** Pictures that the scenarios take. */
export const screenshots = join(folder, 'screenshots');

/** What is kept of a scenario that failed: picture, logs. */
export const artifacts = join(folder, 'artifacts');

/** Where `npm run package` puts the .vsix of this platform. `$ELARA_VSIX` names another one. */
export function vsix(): string {
  const { version } = JSON.parse(readFileSync(join(repository, 'extension/package.json'), 'utf8'));
  const made = join(repository, `extension/out/elara-${version}-${process.platform}-${process.arch}.vsix`);
  return resolve(process.env.ELARA_VSIX ?? made);
}
