import { MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { Tree } from '../tree.ts';
import { plural } from '../values.ts';
import { shownVariable } from './shown-variable.ts';
import type { MoreLine, NoteLine, VariableLine, VariableNode, VariablesModel } from './variables-model.ts';

/** The lines of the view Variables. */
export class VariablesTree extends Tree<VariableNode> {
  /** Called when the list was asked for: its message may be another one. */
  readonly #onListed: () => void;
  #model: VariablesModel | undefined;

  constructor(onListed: () => void, onLate: () => void) {
    super(onLate);
    this.#onListed = onListed;
  }

  set model(model: VariablesModel | undefined) {
    this.#model = model;
    this.reset();
  }

  protected async first(): Promise<readonly VariableNode[]> {
    const lines = (await this.#model?.roots()) ?? [];
    this.#onListed();
    return lines;
  }

  protected idOf({ id }: VariableNode): string {
    return id;
  }

  protected async below(node: VariableNode): Promise<readonly VariableNode[]> {
    return node.kind === 'variable' ? ((await this.#model?.children(node)) ?? []) : [];
  }

  getTreeItem(node: VariableNode): TreeItem {
    switch (node.kind) {
      case 'variable':
        return variableItem(node);
      case 'more':
        return moreItem(node);
      case 'note':
        return noteItem(node);
    }
  }
}

function variableItem({ id, variable }: VariableLine): TreeItem {
  const { name, inside, table, value, path } = variable;
  const shown = shownVariable(variable);
  const state = inside === undefined ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(name, state);
  item.id = id;
  item.description = shown.description;
  item.iconPath = new ThemeIcon(shown.icon);
  item.accessibilityInformation = { label: shown.spoken };
  item.contextValue = table === undefined ? 'variable' : 'variable table';
  const tooltip = new MarkdownString();
  tooltip.appendCodeblock(`${path ?? name}: ${value}`, '');
  tooltip.appendText(shown.facts.join(', '));
  item.tooltip = tooltip;
  return item;
}

function moreItem(node: MoreLine): TreeItem {
  const item = new TreeItem(`${plural(node.count, 'more element')}…`);
  item.id = node.id;
  item.iconPath = new ThemeIcon('ellipsis');
  item.command = { command: 'elara.variables.showMore' satisfies CommandId, title: 'Show More', arguments: [node] };
  return item;
}

function noteItem({ id, text }: NoteLine): TreeItem {
  const item = new TreeItem('');
  item.id = id;
  item.description = text;
  item.tooltip = text;
  item.iconPath = new ThemeIcon('info');
  item.accessibilityInformation = { label: text };
  return item;
}
