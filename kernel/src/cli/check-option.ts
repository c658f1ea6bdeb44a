import type { CheckMode } from '../link.ts';
import { CHECK_MODES, isCheckMode } from '../types/checking.ts';
import { UsageError } from './invocation.ts';

/** The option `--check`. @throws UsageError */
export function checkOption(value: string | undefined): CheckMode | undefined {
  if (value === undefined || isCheckMode(value)) return value;
  throw new UsageError(`--check is one of ${CHECK_MODES.join(', ')}, not '${value}'.`);
}
