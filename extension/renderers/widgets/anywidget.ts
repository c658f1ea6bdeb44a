/**
 * The host of widgets by the anywidget front-end specification (https://anywidget.dev/en/afm): their module is the member `_esm`
 * of their state, and their style sheet `_css`.
 */
import type { DOMWidgetModel, WidgetModel } from '@jupyter-widgets/base';
import { explained } from '../problem.ts';
import { type Definition, type Experimental, type Host, loadModule, loadStyle } from './anywidget-module.ts';

type Base = typeof import('@jupyter-widgets/base');
type Cleanup = () => unknown;

const COMMAND_TIMEOUT_MS = 3_000;
const REFERENCE = 'anywidget:';

/** The module of a model, once it is loaded and has initialised the model. */
interface Loaded {
  readonly definition: Definition;
  readonly exports: unknown;
}

/** What is done for one model: its module is loaded once, and anew when the kernel sends another one. */
class Binding {
  readonly #model: WidgetModel;
  readonly #changed: () => void;
  #life = new AbortController();
  loaded: Promise<Loaded>;

  /** @param changed Called when views have to be drawn again. */
  constructor(model: WidgetModel, changed: () => void) {
    this.#model = model;
    this.#changed = changed;
    this.loaded = this.#load();
    model.on('change:_esm', () => {
      this.#life.abort();
      this.#life = new AbortController();
      this.loaded = this.#load();
      this.#changed();
    });
    const style = () => loadStyle(String(model.get('_anywidget_id')), String(model.get('_css') ?? ''));
    model.on('change:_css', style);
    style();
    model.once('destroy', () => this.#life.abort());
  }

  async #load(): Promise<Loaded> {
    const { signal } = this.#life;
    const definition = await loadModule(String(this.#model.get('_esm') ?? ''));
    const context = {};
    const result = await definition.initialize?.({
      model: proxy(this.#model, context),
      signal,
      experimental: experimental(this.#model),
    });
    signal.addEventListener('abort', () => {
      this.#model.off(null, null, context);
      if (typeof result === 'function') void cleanUp(result as Cleanup);
    });
    return { definition, exports: typeof result === 'object' ? result : undefined };
  }

  async render(el: HTMLElement, signal: AbortSignal): Promise<void> {
    const { definition } = await this.loaded;
    if (signal.aborted) return;
    const context = {};
    const cleanup = await definition.render?.({
      model: proxy(this.#model, context),
      el,
      signal,
      host: host(this.#model, signal),
      experimental: experimental(this.#model),
    });
    const dispose = () => {
      this.#model.off(null, null, context);
      if (typeof cleanup === 'function') void cleanUp(cleanup as Cleanup);
    };
    if (signal.aborted) dispose();
    else signal.addEventListener('abort', dispose);
  }
}

const bindings = new WeakMap<WidgetModel, Binding>();

/** The classes of the module `anywidget`. */
export function anywidget({ DOMWidgetModel, DOMWidgetView }: Pick<Base, 'DOMWidgetModel' | 'DOMWidgetView'>) {
  class AnyModel extends DOMWidgetModel {
    override initialize(...parameters: Parameters<DOMWidgetModel['initialize']>): void {
      super.initialize(...parameters);
      const binding = new Binding(this, () => this.trigger('elara:module'));
      // A view says what is wrong.
      binding.loaded.catch(() => undefined);
      bindings.set(this, binding);
    }

    /** What the kernel says to the widget waits, in its order, until the widget can hear it. */
    override async _handle_comm_msg(message: Parameters<DOMWidgetModel['_handle_comm_msg']>[0]): Promise<void> {
      this.state_change = this.state_change.then(() => bindings.get(this)?.loaded.catch(() => undefined));
      if (message.content.data.method === 'custom') await this.state_change;
      await super._handle_comm_msg(message);
    }

    /** As the base class does it, but that bytes in a state stay bytes. */
    override serialize(state: Parameters<DOMWidgetModel['serialize']>[0]): ReturnType<DOMWidgetModel['serialize']> {
      const { layout, style, ...own } = state;
      const models = super.serialize({
        ...(layout !== undefined && { layout }),
        ...(style !== undefined && { style }),
      });
      return Object.assign(state, structuredClone(own), models);
    }
  }

  class AnyView extends DOMWidgetView {
    #shown = new AbortController();

    override render(): void {
      super.render();
      this.listenTo(this.model, 'elara:module', () => this.#show());
      // It is put into the page after this; modules may measure their place when they draw.
      setTimeout(() => {
        if (!this.#shown.signal.aborted) this.#show();
      });
    }

    override remove(): void {
      this.#shown.abort();
      super.remove();
    }

    #show(): void {
      this.#shown.abort();
      this.#shown = new AbortController();
      const { signal } = this.#shown;
      this.el.replaceChildren();
      bindings
        .get(this.model)
        ?.render(this.el, signal)
        .catch((error: unknown) => {
          if (!signal.aborted) this.el.replaceChildren(explained('The module of this widget failed.', error));
        });
    }
  }

  return { AnyModel, AnyView };
}

/** A model as modules see it: their listeners go when they go. */
function proxy(model: WidgetModel, context: object): object {
  return {
    get: model.get.bind(model),
    set: model.set.bind(model),
    save_changes: model.save_changes.bind(model),
    send: model.send.bind(model),
    on: (name: string, callback: (...values: unknown[]) => void) => model.on(name, callback, context),
    off: (name?: string | null, callback?: ((...values: unknown[]) => void) | null) =>
      model.off(name, callback, context),
    widget_manager: model.widget_manager,
  };
}

function experimental(model: WidgetModel): Experimental {
  return {
    async invoke(name, msg, { buffers = [], signal = AbortSignal.timeout(COMMAND_TIMEOUT_MS) } = {}) {
      signal.throwIfAborted();
      const id = crypto.randomUUID();
      const { promise, resolve, reject } = Promise.withResolvers<[unknown, readonly DataView[]]>();
      const answered = (content: { id?: unknown; response?: unknown }, answerBuffers: readonly DataView[]) => {
        if (content.id === id) resolve([content.response, answerBuffers]);
      };
      model.on('msg:custom', answered);
      signal.addEventListener('abort', () => reject(signal.reason));
      model.send({ id, kind: 'anywidget-command', name, msg: msg as null }, {}, [...buffers]);
      try {
        return await promise;
      } finally {
        model.off('msg:custom', answered);
      }
    },
  };
}

/** What a module asks the page for: other widgets, by the references that stand in its state. */
function host(model: WidgetModel, signal: AbortSignal): Host {
  const find = (reference: unknown): Promise<WidgetModel> => {
    if (typeof reference !== 'string' || !reference.startsWith(REFERENCE)) {
      throw new TypeError(`${JSON.stringify(reference)} is no reference of a widget.`);
    }
    return model.widget_manager.get_model(reference.slice(REFERENCE.length));
  };
  return {
    async getModel(reference) {
      const other = await find(reference);
      const context = {};
      signal.addEventListener('abort', () => other.off(null, null, context));
      return proxy(other, context);
    },
    async getWidget(reference) {
      const binding = bindings.get(await find(reference));
      if (binding === undefined) throw new TypeError(`${String(reference)} is no anywidget.`);
      const { exports } = await binding.loaded;
      return { exports, render: ({ el, signal: own }) => binding.render(el, own ?? signal) };
    },
  };
}

async function cleanUp(cleanup: Cleanup): Promise<void> {
  try {
    await cleanup();
  } catch (error) {
    console.warn('A widget failed when it was cleaned up.', error);
  }
}
