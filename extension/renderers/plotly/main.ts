import Plotly, { type PlotlyDataLayoutConfig } from 'plotly.js-dist-min';
import type { ActivationFunction } from 'vscode-notebook-renderer';
import { explained } from '../problem.ts';

/** Of a figure that says nothing about it, in pixels. */
const HEIGHT = 450;

/** Shows the figures of Plotly. */
export const activate: ActivationFunction = () => {
  const figures = new Map<string, Disposable>();

  const dispose = (id: string): void => {
    figures.get(id)?.[Symbol.dispose]();
    figures.delete(id);
  };

  return {
    async renderOutputItem(item, element) {
      dispose(item.id);
      const place = document.createElement('div');
      element.replaceChildren(place);
      // Outputs are drawn out of sight, where they have no width.
      const sizes = new ResizeObserver(() => {
        if (place.clientWidth > 0) void Plotly.Plots.resize(place);
      });
      figures.set(item.id, {
        [Symbol.dispose]() {
          sizes.disconnect();
          Plotly.purge(place);
        },
      });
      try {
        const { data = [], layout = {}, config = {}, frames = [] } = item.json() as Partial<PlotlyDataLayoutConfig>;
        // Where a figure leaves a size open, it takes that of its place.
        place.style.height = `${layout.height ?? HEIGHT}px`;
        await Plotly.newPlot(place, { data, layout, frames, config: { displaylogo: false, ...config } });
        if (layout.width === undefined && layout.autosize !== false) sizes.observe(place);
      } catch (error) {
        element.replaceChildren(explained('The chart cannot be drawn.', error));
      }
    },
    disposeOutputItem(id) {
      for (const one of id === undefined ? [...figures.keys()] : [id]) dispose(one);
    },
  };
};
