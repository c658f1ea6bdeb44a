import type { OutputItem, RendererApi, RendererContext } from 'vscode-notebook-renderer';
import type { ShownOutput } from '../../src/widgets/messages.ts';
import { markdownRenderer } from '../markdown.ts';
import { outputItem } from '../output-item.ts';

const BUILTIN = 'vscode.builtin-renderer';
const MARKDOWN = 'markdown';
const VEGA = 'elara.vega';

/** The media types that can be shown in a widget, the richest first, and whose renderers do it. */
const RENDERERS: readonly (readonly [type: RegExp, renderer: string])[] = [
  [/^application\/vnd\.jupyter\.widget-view\+json$/, 'self'],
  [/^application\/vnd\.vega(lite)?\.v\d+(\.\d+)*[+.]json$/, VEGA],
  [/^application\/vnd\.plotly\.v1\+json$/, 'elara.plotly'],
  [/^text\/html$/, BUILTIN],
  [/^text\/markdown$/, MARKDOWN],
  [/^image\/svg\+xml$/, BUILTIN],
  [/^text\/latex$/, 'elara.latex'],
  [/^application\/pdf$|^(audio|video)\/|^image\/(webp|avif|bmp)$/, 'elara.media'],
  [/^application\/json$/, 'elara.json'],
  [/^image\/(png|jpeg|gif)$/, 'elara.media'],
  [/^(application|text)\/javascript$/, 'elara.javascript'],
  [/^text\/plain$/, BUILTIN],
];

/** Shows outputs inside of widgets by the renderers that show them in cells. */
export class Outputs {
  readonly #context: RendererContext<unknown>;
  readonly #self: () => RendererApi;
  #count = 0;

  constructor(context: RendererContext<unknown>, self: () => RendererApi) {
    this.#context = context;
    this.#self = self;
  }

  /** @param signal Fires when the output is shown no longer. */
  async show(output: ShownOutput, element: HTMLElement, signal: AbortSignal): Promise<void> {
    const found = this.#choose(output);
    if (found === undefined) return;
    const [renderer, item] = found;
    const api = await this.#find(renderer);
    if (signal.aborted) return;
    if (api === undefined) {
      element.append(`VS Code has nothing to show ${item.mime} with.`);
      return;
    }
    signal.addEventListener('abort', () => api.disposeOutputItem?.(item.id));
    await api.renderOutputItem(item, element, signal);
  }

  async #find(renderer: string): Promise<RendererApi | undefined> {
    if (renderer === 'self') return this.#self();
    if (renderer === MARKDOWN) return await markdownRenderer(this.#context);
    return await this.#context.getRenderer(renderer);
  }

  #choose(output: ShownOutput): readonly [renderer: string, item: OutputItem] | undefined {
    this.#count += 1;
    const id = `elara-in-widget-${this.#count}`;
    if (output.output_type === 'stream') {
      const mime = `application/vnd.code.notebook.${output.name === 'stderr' ? 'stderr' : 'stdout'}`;
      return [BUILTIN, outputItem(id, mime, output.text, {})];
    }
    if (output.output_type === 'error') {
      const { ename, evalue, traceback } = output;
      const stack = Array.isArray(traceback) ? traceback.join('\n') : `${String(ename)}: ${String(evalue)}`;
      const error = { name: ename, message: evalue, stack };
      return [BUILTIN, outputItem(id, 'application/vnd.code.notebook.error', error, {})];
    }
    const data = isRecord(output.data) ? output.data : {};
    for (const [type, renderer] of RENDERERS) {
      const mime = Object.keys(data).find((candidate) => type.test(candidate));
      if (mime === undefined) continue;
      return [renderer, outputItem(id, mime, data[mime], { metadata: output.metadata })];
    }
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
