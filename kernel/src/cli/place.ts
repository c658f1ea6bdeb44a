import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FoundKernelSpec, type KernelSpecPlace, parseKernelSpec } from '@elara/protocol/kernelspec';
import { hostOf } from '@elara/protocol/kernelspec/host';
import { kernelsDir } from '@elara/protocol/kernelspec/install';
import { UsageError } from './invocation.ts';

/** Options of `node:util` parseArgs that say where kernelspecs go. */
export const placeOptions = {
  user: { type: 'boolean' },
  prefix: { type: 'string' },
  'sys-prefix': { type: 'boolean' },
} as const;

interface PlaceValues {
  readonly user?: boolean | undefined;
  readonly prefix?: string | undefined;
  readonly 'sys-prefix'?: boolean | undefined;
}

/** The place that the options name, or undefined when they name none. Throws UsageError when they name several. */
export function placeOf(values: PlaceValues): KernelSpecPlace | undefined {
  const named = [values.user, values.prefix, values['sys-prefix']].filter((value) => value !== undefined);
  if (named.length > 1) throw new UsageError('Say only one of --user, --prefix and --sys-prefix.');
  if (values.prefix === '') throw new UsageError('--prefix takes a folder.');
  if (values.user) return { user: true };
  if (values.prefix !== undefined) return { prefix: values.prefix };
  return values['sys-prefix'] ? { sysPrefix: true } : undefined;
}

/** The kernelspec of that name in that one place; undefined when there is none. Throws KernelSpecError for a broken one. */
export function kernelSpecAt(name: string, place: KernelSpecPlace): FoundKernelSpec | undefined {
  const resourceDir = join(kernelsDir(place, hostOf()), name.toLowerCase());
  const file = join(resourceDir, 'kernel.json');
  if (!existsSync(file)) return undefined;
  return { name, resourceDir, spec: parseKernelSpec(readFileSync(file, 'utf8'), file) };
}
