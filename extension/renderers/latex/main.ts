import type { ActivationFunction } from 'vscode-notebook-renderer';
import { markdownRenderer } from '../markdown.ts';
import { outputItem } from '../output-item.ts';
import { withDollars } from './delimiters.ts';

/** VS Code shows LaTeX as Markdown with formulas between dollars. What has other delimiters gets these. */
export const activate: ActivationFunction = async (context) => {
  const markdown = await markdownRenderer(context);
  if (markdown === undefined) throw new Error("VS Code's own renderer of Markdown is disabled: it shows LaTeX.");
  return {
    renderOutputItem(item, element, signal) {
      const shown = outputItem(item.id, 'text/latex', withDollars(item.text()), item.metadata);
      return markdown.renderOutputItem(shown, element, signal);
    },
    disposeOutputItem: (id) => markdown.disposeOutputItem?.(id),
  };
};
