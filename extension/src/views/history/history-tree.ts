import { MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { HistoryEntry } from '../../history-request.ts';
import { Tree } from '../tree.ts';

/** Characters of a line, and of the text under the mouse. */
const MOST_IN_LINE = 200;
const MOST_IN_TOOLTIP = 5000;

/** The lines of the view History. */
export class HistoryTree extends Tree<HistoryEntry> {
  readonly #list: () => Promise<readonly HistoryEntry[]>;
  /** Of the code, for its colors. */
  language = '';

  constructor(list: () => Promise<readonly HistoryEntry[]>, onLate: () => void) {
    super(onLate);
    this.#list = list;
  }

  protected first(): Promise<readonly HistoryEntry[]> {
    return this.#list();
  }

  protected idOf({ session, line }: HistoryEntry): string {
    return `${session}/${line}`;
  }

  protected async below(): Promise<readonly HistoryEntry[]> {
    return [];
  }

  getTreeItem(entry: HistoryEntry): TreeItem {
    const { session, line, code } = entry;
    const [first = '', ...others] = code.trim().split('\n');
    const item = new TreeItem(first.slice(0, MOST_IN_LINE), TreeItemCollapsibleState.None);
    item.id = this.idOf(entry);
    if (others.length > 0) item.description = `+${others.length} ${others.length === 1 ? 'line' : 'lines'}`;
    item.iconPath = new ThemeIcon('code');
    item.contextValue = 'entry';
    const tooltip = new MarkdownString();
    tooltip.appendCodeblock(code.slice(0, MOST_IN_TOOLTIP), this.language);
    tooltip.appendText(`Cell ${line} of session ${session}`);
    item.tooltip = tooltip;
    return item;
  }
}
