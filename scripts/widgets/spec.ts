/** Reads the published specification of ipywidgets' models (package @jupyter-widgets/schema), and adds what it does not say. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Kind, ModelSpec, TraitSpec } from '../../kernel/src/worker/widgets/spec.ts';
import { type Attribute, entriesOf, itemType, traitType } from './shape.ts';

export interface Trait extends TraitSpec {
  /** The specification has none that takes anything. */
  readonly type: Exclude<TraitSpec['type'], 'any'>;
  readonly help: string;
}

export interface Model extends ModelSpec {
  readonly traits: readonly Trait[];
}

const FILE = '@jupyter-widgets/schema/jupyterwidgetmodels.latest.json';

/** Python's names, where they are not those of the models. */
const CLASS_NAMES: Readonly<Record<string, string>> = {
  DatetimeModel: 'DatetimePicker',
  NaiveDatetimeModel: 'NaiveDatetimePicker',
  TimeModel: 'TimePicker',
};

/** Elements of arrays that the specification leaves open. */
const ITEMS: Readonly<Record<string, Partial<Trait>>> = {
  'IntRangeSlider.value': { items: 'int', pair: true },
  'FloatRangeSlider.value': { items: 'float', pair: true },
  'SelectionRangeSlider.index': { items: 'int', pair: true },
  'TagsInput.value': { items: 'string' },
  'TagsInput.allowed_tags': { items: 'string' },
  'ColorsInput.value': { items: 'string' },
  'ColorsInput.allowed_tags': { items: 'string' },
  'IntsInput.value': { items: 'int' },
  'IntsInput.allowed_tags': { items: 'int' },
  'FloatsInput.value': { items: 'float' },
  'FloatsInput.allowed_tags': { items: 'float' },
  'FileUpload.value': { items: 'file' },
  'Output.outputs': { items: 'object' },
  'Link.source': { type: 'end' },
  'Link.target': { type: 'end' },
  'DirectionalLink.source': { type: 'end' },
  'DirectionalLink.target': { type: 'end' },
  'ToggleButtons.icons': { items: 'string' },
  'ToggleButtons.tooltips': { items: 'string' },
};

/** Traits that the kernel adds to those of a model. */
const EXTRA: Readonly<Record<string, readonly Trait[]>> = {
  Layout: [
    {
      name: 'border',
      type: 'string',
      nullable: true,
      local: true,
      help: 'The border CSS attribute: all four borders, or null where they differ.',
    },
  ],
};

const KINDS: Readonly<Record<string, Kind>> = {
  Button: 'button',
  Output: 'output',
  Link: 'link',
  DirectionalLink: 'link',
  Text: 'submit',
  Password: 'submit',
  Combobox: 'submit',
  SelectMultiple: 'multiple',
  SelectionRangeSlider: 'range',
};

/** Fields of a model that say which one it is. */
const IDENTITY = /^_(model|view)_(name|module|module_version)$/;

/** The models, in the order of the specification. @throws where it has something that this file does not know */
export function readModels(): Model[] {
  const file = createRequire(import.meta.url).resolve(FILE);
  // An entry for the abstract DOMWidget is there by mistake: it has the traits of media.
  const entries = entriesOf(JSON.parse(readFileSync(file, 'utf8'))).filter(
    ({ model }) => model.name !== 'DOMWidgetModel',
  );
  return entries.map(({ model, view, attributes }) => {
    const name = CLASS_NAMES[model.name] ?? model.name.replace(/Model$/, '');
    const own = attributes.filter((attribute) => !IDENTITY.test(attribute.name)).map((one) => traitOf(name, one));
    const traits = [...own, ...(EXTRA[name] ?? [])];
    return {
      name,
      kind: kindOf(name, traits),
      model: model.name,
      view: view.name,
      module: model.module,
      version: model.version,
      viewModule: view.module,
      traits,
    };
  });
}

function kindOf(name: string, traits: readonly Trait[]): Kind {
  const has = (trait: string): boolean => traits.some((one) => one.name === trait);
  if (name in KINDS) return KINDS[name] ?? 'plain';
  if (has('_options_labels')) return 'selection';
  if (has('children')) return 'box';
  if (!has('_dom_classes')) return 'plain';
  return has('value') ? 'value' : 'element';
}

function traitOf(model: string, attribute: Attribute): Trait {
  const { name, help, type, allow_none: nullable, enum: oneOf, items, widget } = attribute;
  const orString = Array.isArray(type);
  const [first] = [type].flat();
  const known = traitType(first, `${model}.${name}`);
  const value = known === 'bytes' || known === 'reference' ? undefined : attribute.default;
  return {
    name,
    type: known,
    ...(nullable && { nullable }),
    ...(value !== undefined && value !== null && { default: value }),
    ...(oneOf && { oneOf }),
    ...(known === 'array' && items && { items: itemType(items.type, `${model}.${name}`) }),
    ...(known === 'reference' && { widget: widget ?? 'Widget' }),
    ...(orString && { orString }),
    help,
    ...ITEMS[`${model}.${name}`],
  };
}
