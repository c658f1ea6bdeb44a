/** An update of the extension, as VS Code does it. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import type { CodeServer } from './server.ts';

const NEWER = '99.0.0';

/** Installs what is the same but for its version, and removes the folder of the older one, as VS Code does when it starts. */
export async function updateExtension(server: CodeServer): Promise<void> {
  const older = installedFolder(server);
  const stage = join(server.folder, 'newer');
  cpSync(older, stage, { recursive: true });
  const manifest = join(stage, 'package.json');
  const { __metadata: _installed, ...published } = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(manifest, JSON.stringify({ ...published, version: NEWER }));
  rmSync(join(stage, '.vsixmanifest'), { force: true });
  writeFileSync(join(stage, '.vscodeignore'), '');
  const file = join(server.folder, 'newer.vsix');
  await createVSIX({
    cwd: stage,
    packagePath: file,
    useYarn: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  await server.installExtension(file);
  rmSync(older, { recursive: true });
}

function installedFolder(server: CodeServer): string {
  const extensions = join(server.folder, 'extensions');
  const [folder] = readdirSync(extensions).filter((name) => name.startsWith('elara.elara-'));
  if (folder === undefined) throw new Error(`Elara is not installed in ${extensions}.`);
  return join(extensions, folder);
}
