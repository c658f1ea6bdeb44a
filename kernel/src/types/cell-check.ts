import type { Types } from './index.ts';
import type { NotebookCell } from './notebook.ts';
import { type Problem, problemsIn } from './problems.ts';

/**
 * The type errors of a cell that has begun.
 * @throws Error where the compiler cannot tell: it says why.
 */
export async function checkCell(types: Types, cell: NotebookCell): Promise<readonly Problem[]> {
  const service = await types.service();
  const entry = service.notebook.begun(cell);
  if (entry === undefined || !entry.facts.parsed) return [];
  if (!(await service.ready())) throw new Error('the language server does not run');
  const problems = await service.inTurn('check', () => problemsIn(service, service.openCheck(entry).uri, entry.facts));
  if (problems === undefined) throw new Error('the language server did not answer in time');
  return problems;
}

/** The type errors of code that is being written, on top of all cells; undefined where the compiler cannot tell. */
export async function checkDraft(types: Types, code: string, signal?: AbortSignal): Promise<Problem[] | undefined> {
  const service = await types.service();
  if (!(await service.ready())) return undefined;
  return await service.inTurn('problems', () => {
    const { uri, draft } = service.openDraft('problems', code);
    return problemsIn(service, uri, draft.facts, signal);
  });
}
