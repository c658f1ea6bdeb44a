import type { ActivationFunction } from 'vscode-notebook-renderer';
import { explained } from '../problem.ts';
import { mayRunCode } from '../trust.ts';

/** Runs scripts as other frontends of Jupyter do: `element` is the place of the output. */
export const activate: ActivationFunction = (context) => ({
  renderOutputItem(item, element) {
    if (!mayRunCode(context, element)) return;
    element.replaceChildren();
    try {
      new Function('element', item.text())(element);
    } catch (error) {
      element.replaceChildren(explained('The script failed.', error));
    }
  },
});
