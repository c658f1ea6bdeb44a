/** Puts the kernel as it runs in production into a folder: the bundle in dist/, and the packages that it needs at run time. */
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, win32 } from 'node:path';
import { fetchPackage } from './fetch-package.ts';
import { PLATFORMS, type Platform, type Target, UNIVERSAL } from './platforms.ts';

/** An N-API addon loads in every Node. That of this ABI was built against the oldest glibc. */
const PREFERRED_ABI = 127;

interface AddonConfig extends Platform {
  readonly abi?: number;
}

/** @param folder Made anew by the caller: `folder/dist` and `folder/node_modules` are written. */
export function assembleKernel(folder: string, target: Target | typeof UNIVERSAL): void {
  if (!existsSync('dist/elara.js')) throw new Error('There is no dist/elara.js: run `npm run build` first.');
  cpSync('dist', join(folder, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.map') });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ type: 'module', private: true })}\n`);
  const modules = join(folder, 'node_modules');
  const platforms = target === UNIVERSAL ? Object.values(PLATFORMS) : [PLATFORMS[target]];
  copyZeromq(modules, platforms);
  copyPackage(modules, 'jsonschema', (file) => /\.(js|json)$|LICENSE/.test(file));
  copyPackage(modules, 'typescript-js', (file) => /package\.json$|lib\/typescript\.js$|LICENSE|ThirdParty/.test(file));
  copyPackage(modules, '@types/node', (file) => /\.(ts|json)$|LICENSE/.test(file));
  copyPackage(modules, 'undici-types', (file) => /\.(ts|json)$|LICENSE/.test(file));
  if (target !== UNIVERSAL) copyCompiler(modules, PLATFORMS[target]);
}

function copyZeromq(modules: string, platforms: readonly Platform[]): void {
  copyPackage(modules, 'zeromq', (file) => /\/lib\/(?!ts3\.7).*\.js$|package\.json$|LICENSE/.test(file));
  copyPackage(modules, 'cmake-ts', (file) => /build\/loader\.js$|package\.json$|LICENSE/.test(file));
  const build = 'node_modules/zeromq/build';
  const manifest: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(build, 'manifest.json'), 'utf8'));
  const kept: Record<string, string> = {};
  for (const platform of platforms) {
    const [key, path] = bestAddon(manifest, platform);
    const file = path.split(win32.sep).join(posix.sep);
    kept[key] = path;
    mkdirSync(join(modules, 'zeromq/build', dirname(file)), { recursive: true });
    cpSync(join(build, file), join(modules, 'zeromq/build', file));
  }
  writeFileSync(join(modules, 'zeromq/build/manifest.json'), JSON.stringify(kept));
}

function bestAddon(manifest: Readonly<Record<string, string>>, { os, arch, libc }: Platform): [string, string] {
  const fitting = Object.entries(manifest)
    .map(([key, path]) => ({ key, path, config: JSON.parse(key) as AddonConfig }))
    .filter(({ config }) => config.os === os && config.arch === arch && config.libc === libc)
    .sort((a, b) => rank(b.config) - rank(a.config));
  const [best] = fitting;
  if (best === undefined) throw new Error(`The package zeromq has no addon for ${os}-${arch} (${libc}).`);
  return [best.key, best.path];
}

function rank({ abi = 0 }: AddonConfig): number {
  return abi === PREFERRED_ABI ? Number.POSITIVE_INFINITY : abi;
}

/** TypeScript's native compiler, and the manifest by which the kernel finds it. */
function copyCompiler(modules: string, { os, arch }: Platform): void {
  copyPackage(modules, 'typescript', (file) => /typescript\/(package\.json|LICENSE.*|NOTICE.*)$/.test(file));
  const name = `@typescript/typescript-${os}-${arch}`;
  const installed = join('node_modules', name);
  const source = existsSync(installed) ? installed : fetchPackage(name, versionOf('typescript'));
  cpSync(source, join(modules, name), { recursive: true });
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).version;
}

/** @param wanted Told the path of each file, with `/`, from the root of the repository. */
function copyPackage(modules: string, name: string, wanted: (file: string) => boolean): void {
  const source = join('node_modules', name);
  cpSync(source, join(modules, name), {
    recursive: true,
    filter: (file) => isFolder(file) || wanted(file.replaceAll('\\', '/')),
  });
}

function isFolder(file: string): boolean {
  return statSync(file).isDirectory();
}
