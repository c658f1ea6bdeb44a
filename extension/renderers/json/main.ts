import type { ActivationFunction } from 'vscode-notebook-renderer';
import { metadataOf } from '../../src/outputs/metadata.ts';
import { loadStyleSheet } from '../style-sheet.ts';
import './tree.css';
import { jsonTree } from './tree.ts';

/** Shows JSON as a tree that folds. */
export const activate: ActivationFunction = async () => {
  await loadStyleSheet('json.css');
  return {
    renderOutputItem(item, element) {
      // As `IPython.display.JSON(…, expanded=True)` says it.
      element.replaceChildren(jsonTree(item.json(), metadataOf(item, 'expanded') === true));
    },
  };
};
