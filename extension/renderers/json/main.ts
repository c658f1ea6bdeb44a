import type { ActivationFunction } from 'vscode-notebook-renderer';
import { loadStyleSheet } from '../style-sheet.ts';
import './tree.css';
import { jsonTree } from './tree.ts';

/** Shows JSON as a tree that folds. */
export const activate: ActivationFunction = async () => {
  await loadStyleSheet('json.css');
  return {
    renderOutputItem(item, element) {
      element.replaceChildren(jsonTree(item.json(), isExpanded(item.metadata)));
    },
  };
};

/** As `IPython.display.JSON(…, expanded=True)` says it. */
function isExpanded(metadata: unknown): boolean {
  const text = JSON.stringify(metadata ?? {});
  return /"expanded":true/.test(text);
}
