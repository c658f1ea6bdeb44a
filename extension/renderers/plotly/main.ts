import Plotly, { type PlotlyDataLayoutConfig } from 'plotly.js-dist-min';
import type { ActivationFunction } from 'vscode-notebook-renderer';
import { explained } from '../problem.ts';

/** Shows the figures of Plotly. */
export const activate: ActivationFunction = () => {
  const places = new Map<string, HTMLElement>();

  const dispose = (id: string): void => {
    const place = places.get(id);
    if (place !== undefined) Plotly.purge(place);
    places.delete(id);
  };

  return {
    async renderOutputItem(item, element) {
      dispose(item.id);
      const place = document.createElement('div');
      element.replaceChildren(place);
      places.set(item.id, place);
      const { data = [], layout = {}, config = {}, frames = [] } = item.json() as Partial<PlotlyDataLayoutConfig>;
      try {
        await Plotly.newPlot(place, {
          data,
          layout,
          frames,
          config: { responsive: true, displaylogo: false, ...config },
        });
      } catch (error) {
        element.replaceChildren(explained('The chart cannot be drawn.', error));
      }
    },
    disposeOutputItem(id) {
      for (const one of id === undefined ? [...places.keys()] : [id]) dispose(one);
    },
  };
};
