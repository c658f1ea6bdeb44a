import type { CheckMode } from '../link.ts';

export const CHECK_MODES: readonly CheckMode[] = ['error', 'warn', 'off'];

export function isCheckMode(value: unknown): value is CheckMode {
  return CHECK_MODES.some((mode) => mode === value);
}

/** What `%%check MODE` as the first line says for one cell. */
export function modeOfCell(code: string): CheckMode | undefined {
  const [, mode] = /^\s*%%check[ \t]+(\w+)[ \t]*(?:[\r\n]|$)/.exec(code.slice(0, 200)) ?? [];
  return isCheckMode(mode) ? mode : undefined;
}

/** Numbers and operators; one string; a string that is printed. */
const SURE = [
  /^[\d\s.,;+\-*%()]*$/,
  /^\s*(?:console\.(?:log|info|debug|warn|error)\(\s*)?(?:'[^'\\\n]*'|"[^"\\\n]*"|`[^`\\$]*`|[\d.]+)\s*\)?\s*;?\s*$/,
];

/** Whether a cell could have a type error. A cheap test: most cells could. */
export function mayHaveTypeErrors(code: string): boolean {
  return !SURE.some((pattern) => pattern.test(code));
}
