import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The native compiler of the package `typescript`, found as its own `getExePath` finds it: started directly, no process
 * of Node stands between. Undefined where the package for this platform is not installed.
 */
export function nativeCompiler(platform: string = process.platform, arch: string = process.arch): string | undefined {
  try {
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
    const manifest = createRequire(typescript).resolve(`@typescript/typescript-${platform}-${arch}/package.json`);
    const file = join(dirname(manifest), 'lib', platform === 'win32' ? 'tsc.exe' : 'tsc');
    return existsSync(file) ? file : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
