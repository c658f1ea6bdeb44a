/**
 * Makes the .vsix of the extension with the kernel inside: `npm run package [-- --target NAME…]`. Names are VS Code's
 * (`linux-x64`, `darwin-arm64`, …), `universal`, or `all`; default: this platform. Written to extension/out/.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { TYPESCRIPT_PLUGIN } from '../extension/src/contributions.ts';
import { bundleExtension, bundleTypeScriptPlugin } from './extension/bundle.ts';
import { assembleKernel } from './extension/kernel-files.ts';
import { hostTarget, isTarget, PLATFORMS, type Target, UNIVERSAL } from './extension/platforms.ts';

const OUT = 'extension/out';

const { values } = parseArgs({ options: { target: { type: 'string', multiple: true } } });
const bundle = join(OUT, 'bundle');
rmSync(bundle, { recursive: true, force: true });
await bundleExtension(bundle);
for (const target of targets(values.target)) await pack(target);
rmSync(bundle, { recursive: true, force: true });

async function pack(target: Target | typeof UNIVERSAL): Promise<void> {
  const stage = join(OUT, `stage-${target}`);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  cpSync(bundle, join(stage, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.map') });
  cpSync('extension/media', join(stage, 'media'), { recursive: true });
  for (const file of ['README.md', 'CHANGELOG.md']) cpSync(join('extension', file), join(stage, file));
  cpSync('LICENSE', join(stage, 'LICENSE.txt'));
  // Everything in the folder is meant to be packed.
  writeFileSync(join(stage, '.vscodeignore'), '');
  const manifest = publishedManifest();
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await bundleTypeScriptPlugin(join(stage, 'node_modules'));
  assembleKernel(join(stage, 'kernel'), target);
  const file = join(OUT, `elara-${manifest.version}-${target}.vsix`);
  await createVSIX({
    cwd: stage,
    packagePath: join(process.cwd(), file),
    // Of node_modules, what the manifest names is packed.
    useYarn: false,
    allowMissingRepository: true,
    // The pictures of the README are in the package.
    rewriteRelativeLinks: false,
    ...(target === UNIVERSAL ? {} : { target }),
  });
  rmSync(stage, { recursive: true, force: true });
  console.log(`${file}: ${(statSync(file).size / 2 ** 20).toFixed(1)} MiB`);
}

/** The manifest as the marketplace sees it: the extension's own name, and nothing of the workspace. */
function publishedManifest(): Record<string, unknown> & { version: string } {
  const {
    devDependencies: _dev,
    dependencies: _bundled,
    private: _private,
    type: _type,
    ...manifest
  } = JSON.parse(readFileSync('extension/package.json', 'utf8'));
  return { ...manifest, name: 'elara', dependencies: { [TYPESCRIPT_PLUGIN]: '0.1.0' } };
}

function targets(named: readonly string[] = [hostTarget()]): (Target | typeof UNIVERSAL)[] {
  if (named.includes('all')) return [...Object.keys(PLATFORMS).filter(isTarget), UNIVERSAL];
  return named.map((name) => {
    if (name === UNIVERSAL || isTarget(name)) return name;
    throw new Error(`--target is one of ${[...Object.keys(PLATFORMS), UNIVERSAL, 'all'].join(', ')}, not ${name}.`);
  });
}
