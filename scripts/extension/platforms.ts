/** The platforms that a .vsix is made for, in VS Code's names, and what each of them needs of the native packages. */
export interface Platform {
  readonly os: 'linux' | 'darwin' | 'win32';
  readonly arch: 'x64' | 'arm64';
  /** As zeromq's manifest of its addons has it. */
  readonly libc: 'glibc' | 'musl' | 'libc' | 'msvc';
}

export const PLATFORMS = {
  'linux-x64': { os: 'linux', arch: 'x64', libc: 'glibc' },
  'linux-arm64': { os: 'linux', arch: 'arm64', libc: 'glibc' },
  'alpine-x64': { os: 'linux', arch: 'x64', libc: 'musl' },
  'alpine-arm64': { os: 'linux', arch: 'arm64', libc: 'musl' },
  'darwin-x64': { os: 'darwin', arch: 'x64', libc: 'libc' },
  'darwin-arm64': { os: 'darwin', arch: 'arm64', libc: 'libc' },
  'win32-x64': { os: 'win32', arch: 'x64', libc: 'msvc' },
} as const satisfies Record<string, Platform>;

export type Target = keyof typeof PLATFORMS;

/** `universal` bears the addons of every platform, and no native compiler: its kernel answers about types from values alone. */
export const UNIVERSAL = 'universal';

export function isTarget(name: string): name is Target {
  return Object.hasOwn(PLATFORMS, name);
}

/** The platform that this process runs on. */
export function hostTarget(): Target {
  const name = `${process.platform}-${process.arch}`;
  if (!isTarget(name)) throw new Error(`There is no package of the extension for ${name}.`);
  return name;
}
