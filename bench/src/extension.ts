/** The extension inside a real VS Code, measured by `test/vscode/bench.ts`. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Figures } from '../../test/vscode/src/bench/figures.ts';
import { table } from './table.ts';

const program = join(import.meta.dirname, '../../test/vscode/bench.ts');

export interface ExtensionFigures extends Figures {
  /** Its size, in MiB. */
  readonly vsix: number;
}

export interface Measured extends ExtensionFigures {
  /** Those of another notebook extension with the same kernel. */
  readonly beside?: ExtensionFigures;
}

/**
 * Installs VS Code and makes the .vsix if need be.
 * @param beside The .vsix of another notebook extension.
 */
export function measureExtension(beside: string | undefined): Measured {
  const args = beside === undefined ? [] : [resolve(beside)];
  const { status, stdout } = spawnSync(process.execPath, [program, ...args], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${last}`);
  return JSON.parse(last);
}

interface Row {
  readonly title: string;
  readonly unit: 'ms' | 'MiB';
  readonly of: (figures: ExtensionFigures) => number;
  readonly goal?: string;
  /** Says something only beside another extension. */
  readonly compares?: true;
}

function rowsOf(bare: number | undefined): Row[] {
  const overhead: Row[] =
    bare === undefined
      ? []
      : [
          {
            title: 'its overhead over the bare client, p50',
            unit: 'ms',
            of: ({ cell }) => cell - bare,
            goal: '<= 15 ms',
          },
        ];
  return [
    { title: 'activation', unit: 'ms', of: ({ activation }) => activation },
    {
      title: 'from its start until the kernel can be chosen',
      unit: 'ms',
      of: ({ offered }) => offered,
      compares: true,
    },
    { title: 'first cell from a cold start', unit: 'ms', of: ({ firstCell }) => firstCell },
    {
      title: 'the same, from choosing the kernel on',
      unit: 'ms',
      of: ({ firstChosen }) => firstChosen,
      compares: true,
    },
    { title: 'cell `1 + 1` of a running kernel, p50', unit: 'ms', of: ({ cell }) => cell },
    {
      title: 'the same with a kernel that does nothing: VS Code itself, p50',
      unit: 'ms',
      of: ({ floor }) => floor,
    },
    ...overhead,
    {
      title: 'what kernel and extension add to VS Code itself, p50',
      unit: 'ms',
      of: ({ cell, floor }) => cell - floor,
    },
    { title: 'extension host before it is active, PSS', unit: 'MiB', of: ({ memoryBefore }) => memoryBefore },
    { title: 'extension host with five kernels, PSS', unit: 'MiB', of: ({ memoryWithKernels }) => memoryWithKernels },
    {
      title: 'the same with what the extension runs beside it, kernels apart, PSS',
      unit: 'MiB',
      of: ({ memoryWithKernels, memoryOfHelpers }) => memoryWithKernels + memoryOfHelpers,
      compares: true,
    },
    { title: 'size of the .vsix', unit: 'MiB', of: ({ vsix }) => vsix },
  ];
}

/** @param bare Median time of a cell with the bare client, in ms; absent if it was not measured. */
export function extensionAsText({ beside, ...figures }: Measured, bare: number | undefined): string {
  const show = (value: number, { unit }: Row): string => `${value.toFixed(1)} ${unit}`;
  const rows = rowsOf(bare);
  if (beside === undefined) {
    return table(
      ['extension in VS Code', '', 'goal'],
      rows.filter(({ compares }) => !compares).map((row) => [row.title, show(row.of(figures), row), row.goal ?? '']),
    );
  }
  return table(
    ['extension in VS Code', figures.extension, beside.extension, 'ratio', 'goal'],
    rows.map((row) => {
      const [ours, theirs] = [row.of(figures), row.of(beside)];
      // Differences that are smaller than what disturbs the measurement may be below zero.
      const ratio = ours > 0 && theirs > 0 ? (ours / theirs).toFixed(2) : '';
      return [row.title, show(ours, row), show(theirs, row), ratio, row.goal ?? ''];
    }),
  );
}
