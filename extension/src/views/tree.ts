import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';

/** The lines of a view that are all asked for anew when one of them may be another one. */
export abstract class Tree<Node> implements TreeDataProvider<Node> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  refresh(): void {
    this.#changed.fire(undefined);
  }

  abstract getChildren(node?: Node): Node[] | Promise<Node[]>;
  abstract getTreeItem(node: Node): TreeItem;
}
