import * as base from '@jupyter-widgets/base';
import { ManagerBase } from '@jupyter-widgets/base-manager';
import type { ShownOutput, WireModel } from '../../src/widgets/messages.ts';
import { fromBase64 } from '../output-item.ts';
import type { Callbacks, Comms } from './comm.ts';
import { Modules } from './modules.ts';
import type { Outputs } from './outputs.ts';
import { typeset } from './typeset.ts';

type WidgetClass = typeof base.WidgetModel | typeof base.WidgetView;
/** A view's options, from the one that is shown in an output down to its children. */
interface ViewOptions {
  readonly parent?: base.WidgetView;
  /** Shows what the kernel prints while it does what a person has asked of this widget. */
  readonly shown?: (output: ShownOutput) => void;
}

/** The widgets of one life of a kernel, or of a file, where there are no comms. */
export class Manager extends ManagerBase {
  readonly outputs: Outputs;
  /** Where controls look for what shows the formulas in their texts: JupyterLab's own, there. */
  readonly _rendermime = { latexTypesetter: { typeset } };
  readonly #comms: Comms | undefined;
  readonly #modules: Modules;
  readonly #expected = new Map<string, PromiseWithResolvers<base.WidgetModel>>();
  readonly #isComplete: () => boolean;

  /** @param isComplete False while more models may come than were there. */
  constructor(outputs: Outputs, comms: Comms | undefined, isComplete: () => boolean) {
    super();
    this.outputs = outputs;
    this.#comms = comms;
    this.#modules = new Modules(async (name) => await comms?.module(name));
    this.#isComplete = isComplete;
  }

  /** Makes models of what was told about them. None is awaited: they refer to each other. */
  add(models: readonly WireModel[]): void {
    for (const { id, state, bufferPaths, buffers } of models) {
      if (this.has_model(id)) continue;
      const whole = structuredClone(state) as Parameters<typeof base.put_buffers>[0];
      const paths = bufferPaths.map((path) => [...path]);
      base.put_buffers(
        whole,
        paths,
        buffers.map((buffer) => new DataView(fromBase64(buffer).buffer)),
      );
      const comm = this.#comms?.create(this.comm_target_name, id);
      const made = this.new_model(
        {
          model_id: id,
          model_name: String(state._model_name),
          model_module: String(state._model_module),
          model_module_version: String(state._model_module_version),
          ...(comm && { comm }),
        },
        whole,
      );
      const begin = () => comm?.begin();
      made.then(begin, begin);
      this.#expected.get(id)?.resolve(made);
      this.#expected.delete(id);
    }
  }

  /** A model that is not there yet may come with the next message. */
  override async get_model(id: string): Promise<base.WidgetModel> {
    if (this.has_model(id)) return await super.get_model(id);
    if (this.#isComplete()) throw new Error(`The kernel has no widget ${id}.`);
    const expected = this.#expected.get(id) ?? Promise.withResolvers<base.WidgetModel>();
    this.#expected.set(id, expected);
    return await expected.promise;
  }

  override callbacks(view?: base.WidgetView): Callbacks {
    const shown = view && shownBy(view);
    return shown === undefined ? {} : { shown };
  }

  protected override async loadClass(className: string, moduleName: string, version: string): Promise<WidgetClass> {
    const module = await this.#modules.load(moduleName, version);
    const found = module[className];
    if (typeof found !== 'function') throw new Error(`The module ${moduleName} has no ${className}.`);
    return found as WidgetClass;
  }

  protected override async _create_comm(
    target: string,
    id: string = crypto.randomUUID(),
    data?: unknown,
    _metadata?: unknown,
    buffers: ArrayBuffer[] | ArrayBufferView[] = [],
  ): Promise<base.IClassicComm> {
    if (this.#comms === undefined) throw new Error('No kernel runs.');
    const comm = this.#comms.create(target, id);
    if (data !== undefined) comm.open(data, {}, {}, buffers);
    return comm;
  }

  protected override async _get_comm_info(): Promise<object> {
    return {};
  }
}

function shownBy(view: base.WidgetView): ViewOptions['shown'] {
  for (let options: ViewOptions | undefined = view.options; options !== undefined; options = options.parent?.options) {
    if (options.shown !== undefined) return options.shown;
  }
  return undefined;
}
