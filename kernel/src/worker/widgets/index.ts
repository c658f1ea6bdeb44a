/** `elara.widgets`: controls in the notebook, whose state the cells and the frontend share. */
import type { Comm, CommMessage, JupyterComms } from '../comms/index.ts';
import { type AnyWidgetOptions, createAnyWidget } from './any-widget.ts';
import { isRecord, joinBuffers } from './buffers.ts';
import { BASE_CLASSES, defineWidget, FromFrontend, traitsOf, type WidgetClass } from './classes.ts';
import { make, makeSlider } from './controls.ts';
import { models } from './generated/models.ts';
import { interact } from './interact.ts';
import { dlink, frontendLink, link, type TraitOf } from './links.ts';
import { Manager } from './manager.ts';
import { type ProgressOptions, progress } from './progress.ts';
import type { ModelSpec } from './spec.ts';
import { fromWire, type References, TraitError } from './traits.ts';
import { modelOf, Widget, WidgetClosedError } from './widget.ts';

export interface WidgetsParts {
  readonly comms: JupyterComms;
  /** Shows an error where it was caused. */
  readonly report: (error: unknown) => void;
  readonly display: (value: unknown) => unknown;
}

export interface InstalledWidgets {
  /** What the cells have. */
  readonly widgets: Readonly<Record<string, unknown>>;
  /** Sends what has changed and waits for the end of its tick. */
  readonly flush: () => void;
}

/** Gives the cells of one worker their widgets. */
export function createWidgets({ comms, report, display }: WidgetsParts): InstalledWidgets {
  const classes: Record<string, WidgetClass> = {};
  const references: References = {
    widgetOf(value, name) {
      const Class = name === 'Widget' ? Widget : classes[name];
      if (Class === undefined) return undefined;
      if (value instanceof Class) return value;
      return isRecord(value) && name !== 'Widget' ? make(classes, name, value) : undefined;
    },
    idOf: (widget) => modelOf(widget).id,
    byId: (id) => manager.models.get(id)?.owner,
  };
  const create = (data: Readonly<Record<string, unknown>>, comm: Comm, message: CommMessage): void => {
    const state = joinBuffers(data.state, data.buffer_paths, message.buffers);
    const spec = models.find((one) => one.model === state._model_name && one.module === state._model_module);
    const Class = spec && classes[spec.name];
    if (spec === undefined || Class === undefined)
      throw new TypeError(`There is no widget for the model ${String(state._model_name)}.`);
    new Class(new FromFrontend(stateFromWire(spec, state, references), comm));
  };
  const manager = new Manager({ comms, report, create, references });
  for (const spec of models) classes[spec.name] = defineWidget(manager, spec);

  const flush = (): void => manager.flush();
  const closeAll = (): void => {
    for (const model of manager.models.values()) model.close();
  };
  const widgets = {
    ...BASE_CLASSES,
    ...classes,
    TraitError,
    WidgetClosedError,
    slider: (options: Readonly<Record<string, unknown>> = {}) => makeSlider(classes, options),
    interact: (
      action: (values: Record<string, unknown>) => unknown,
      parameters: Readonly<Record<string, unknown>> = {},
    ) => interact(classes, { display, report }, action, parameters),
    progress: (source: number | Iterable<unknown> | AsyncIterable<unknown>, options?: ProgressOptions) =>
      progress({ classes, display, flush }, source, options),
    anywidget: (options: AnyWidgetOptions) => createAnyWidget(manager, options),
    link,
    dlink,
    jslink: (source: TraitOf, target: TraitOf) => jsLink('Link', source, target),
    jsdlink: (source: TraitOf, target: TraitOf) => jsLink('DirectionalLink', source, target),
    closeAll,
  };
  const jsLink = (name: string, source: TraitOf, target: TraitOf): Widget => {
    const Class = classes[name];
    if (Class === undefined) throw new Error(`There is no widget ${name}.`);
    return frontendLink(Class, source, target);
  };
  return { widgets, flush };
}

function stateFromWire(
  spec: ModelSpec,
  state: Readonly<Record<string, unknown>>,
  references: References,
): Record<string, unknown> {
  const known = [...traitsOf(spec)].filter(([, { name, local }]) => !local && state[name] !== undefined);
  // A frontend that leaves out style or layout, or says null, gets one of ours.
  const given = known.filter(([, { name, type }]) => !(type === 'reference' && state[name] === null));
  return Object.fromEntries(given.map(([name, trait]) => [name, fromWire(trait, state[trait.name], references)]));
}
