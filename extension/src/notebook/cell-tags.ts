import type { NotebookCell } from 'vscode';
import { isRecord } from '../outputs/output.ts';

/** True for a cell tagged `raises-exception`: as elsewhere in Jupyter, those after it run though it fails. */
export function mayFail({ metadata }: Pick<NotebookCell, 'metadata'>): boolean {
  const ofFile: unknown = metadata.metadata;
  const tags = isRecord(ofFile) ? ofFile.tags : undefined;
  return Array.isArray(tags) && tags.includes('raises-exception');
}
