import { escapeRegExp } from './escape.ts';

/** Packages that the kernel itself runs on the main thread. A bundle has most of them inside. */
const PACKAGES = [
  '@babel/parser',
  'magic-string',
  '@jridgewell/sourcemap-codec',
  'typescript-js',
  'linkedom',
  'semver',
];

/** The kernel's sources, or the bundles that were made of them. */
const OWN_FOLDERS = import.meta.url.endsWith('.ts')
  ? ['kernel/src/', 'gateway/', 'protocol/'].map((folder) => new URL(`../../../../${folder}`, import.meta.url).href)
  : [new URL('.', import.meta.url).href];

/** Patterns of what is no code of the user's: it is not stepped into, and its frames are not shown. */
export const INTERNAL: readonly string[] = [
  '^node:',
  '^data:',
  '^(unset|expression|names)$',
  '/(\\[|%5B)notebook(\\]|%5D)\\.ts$',
  ...[...OWN_FOLDERS, ...PACKAGES.flatMap(folderOf)].map((folder) => `^${escapeRegExp(folder)}`),
];

const ANY = new RegExp(INTERNAL.join('|'));

export function isInternal(url: string): boolean {
  return url === '' || ANY.test(url);
}

/** Where the kernel, not the user, finds a package. */
function folderOf(name: string): string[] {
  try {
    const url = import.meta.resolve(name);
    return [url.slice(0, url.lastIndexOf(`/${name}/`) + name.length + 2)];
  } catch {
    // It is in the bundle.
    return [];
  }
}
