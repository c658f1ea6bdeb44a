import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const CACHE = '.cache/packages';

/** The folder of a package that npm does not install on this platform, from the registry or from an earlier call. */
export function fetchPackage(name: string, version: string): string {
  const folder = join(CACHE, `${name.replace('/', '+')}@${version}`);
  if (existsSync(folder)) return folder;
  const temporary = `${folder}.${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const printed = execFileSync(npm, ['pack', `${name}@${version}`, '--pack-destination', temporary, '--silent'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const archive = printed.trim().split('\n').at(-1) ?? '';
    execFileSync('tar', ['-xzf', join(temporary, archive), '-C', temporary]);
    renameSync(join(temporary, 'package'), folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}
