import { createRequire, registerHooks } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ranScripts } from '../../packages/cache.ts';
import { readManifest } from '../../packages/manifest.ts';
import type { InstalledPackage } from '../../packages/project.ts';
import { isPackageSpecifier, parsePackageSpecifier, splitBare } from '../../packages/specifier.ts';
import { orElse, partOf } from '../not-found.ts';
import { isRequired } from '../require.ts';

const NODE_MODULES = `${sep}node_modules${sep}`;

/** What the session knows of packages. */
export interface Resolver {
  /** The folder of the cache's packages. */
  readonly folder: string;
  /** @throws PackageError where it is not installed */
  find(specifier: string): InstalledPackage;
  /** What was installed for bare imports of a name. */
  bare(name: string): InstalledPackage | undefined;
  /** What the notebook's own project has in exactly this version. */
  own(name: string, version: string): InstalledPackage | undefined;
}

type Resolve = Parameters<typeof registerHooks>[0]['resolve'] & {};
type Next = Parameters<Resolve>[2];
type Context = Parameters<Resolve>[1];

/**
 * Lets all modules of this process import `npm:…`, and the modules of the notebook what was installed for them. Packages of
 * the cache that have a package in the same version share one copy of it: each was installed with its own, and a library that
 * is loaded twice does not know its own objects.
 */
export function hookModules(resolver: Resolver): void {
  const copies = new Copies(resolver);
  const cacheUrl = pathToFileURL(resolver.folder + sep).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (isPackageSpecifier(specifier)) {
        const { subpath } = parsePackageSpecifier(specifier);
        return resolveIn(resolver.find(specifier), subpath, context, next, copies);
      }
      const parent = context.parentURL ?? '';
      const bare = splitBare(specifier);
      if (bare === null) return next(specifier, context);
      if (parent.startsWith(cacheUrl)) return copies.shared(next(specifier, context));
      const installed = parent.includes('/node_modules/') ? undefined : resolver.bare(bare.name);
      return installed === undefined
        ? next(specifier, context)
        : resolveIn(installed, bare.subpath, context, next, copies);
    },
  });
}

function resolveIn(
  { name, from }: InstalledPackage,
  subpath: string,
  context: Context,
  next: Next,
  copies: Copies,
): ReturnType<Resolve> {
  const importer = join(from, 'package.json');
  const specifier = `${name}${subpath}`;
  // Node's own resolution for `require` takes the importer from elsewhere than from the context.
  if (isRequired(context)) {
    const url = pathToFileURL(createRequire(importer).resolve(specifier)).href;
    return { ...copies.shared({ url }), shortCircuit: true };
  }
  const within = { ...context, parentURL: pathToFileURL(importer).href };
  const found = orElse(
    () => next(specifier, within),
    () => partOf(specifier, importer),
    (file) => next(pathToFileURL(file).href, within),
  );
  return copies.shared(found);
}

/** Which copy of a package in the cache is used in this process: that of the notebook's own project, or the first. */
class Copies {
  readonly #resolver: Resolver;
  readonly #first = new Map<string, string>();
  /** What to take instead of a folder of a package. */
  readonly #instead = new Map<string, string>();

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  shared<Resolution extends { readonly url: string }>(resolution: Resolution): Resolution {
    if (!resolution.url.startsWith('file:')) return resolution;
    const file = fileURLToPath(resolution.url);
    const folder = packageFolderOf(file);
    if (folder === undefined) return resolution;
    let instead = this.#instead.get(folder);
    if (instead === undefined) {
      instead = this.#firstOf(folder);
      this.#instead.set(folder, instead);
    }
    if (instead === folder) return resolution;
    const url = new URL(resolution.url);
    url.pathname = pathToFileURL(instead + file.slice(folder.length)).pathname;
    return { ...resolution, url: url.href };
  }

  #firstOf(folder: string): string {
    const { name, version } = readManifest(folder) ?? {};
    if (name === undefined || version === undefined) return folder;
    const { folder: cache, own } = this.#resolver;
    // One whose install scripts were run is not what it is without.
    const ran = folder.startsWith(cache) && ranScripts(folder.slice(0, folder.indexOf(NODE_MODULES)));
    const key = `${name}@${version}${ran ? ' with scripts' : ''}`;
    const first = this.#first.get(key) ?? own(name, version)?.folder ?? folder;
    this.#first.set(key, first);
    return folder.startsWith(cache) ? first : folder;
  }
}

/** The folder of the package that a file belongs to. */
function packageFolderOf(file: string): string | undefined {
  const at = file.lastIndexOf(NODE_MODULES);
  if (at < 0) return undefined;
  const start = at + NODE_MODULES.length;
  const [first = '', second = ''] = file.slice(start).split(sep);
  return file.slice(0, start) + (first.startsWith('@') ? join(first, second) : first);
}
