/** Widgets that bring their own frontend: modules by the anywidget front-end specification (AFM). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ValueWidget } from './behaviours.ts';
import { bytesOf, isRecord } from './buffers.ts';
import { property } from './classes.ts';
import type { Manager } from './manager.ts';
import { Model } from './model.ts';
import type { State } from './rules.ts';
import type { ModelSpec, TraitSpec } from './spec.ts';
import { accept, TraitError } from './traits.ts';
import type { Widget } from './widget.ts';

const MODULE = 'anywidget';
/** Any version of anywidget's frontend: what is used here is the same in all of them since 0.9. */
const VERSION = '0.x';

/** Answers an `invoke` of the frontend. */
export type Command = (message: unknown, buffers: readonly Uint8Array[]) => unknown;

export interface AnyWidgetOptions {
  readonly esm: string | URL;
  readonly css?: string | URL;
  readonly state?: Readonly<Record<string, unknown>>;
  readonly commands?: Readonly<Record<string, Command>>;
  readonly layout?: unknown;
}

const COMMON: readonly TraitSpec[] = [
  { name: '_dom_classes', type: 'array', items: 'string', default: [] },
  { name: 'layout', type: 'reference', widget: 'Layout' },
  { name: 'tabbable', type: 'bool', nullable: true },
  { name: 'tooltip', type: 'string', nullable: true },
];

const OWN: readonly TraitSpec[] = [
  { name: '_esm', type: 'string' },
  { name: '_css', type: 'string' },
  { name: '_anywidget_id', type: 'string' },
];

/** Its state's traits become properties of the widget. */
class AnyWidget extends ValueWidget {
  constructor(model: Model, commands: Readonly<Record<string, Command>>) {
    super(model);
    model.events.on('message', (content: unknown, buffers: readonly Uint8Array[]) => {
      if (isRecord(content) && content.kind === 'anywidget-command') return this.#answer(commands, content, buffers);
      return undefined;
    });
  }

  async #answer(
    commands: Readonly<Record<string, Command>>,
    { id, name, msg }: Readonly<Record<string, unknown>>,
    buffers: readonly Uint8Array[],
  ): Promise<void> {
    const command = Object.hasOwn(commands, String(name)) ? commands[String(name)] : undefined;
    if (command === undefined) throw new TypeError(`The frontend invokes '${String(name)}', which the widget has not.`);
    const result = await command(msg, buffers);
    const [response, bytes] = isAnswerWithBuffers(result) ? result : [result, []];
    this.send({ id, kind: 'anywidget-command-response', response: response ?? null }, bytes);
  }
}

export function createAnyWidget(manager: Manager, options: AnyWidgetOptions): Widget {
  const { state = {}, commands = {}, layout = {} } = options;
  const esm = textOf(options.esm, /\.(m?js)$/);
  const css = options.css === undefined ? '' : textOf(options.css, /\.css$/);
  const id = createHash('sha256').update(esm).update(css).digest('hex').slice(0, 16);
  const traits = new Map<string, TraitSpec>([...COMMON, ...OWN].map((trait) => [trait.name, trait]));
  for (const name of Object.keys(state)) {
    if (traits.has(name) || name in AnyWidget.prototype || name.startsWith('_')) {
      throw new TraitError(`The state of a widget cannot have the name '${name}': every widget has one of its own.`);
    }
    traits.set(name, { name, type: 'any' });
  }
  const values: State = { ...state, layout, tabbable: null, tooltip: null, _dom_classes: [] };
  Object.assign(values, { _esm: esm, _css: css, _anywidget_id: `elara.${id}` });
  for (const [name, trait] of traits) values[name] = accept(trait, values[name], manager.references);
  const spec: ModelSpec = {
    name: 'AnyWidget',
    kind: 'value',
    model: 'AnyModel',
    view: 'AnyView',
    module: MODULE,
    viewModule: MODULE,
    version: VERSION,
    traits: [...traits.values()],
  };
  const model = new Model(manager, { spec, traits, rule: undefined, state: values, given: new Set() });
  const widget = new AnyWidget(model, commands);
  for (const name of traits.keys()) if (!name.startsWith('_')) Object.defineProperty(widget, name, property(name));
  return widget;
}

/** A text as it stands, an URL for the browser, or what a file holds: its name is one line with the right ending. */
function textOf(source: string | URL, ending: RegExp): string {
  if (source instanceof URL) return source.protocol === 'file:' ? readFileSync(source, 'utf8') : source.href;
  if (/\n/.test(source) || /^https?:/.test(source) || !ending.test(source)) return source;
  try {
    return readFileSync(source, 'utf8');
  } catch (cause) {
    throw new TraitError(`The file ${source} of the widget cannot be read.`, { cause });
  }
}

function isAnswerWithBuffers(result: unknown): result is [unknown, ArrayBufferView[]] {
  if (!Array.isArray(result) || result.length !== 2) return false;
  const [, buffers]: unknown[] = result;
  return Array.isArray(buffers) && buffers.every((one) => bytesOf(one) !== undefined);
}
