import type { QuickPickItem } from 'vscode';
import type { HistoryEntry } from './history-request.ts';

export interface HistoryItem extends QuickPickItem {
  readonly entry: HistoryEntry;
}

/** A line of the list of what was run. */
export function historyItem(entry: HistoryEntry): HistoryItem {
  const [first = '', ...more] = entry.code.trim().split('\n');
  return {
    label: literal(first),
    description: `${entry.session === 0 ? '' : `session ${entry.session}, `}[${entry.line}]`,
    ...(more.length > 0 && { detail: literal(more.join(' ⏎ ')) }),
    entry,
  };
}

/**
 * A text that VS Code draws as it is. It takes `$(name)` for an icon. A backslash before it would be enough for the eye, but what
 * looks like an icon is not found by the search then: a space of no width is.
 */
function literal(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
