import type { ActivationFunction } from 'vscode-notebook-renderer';
import { explained } from '../problem.ts';

/** Runs scripts as other frontends of Jupyter do: `element` is the place of the output. */
export const activate: ActivationFunction = () => ({
  renderOutputItem(item, element) {
    element.replaceChildren();
    try {
      new Function('element', item.text())(element);
    } catch (error) {
      element.replaceChildren(explained('The script failed.', error));
    }
  },
});
