import embed, { type EmbedOptions, type Mode, type Result, type VisualizationSpec } from 'vega-embed';
import type { OutputItem } from 'vscode-notebook-renderer';
import { metadataOf } from '../../src/outputs/metadata.ts';
import { geoJsonSpec } from './geojson.ts';
import menuStyle from './menu.css' with { type: 'text' };
import { themeConfig } from './theme-config.ts';

/** Characters of a specification whose marks may be too many for elements of their own. */
const MANY = 300_000;

/** A chart in an output. */
export class Chart {
  readonly #element: HTMLElement;
  #item: OutputItem | undefined;
  #result: Result | undefined;
  #isDisposed = false;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  async draw(item: OutputItem): Promise<void> {
    this.#item = item;
    const place = document.createElement('div');
    this.#element.replaceChildren(place);
    const result = await embed(place, specOf(item), optionsFor(item));
    if (this.#isDisposed) {
      result.finalize();
      return;
    }
    this.#result?.finalize();
    this.#result = result;
  }

  async redraw(): Promise<void> {
    if (this.#item !== undefined && !this.#isDisposed) await this.draw(this.#item);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#result?.finalize();
    this.#result = undefined;
  }
}

function specOf(item: OutputItem): VisualizationSpec {
  const content: unknown = item.json();
  return (isGeoJson(item) ? geoJsonSpec(content) : content) as VisualizationSpec;
}

function isGeoJson({ mime }: OutputItem): boolean {
  return mime === 'application/geo+json';
}

function optionsFor(item: OutputItem): EmbedOptions {
  const mode: Mode = item.mime.includes('vegalite') || isGeoJson(item) ? 'vega-lite' : 'vega';
  const given = embedOptions(item);
  return {
    ...given,
    mode,
    renderer: given.renderer ?? (item.text().length > MANY ? 'canvas' : 'svg'),
    // The others open a window, which a webview has not.
    actions: given.actions === false ? false : { export: true, source: false, compiled: false, editor: false },
    defaultStyle: menuStyle,
    tooltip: { theme: 'custom' },
    ...(given.theme === undefined && { config: themeConfig() }),
  };
}

/** What the program that made the chart wants of its embedding, as altair says it. */
function embedOptions(item: OutputItem): EmbedOptions {
  const options = metadataOf(item, 'embed_options');
  return typeof options === 'object' && options !== null ? options : {};
}
