/** The classes of the widgets, made of the table. */

import type { Comm } from '../comms/index.ts';
import {
  ButtonWidget,
  Container,
  MultipleSelectionWidget,
  RangeSelectionWidget,
  SelectionWidget,
  TextWidget,
  ValueWidget,
} from './behaviours.ts';
import { isRecord } from './buffers.ts';
import type { Manager } from './manager.ts';
import { Model } from './model.ts';
import { OutputWidget } from './output.ts';
import { type Rule, ruleOf, type State, selectedPage } from './rules.ts';
import { SELECTION_TRAITS, selectionRule } from './selection.ts';
import { camelCase, type Kind, type ModelSpec, type TraitSpec } from './spec.ts';
import { accept, TraitError } from './traits.ts';
import { DOMWidget, modelOf, Widget } from './widget.ts';

export type Options = Readonly<Record<string, unknown>>;
export type WidgetClass = new (...options: readonly unknown[]) => Widget;

const BASES: Readonly<Record<Kind, new (model: Model, manager: Manager) => Widget>> = {
  plain: Widget,
  link: Widget,
  element: DOMWidget,
  box: Container,
  value: ValueWidget,
  submit: TextWidget,
  button: ButtonWidget,
  selection: SelectionWidget,
  multiple: MultipleSelectionWidget,
  range: RangeSelectionWidget,
  output: OutputWidget,
};

/** Classes that several widgets have in common, by their names. */
export const BASE_CLASSES = Object.fromEntries([DOMWidget, ...Object.values(BASES)].map((Base) => [Base.name, Base]));

const SELECTIONS: readonly Kind[] = ['selection', 'multiple', 'range'];

/** The traits of a model by their names in TypeScript. */
export function traitsOf({ kind, traits }: ModelSpec): Map<string, TraitSpec> {
  const all = SELECTIONS.includes(kind) ? [...traits, ...SELECTION_TRAITS] : traits;
  return new Map(all.map((trait) => [camelCase(trait.name), trait]));
}

function ruleFor(spec: ModelSpec, traits: ReadonlyMap<string, TraitSpec>): Rule | undefined {
  if (SELECTIONS.includes(spec.kind)) return selectionRule(spec.kind, traits.get('index')?.nullable === true);
  return spec.name === 'Tab' ? selectedPage : ruleOf(traits);
}

/** A class for a model. `comm` is that of a frontend which opens the widget. */
export function defineWidget(manager: Manager, spec: ModelSpec): WidgetClass {
  const traits = traitsOf(spec);
  const rule = ruleFor(spec, traits);
  const Base = BASES[spec.kind];
  const definition = {
    [spec.name]: class extends Base {
      constructor(...options: readonly unknown[]) {
        const given = optionsOf(spec, options);
        const [comm] = options[0] instanceof FromFrontend ? [options[0].comm] : [];
        const state = initialState(manager, spec, traits, given);
        super(new Model(manager, { spec, traits, rule, state, given: new Set(Object.keys(given)) }, comm), manager);
        const [, listener] = options;
        if (spec.kind === 'button' && typeof listener === 'function') this.on('click', () => listener());
      }
    },
  };
  const made = definition[spec.name];
  if (made === undefined) throw new Error(`There is no class for ${spec.name}.`);
  for (const name of traits.keys())
    if (!name.startsWith('_')) Object.defineProperty(made.prototype, name, property(name));
  return made;
}

/** A widget's state and comm, where a frontend has opened it. */
export class FromFrontend {
  readonly state: Options;
  readonly comm: Comm;
  constructor(state: Options, comm: Comm) {
    this.state = state;
    this.comm = comm;
  }
}

export function property(name: string): PropertyDescriptor {
  return {
    get(this: Widget) {
      return modelOf(this).get(name);
    },
    set(this: Widget, value: unknown) {
      if (value === undefined) throw new TraitError(`${name} cannot be undefined.`);
      modelOf(this).set({ [name]: value });
    },
    enumerable: true,
    configurable: true,
  };
}

/** The arguments of a constructor as one object: some kinds take what they are about first. */
function optionsOf({ name, kind }: ModelSpec, [first = {}, second]: readonly unknown[]): Options {
  if (first instanceof FromFrontend) return first.state;
  const rest = isRecord(second) ? second : {};
  if (kind === 'box' && Array.isArray(first)) return { ...rest, children: first };
  if (kind === 'button' && typeof first === 'string') return { ...rest, description: first };
  if (isRecord(first)) return Object.fromEntries(Object.entries(first).filter(([, value]) => value !== undefined));
  throw new TraitError(`new ${name}(…) takes its options as an object: { description: 'Speed' }.`);
}

/** The options, and the defaults of what is not among them. @throws TraitError */
function initialState(
  { references }: Manager,
  { name }: ModelSpec,
  traits: ReadonlyMap<string, TraitSpec>,
  options: Options,
): State {
  for (const option of Object.keys(options)) {
    if (!traits.has(option)) {
      const known = [...traits.keys()].filter((one) => !one.startsWith('_'));
      throw new TraitError(`${name} has no '${option}'. It has: ${known.join(', ')}.`);
    }
  }
  // What is wrong is said before a reference to another widget makes one.
  const order = [...traits].sort(
    ([, one], [, other]) => Number(one.type === 'reference') - Number(other.type === 'reference'),
  );
  const state: State = {};
  for (const [option, trait] of order) {
    const chosen = options[option];
    state[option] = chosen === undefined ? initialValue(trait, references) : accept(trait, chosen, references);
  }
  return state;
}

function initialValue(trait: TraitSpec, references: Manager['references']): unknown {
  if (trait.type === 'reference') return references.widgetOf({}, trait.widget ?? 'Widget');
  if (trait.type === 'bytes') return new Uint8Array();
  return trait.default ?? null;
}
