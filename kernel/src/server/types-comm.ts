import type { DraftProblem } from '../types/cell-check.ts';
import { isCheckMode } from '../types/checking.ts';
import type { Kernel } from './kernel.ts';
import { isRecord } from './values.ts';

/**
 * Name of the comm target by which a frontend asks about types without running anything. It sends and gets
 * - `{ id, method: 'diagnostics', code, typed?, others? }`: `{ id, diagnostics }`
 * - `{ id, method: 'signature', code, cursor }`: `{ id, help }`
 * - `{ id, method: 'definition', code, cursor, others? }`: `{ id, definitions }`
 * - `{ id, method: 'check', mode? }`: `{ id, mode }`
 *
 * What cannot be answered gets `{ id, error }`.
 */
export const TYPES_TARGET = 'elara.types';

export function isTypesComm(kernel: Kernel, id: string): boolean {
  return kernel.types !== undefined && id in kernel.comms.list(TYPES_TARGET);
}

/** Answers a message of such a comm. */
export async function answerTypesComm(kernel: Kernel, parent: Buffer, id: string, data: unknown): Promise<void> {
  const question = isRecord(data) ? data : {};
  const answer = await answerOf(kernel, question);
  kernel.iopub.publish('comm_msg', parent, { comm_id: id, data: { id: question.id ?? null, ...answer } });
}

async function answerOf(kernel: Kernel, question: Readonly<Record<string, unknown>>) {
  const { types } = kernel;
  const { method, code, mode, cursor, typed, others } = question;
  if (types === undefined) return { error: 'this kernel knows no types' };
  switch (method) {
    case 'check':
      if (isCheckMode(mode)) types.mode = mode;
      return { mode: types.mode };
    case 'diagnostics': {
      if (typeof code !== 'string') return { error: 'diagnostics needs code' };
      const { checkDraft } = await import('../types/cell-check.ts');
      const problems = await checkDraft(types, code, { typed: typed !== false, others: textsIn(others) });
      if (problems === undefined) return { error: 'the language server did not answer' };
      const source = (problem: DraftProblem): string => (problem.code === undefined ? 'elara' : 'ts');
      return { diagnostics: problems.map((each) => ({ ...each, severity: 'error', source: source(each) })) };
    }
    case 'signature': {
      if (typeof code !== 'string' || typeof cursor !== 'number') return { error: 'signature needs code and cursor' };
      const { callHelp } = await import('../types/signature-help.ts');
      return { help: (await callHelp(types, code, cursor)) ?? null };
    }
    case 'definition': {
      if (typeof code !== 'string' || typeof cursor !== 'number') return { error: 'definition needs code and cursor' };
      const { definitionsAt } = await import('../types/definition.ts');
      return { definitions: await definitionsAt(types, { code, cursor, others: textsIn(others) }) };
    }
    default:
      return { error: `there is no method ${JSON.stringify(method) ?? 'without a name'}` };
  }
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}
