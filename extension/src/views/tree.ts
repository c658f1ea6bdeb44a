import type { TreeDataProvider, TreeItem } from 'vscode';
import { TreeLines } from './tree-lines.ts';

/** The lines of a view: the first ones as `TreeLines` keeps them, and what is below them as it is asked for. */
export abstract class Tree<Line extends object, First extends Line = Line> implements TreeDataProvider<Line> {
  readonly #lines = new TreeLines<First>(
    () => this.first(),
    (line) => this.idOf(line),
  );
  readonly onDidChangeTreeData = this.#lines.onDidChange;

  /** Lines may be others, or show something else. */
  refresh(): void {
    this.#lines.refresh();
  }

  /** They are of something else now. */
  reset(): void {
    this.#lines.reset();
  }

  async getChildren(line?: Line): Promise<Line[]> {
    return line === undefined ? await this.#lines.get() : [...(await this.below(line))];
  }

  abstract getTreeItem(line: Line): TreeItem;

  /** Never rejects. */
  protected abstract first(): Promise<readonly First[]>;
  /** What a line is known by when the lines are listed again. */
  protected abstract idOf(line: First): string;
  protected abstract below(line: Line): Promise<readonly Line[]>;
}
