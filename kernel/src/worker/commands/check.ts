import { inspect } from 'node:util';
import type { CheckMode } from '../../link.ts';
import type { ServerQuestions } from '../server-questions.ts';
import { misused } from './command.ts';

const MODES: readonly CheckMode[] = ['error', 'warn', 'off'];

/** Sets what a type error in a later cell does, or only asks. Resolves with what holds now. */
export async function check(server: ServerQuestions, mode?: unknown): Promise<CheckMode> {
  if (mode === undefined || mode === '') return await server.ask('check', null);
  const known = MODES.find((one) => one === mode);
  if (known === undefined) {
    throw misused(
      `There is no way of checking ${typeof mode === 'string' ? mode : inspect(mode)}`,
      '%check error|warn|off',
    );
  }
  return await server.ask('check', known);
}
