import { after } from '@elara/protocol/client/bounded';
import type { TreeDataProvider, TreeItem } from 'vscode';
import { TELL_AFTER_MS } from '../long-wait.ts';
import { TreeLines } from './tree-lines.ts';

/** The lines of a view: the first ones as `TreeLines` keeps them, and what is below them as it is asked for. */
export abstract class Tree<Line extends object, First extends Line = Line> implements TreeDataProvider<Line> {
  readonly #lines = new TreeLines<First>(
    () => this.first(),
    (line) => this.idOf(line),
  );
  readonly onDidChangeTreeData = this.#lines.onDidChange;
  readonly #onLate: () => void;

  /** @param onLate Called while the first lines are waited for, and it takes long. */
  constructor(onLate: () => void = () => undefined) {
    this.#onLate = onLate;
  }

  /** Lines may be others, or show something else. */
  refresh(): void {
    this.#lines.refresh();
  }

  /** They are of something else now. */
  reset(): void {
    this.#lines.reset();
  }

  async getChildren(line?: Line): Promise<Line[]> {
    if (line !== undefined) return [...(await this.below(line))];
    const tellNoMore = after(TELL_AFTER_MS, this.#onLate);
    try {
      return await this.#lines.get();
    } finally {
      tellNoMore();
    }
  }

  abstract getTreeItem(line: Line): TreeItem;

  /** Never rejects. */
  protected abstract first(): Promise<readonly First[]>;
  /** What a line is known by when the lines are listed again. */
  protected abstract idOf(line: First): string;
  protected abstract below(line: Line): Promise<readonly Line[]>;
}
