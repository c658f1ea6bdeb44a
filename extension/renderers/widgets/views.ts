import type { DOMWidgetView } from '@jupyter-widgets/base';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { SavedModel, ShownOutput, ToRenderer, WireModel } from '../../src/widgets/messages.ts';
import { toBase64 } from '../output-item.ts';
import { explained } from '../problem.ts';
import { Comms } from './comm.ts';
import { Manager } from './manager.ts';
import { OutputList } from './output-list.ts';
import type { Outputs } from './outputs.ts';
import type { Wire } from './wire.ts';

const RUN_AGAIN = 'Run the cell again to use it.';
/** Outputs of what a person has done with a widget. */
const MAX_SHOWN = 100;

/** The models of one life of a kernel. */
interface Life {
  readonly epoch: string;
  readonly comms: Comms;
  readonly manager: Manager;
  complete: boolean;
}

/** A widget in an output. */
interface Place {
  readonly modelId: string;
  readonly element: HTMLElement;
  readonly note: HTMLElement;
  readonly body: HTMLElement;
  readonly signal: AbortSignal;
  manager: Manager | undefined;
  view: DOMWidgetView | undefined;
  shown: OutputList | undefined;
}

/** Shows widgets in outputs, and lets them live and die with the kernel's models. */
export class Views {
  readonly #outputs: Outputs;
  readonly #places = new Map<string, Place>();
  readonly #wire: Wire | undefined;
  #notebook: string | undefined;
  #life: Life | undefined;
  #saved: Manager | undefined;

  constructor(outputs: Outputs, open: (receive: (message: ToRenderer) => void) => Wire | undefined) {
    this.#outputs = outputs;
    this.#wire = open((message) => this.#receive(message));
    this.#wire?.send({ type: 'ready' });
    window.addEventListener('resize', () => {
      for (const { view } of this.#places.values()) {
        if (view !== undefined) MessageLoop.postMessage(view.luminoWidget, Widget.ResizeMessage.UnknownSize);
      }
    });
  }

  show(outputId: string, modelId: string, element: HTMLElement, signal: AbortSignal): void {
    this.remove(outputId);
    const note = Object.assign(document.createElement('div'), { className: 'elara-note' });
    note.setAttribute('role', 'status');
    const body = Object.assign(document.createElement('div'), { className: 'elara-widget' });
    element.replaceChildren(note, body);
    const place: Place = {
      modelId,
      element,
      note,
      body,
      signal,
      manager: undefined,
      view: undefined,
      shown: undefined,
    };
    this.#places.set(outputId, place);
    this.#settle(place);
  }

  /** @param outputId Without: all outputs. */
  remove(outputId?: string): void {
    for (const [id, place] of this.#places) {
      if (outputId !== undefined && id !== outputId) continue;
      this.#places.delete(id);
      clear(place);
    }
  }

  #receive(message: ToRenderer): void {
    if (message.type === 'hello') {
      if (message.notebook === this.#notebook) this.#wire?.send({ type: 'ready' });
      return;
    }
    if (message.type === 'kernel') {
      if (!message.isAnswer && message.notebook !== this.#notebook) return;
      this.#notebook = message.notebook;
      this.#begin(message);
      return;
    }
    const life = this.#life;
    if (life === undefined) return;
    if (message.type === 'module') {
      life.comms.moduleCame(message.name, message.source);
      return;
    }
    if (message.epoch !== life.epoch) return;
    if (message.type === 'opened') {
      life.complete = message.complete;
      life.manager.add(message.models);
      this.#settleAll();
    } else if (message.type === 'message') life.comms.receive(message.message);
    else if (message.type === 'changed') life.comms.changed(message.message);
    else if (message.type === 'closed') {
      life.comms.closed(message.id);
      this.#settleAll();
    } else if (message.type === 'done') life.comms.done(message.messageId);
    else life.comms.output(message.messageId, message.output);
  }

  #begin({ epoch, models, complete, saved }: Extract<ToRenderer, { type: 'kernel' }>): void {
    this.#life?.manager.disconnect();
    this.#life = undefined;
    if (epoch !== undefined && this.#wire !== undefined) {
      const comms = new Comms(this.#wire, epoch);
      const life: Life = { epoch, comms, complete, manager: new Manager(this.#outputs, comms, () => life.complete) };
      life.manager.add(models);
      this.#life = life;
    }
    if (saved !== undefined && this.#saved === undefined) {
      this.#saved = new Manager(this.#outputs, undefined, () => true);
      this.#saved.add(Object.entries(saved.state).map(([id, model]) => fromSaved(id, model)));
    }
    this.#settleAll();
  }

  #settleAll(): void {
    for (const place of this.#places.values()) this.#settle(place);
  }

  /** Shows a widget as what it is now. */
  #settle(place: Place): void {
    const { modelId, manager, note, body } = place;
    const life = this.#life;
    if (life?.manager.has_model(modelId)) {
      if (manager !== life.manager) void this.#draw(place, life.manager);
      return;
    }
    // What the kernel has closed is gone, as a progress bar that has done its work.
    if (manager !== undefined && manager === life?.manager) return;
    if (manager !== undefined && manager !== this.#saved) {
      note.textContent = `The kernel has this widget no longer. ${RUN_AGAIN}`;
      body.inert = true;
      return;
    }
    if (this.#saved?.has_model(modelId)) {
      if (manager !== this.#saved) void this.#draw(place, this.#saved);
      return;
    }
    const waits = this.#wire !== undefined && (this.#notebook === undefined || life?.complete === false);
    note.textContent = waits ? 'Waiting for the widget…' : `The widget is not there: no kernel has it. ${RUN_AGAIN}`;
  }

  async #draw(place: Place, manager: Manager): Promise<void> {
    const { modelId, note, body } = place;
    clear(place);
    place.manager = manager;
    note.textContent = manager === this.#saved ? `This is how the widget was saved. ${RUN_AGAIN}` : '';
    body.inert = false;
    const shown: ShownOutput[] = [];
    try {
      const model = await manager.get_model(modelId);
      // What the kernel has said before is part of it: some draw only once.
      await model.state_change;
      const view = await manager.create_view<DOMWidgetView>(
        model as Parameters<typeof manager.create_view>[0] as never,
        {
          shown: (output: ShownOutput) => {
            shown.push(output);
            if (shown.length > MAX_SHOWN) shown.shift();
            place.shown?.show(shown);
          },
        },
      );
      if (place.manager !== manager || place.signal.aborted) {
        view.remove();
        return;
      }
      place.view = view;
      Widget.attach(view.luminoWidget, body);
      const below = document.createElement('div');
      body.append(below);
      place.shown = new OutputList(this.#outputs, below);
    } catch (error) {
      body.replaceChildren(explained('The widget cannot be shown.', error));
    }
  }
}

function clear(place: Place): void {
  place.shown?.dispose();
  place.view?.remove();
  place.shown = undefined;
  place.view = undefined;
  place.manager = undefined;
  place.body.replaceChildren();
}

function fromSaved(id: string, saved: SavedModel): WireModel {
  const { model_name, model_module, model_module_version, state, buffers = [] } = saved;
  return {
    id,
    // Files leave out what is the default.
    state: {
      ...state,
      _model_name: model_name,
      _model_module: model_module,
      _model_module_version: model_module_version ?? '',
    },
    bufferPaths: buffers.map(({ path }) => path),
    buffers: buffers.map(({ encoding, data }) => (encoding === 'hex' ? toBase64(fromHex(data)) : data)),
  };
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}
