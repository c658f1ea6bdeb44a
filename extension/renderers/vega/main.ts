import type { ActivationFunction, OutputItem } from 'vscode-notebook-renderer';
import { explained } from '../problem.ts';
import { onThemeChange } from '../theme.ts';
import { Chart } from './chart.ts';

/** Shows the specifications of Vega and Vega-Lite. */
export const activate: ActivationFunction = () => {
  const charts = new Map<string, Chart>();

  const dispose = (id: string): void => {
    charts.get(id)?.dispose();
    charts.delete(id);
  };

  const render = async (item: OutputItem, element: HTMLElement, signal: AbortSignal): Promise<void> => {
    dispose(item.id);
    const chart = new Chart(element);
    charts.set(item.id, chart);
    signal.addEventListener('abort', () => chart.dispose());
    try {
      await chart.draw(item);
    } catch (error) {
      element.replaceChildren(explained('The chart cannot be drawn.', error));
    }
  };

  onThemeChange(() => {
    for (const chart of charts.values()) void chart.redraw();
  });

  return {
    renderOutputItem: render,
    disposeOutputItem(id) {
      for (const one of id === undefined ? [...charts.keys()] : [id]) dispose(one);
    },
  };
};
