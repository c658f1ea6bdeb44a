import { statSync } from 'node:fs';
import { join } from 'node:path';

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];

/** Files that a path may mean in TypeScript, the first that is there: as it is, of a script its source, without its ending, a folder's index. */
export function sourceFiles(path: string): string[] {
  return [
    path,
    ...sourcesOf(path),
    ...ENDINGS.map((ending) => path + ending),
    ...ENDINGS.map((ending) => join(path, `index${ending}`)),
  ];
}

/** The file that a path means. */
export function sourceFile(path: string): string | undefined {
  return sourceFiles(path).find(isFile);
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function sourcesOf(script: string): string[] {
  const [, stem, kind] = /^(.*)\.([cm]?)jsx?$/.exec(script) ?? [];
  if (stem === undefined) return [];
  return kind === '' ? [`${stem}.ts`, `${stem}.tsx`] : [`${stem}.${kind}ts`];
}
