import { isRecord } from '../outputs/output.ts';
import { addCell, replaceText } from './cell-edits.ts';
import type { CellRun } from './cell-run.ts';

/** What a reply asks the frontend to do besides. Spec: messaging, "Payloads". */
export async function takePayload(run: CellRun, payload: Readonly<Record<string, unknown>>): Promise<void> {
  const { source, data, text, replace } = payload;
  const { cell } = run;
  if (source === 'page' && isRecord(data)) run.take('display_data', { data, metadata: {} });
  else if (source === 'set_next_input' && typeof text === 'string') {
    if (replace === true) await replaceText(cell, text);
    else await addCell(cell.notebook, text, cell.document.languageId, cell.index + 1);
  }
}
