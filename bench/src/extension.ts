/** The extension inside a real VS Code, measured by `test/vscode/bench.ts`. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { table } from './table.ts';

const program = join(import.meta.dirname, '../../test/vscode/bench.ts');

/** Times in ms, sizes in MiB. */
export interface ExtensionFigures {
  readonly activation: number;
  readonly firstCell: number;
  readonly cell: number;
  readonly floor: number;
  readonly memoryBefore: number;
  readonly memoryWithKernels: number;
  readonly vsix: number;
}

/** Installs VS Code and makes the .vsix if need be. */
export function measureExtension(): ExtensionFigures {
  const { status, stdout } = spawnSync(process.execPath, [program], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${last}`);
  return JSON.parse(last);
}

/** @param bare Median time of a cell with the bare client, in ms; absent if it was not measured. */
export function extensionAsText(figures: ExtensionFigures, bare: number | undefined): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const mib = (value: number): string => `${value.toFixed(1)} MiB`;
  const rows = [
    ['activation', ms(figures.activation), ''],
    ['first cell from a cold start', ms(figures.firstCell), ''],
    ['cell `1 + 1` of a running kernel, p50', ms(figures.cell), ''],
    ['the same with a kernel that does nothing: VS Code itself, p50', ms(figures.floor), ''],
    ...(bare === undefined ? [] : [['its overhead over the bare client, p50', ms(figures.cell - bare), '<= 15 ms']]),
    ['what kernel and extension add to VS Code itself, p50', ms(figures.cell - figures.floor), ''],
    ['extension host before it is active, PSS', mib(figures.memoryBefore), ''],
    ['extension host with five kernels, PSS', mib(figures.memoryWithKernels), ''],
    ['size of the .vsix', mib(figures.vsix), ''],
  ];
  return table(['extension in VS Code', '', 'goal'], rows);
}
