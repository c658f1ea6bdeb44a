import { posix } from 'node:path';
import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Context } from '../../context.ts';
import type { Session } from '../../session.ts';
import { Tree } from '../tree.ts';
import { plural } from '../values.ts';
import { type KernelEntry, kernelEntries, shownKernel } from './kernel-entry.ts';
import type { KernelWatch } from './kernel-watch.ts';

export type KernelNode = KernelLine | { readonly kind: 'notebook'; readonly session: Session };

interface KernelLine {
  readonly kind: 'kernel';
  readonly id: string;
  readonly entry: KernelEntry;
}

/** Running kernels, and below each the notebooks that it runs. */
export class KernelsTree extends Tree<KernelNode, KernelLine> {
  readonly #context: Context;
  readonly #watch: KernelWatch;

  constructor(context: Context, watch: KernelWatch) {
    super();
    this.#context = context;
    this.#watch = watch;
  }

  get entries(): readonly KernelEntry[] {
    const { open, sources } = this.#context.kernels;
    return kernelEntries(open, sources).map((entry) => (this.#isBusy(entry) ? { ...entry, state: 'busy' } : entry));
  }

  protected async first(): Promise<readonly KernelLine[]> {
    return this.entries.map((entry) => {
      // As another line it is unfolded when the first notebook comes.
      const id = this.#sessionsOf(entry.id).length > 0 ? `${entry.id} with notebooks` : entry.id;
      return { kind: 'kernel', id, entry };
    });
  }

  protected idOf({ id }: KernelLine): string {
    return id;
  }

  protected async below(node: KernelNode): Promise<readonly KernelNode[]> {
    if (node.kind === 'notebook') return [];
    return this.#sessionsOf(node.entry.id).map((session) => ({ kind: 'notebook', session }));
  }

  getTreeItem(node: KernelNode): TreeItem {
    return node.kind === 'kernel' ? this.#kernelItem(node) : notebookItem(node.session);
  }

  #isBusy({ id, kernel, state }: KernelEntry): boolean {
    if (state !== 'idle' || kernel === undefined) return false;
    return this.#watch.isBusy(kernel) || this.#sessionsOf(id).some(({ pending }) => pending.length > 0);
  }

  #sessionsOf(id: string): readonly Session[] {
    return this.#context.sessions.all.filter(({ kernel }) => kernel.id === id);
  }

  #kernelItem({ id: line, entry }: KernelLine): TreeItem {
    const { id } = entry;
    const sessions = this.#sessionsOf(id);
    const shown = shownKernel(entry, {
      memory: this.#watch.memory(id),
      cells: this.#watch.cells(id),
      notebooks: sessions.map(({ notebook }) => posix.basename(notebook.uri.path)),
    });
    const item = new TreeItem(
      shown.label,
      sessions.length > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None,
    );
    item.id = line;
    item.description = shown.description;
    item.iconPath = new ThemeIcon(shown.icon, new ThemeColor(shown.color));
    item.tooltip = new MarkdownString(shown.tooltip.join('\n\n'));
    item.accessibilityInformation = { label: shown.spoken };
    item.contextValue = shown.contextValue;
    return item;
  }
}

function notebookItem({ notebook, pending, kernel }: Session): TreeItem {
  const item = new TreeItem(posix.basename(notebook.uri.path));
  item.id = `${kernel.id} ${notebook.uri}`;
  if (pending.length > 0) item.description = `${plural(pending.length, 'cell')} to run`;
  item.iconPath = new ThemeIcon('notebook');
  item.tooltip = notebook.uri.scheme === 'file' ? notebook.uri.fsPath : notebook.uri.toString();
  item.contextValue = 'notebook';
  item.command = { command: 'vscode.open', title: 'Open', arguments: [notebook.uri] };
  return item;
}
