import { commands, env, window } from 'vscode';
import type { Context } from '../../context.ts';
import { HISTORY_SEARCHED, type ViewId } from '../../contributions.ts';
import { insertCell } from '../../history.ts';
import { type HistoryEntry, searchHistory } from '../../history-request.ts';
import { messageOf } from '../../log.ts';
import { saysBusy } from '../../long-wait.ts';
import type { Session } from '../../session.ts';
import { CellsRun } from '../cells-run.ts';
import type { FrontSession } from '../front-session.ts';
import { searchBox } from '../search-box.ts';
import { FollowedHistory } from './followed-history.ts';
import { HistoryTree } from './history-tree.ts';

/** The view History: what the kernel of the notebook in front has run, now and before. */
export function registerHistoryView(context: Context, front: FrontSession): void {
  let cells: CellsRun | undefined;
  let session: Session | undefined;
  let sought = '';
  const history = new FollowedHistory();

  const list = async (): Promise<readonly HistoryEntry[]> => {
    try {
      const entries = await history.entries();
      // The other kernel has a list of its own.
      if (entries === undefined) return [];
      const found = searchHistory(entries, sought);
      return tell(found, sought === '' ? '' : `${found.length} of ${entries.length} entries have “${sought}” in them.`);
    } catch (error) {
      return tell([], messageOf(error));
    }
  };
  const tree = new HistoryTree(list, () => {
    if (session !== undefined) view.message = saysBusy(session.kernel.displayName, 'what it has run');
  });
  const view = window.createTreeView('elara.historyView' satisfies ViewId, { treeDataProvider: tree });

  const tell = (found: readonly HistoryEntry[], message = ''): readonly HistoryEntry[] => {
    view.message = message;
    view.description = session?.kernel.displayName ?? '';
    return found;
  };

  const again = (): void => {
    history.forget();
    tree.refresh();
  };

  /** Follows the kernel in front, while somebody looks. */
  const follow = (): void => {
    const wanted = view.visible ? front.current : undefined;
    if (wanted === session) return;
    cells?.dispose();
    session = wanted;
    cells = session && new CellsRun(session.kernel.connection);
    cells?.onDidEnd(again);
    tree.language = session?.kernel.language ?? '';
    history.follow(session?.kernel.connection);
    tree.reset();
  };

  const search = (text: string): void => {
    sought = text;
    tree.refresh();
    void commands.executeCommand('setContext', HISTORY_SEARCHED, text !== '');
  };

  /** The session of the notebook in front. */
  const target = (): Session => {
    if (session !== undefined) return session;
    throw new Error('The notebook in front has no running kernel. Run a cell to start it.');
  };

  context.command('elara.historyView.search', () => searchBox('Search History', 'Part of a cell', sought, search));
  context.command('elara.historyView.showAll', () => search(''));
  context.command('elara.historyView.refresh', again);
  context.command('elara.historyEntry.insert', ({ code }: HistoryEntry) => insertCell(target(), code));
  context.command('elara.historyEntry.run', ({ code }: HistoryEntry) => target().run(code));
  context.command('elara.historyEntry.copy', ({ code }: HistoryEntry) => env.clipboard.writeText(code));

  context.extension.subscriptions.push(view, front.onDidChange(follow), view.onDidChangeVisibility(follow), {
    dispose: () => cells?.dispose(),
  });
  follow();
}
