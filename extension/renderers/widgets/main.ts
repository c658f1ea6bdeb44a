import type { ActivationFunction, RendererApi } from 'vscode-notebook-renderer';
import { loadStyleSheet } from '../style-sheet.ts';
import { mayRunCode } from '../trust.ts';
import { Outputs } from './outputs.ts';
import './theme.css';
import { Views } from './views.ts';
import { openWire } from './wire.ts';

/** Shows `application/vnd.jupyter.widget-view+json`. */
export const activate: ActivationFunction = async (context) => {
  await loadStyleSheet('widgets.css');
  // Models alone run code, before they are shown.
  let views: Views | undefined;
  const api: RendererApi = {
    renderOutputItem(item, element, signal) {
      if (!mayRunCode(context, element)) return;
      views ??= new Views(new Outputs(context, () => api), (receive) => openWire(context, receive));
      const { model_id: modelId } = item.json() as { readonly model_id: string };
      element.addEventListener('keydown', keepKeys);
      views.show(item.id, modelId, element, signal);
    },
    disposeOutputItem: (id) => views?.remove(id),
  };
  return api;
};

/** Arrow keys and letters are the widget's own; VS Code would go to another cell. */
function keepKeys(event: KeyboardEvent): void {
  const isCommand =
    event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape' || /^F\d+$/.test(event.key);
  if (!isCommand) event.stopPropagation();
}
