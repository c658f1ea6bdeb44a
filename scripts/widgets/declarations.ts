/** The TypeScript declarations of the widgets' classes, as the cells see them. */
import type { Kind } from '../../kernel/src/worker/widgets/spec.ts';
import type { Model, Trait } from './spec.ts';

/** Classes of kernel/types/widgets.d.ts, which is written by hand. */
const BASES: Readonly<Record<Kind, string>> = {
  plain: 'Widget',
  link: 'Widget',
  element: 'DOMWidget',
  value: 'ValueWidget',
  submit: 'TextWidget',
  button: 'ButtonWidget',
  box: 'Container',
  selection: 'SelectionWidget',
  multiple: 'MultipleSelectionWidget',
  range: 'RangeSelectionWidget',
  output: 'OutputWidget',
};

const SCALARS = {
  string: 'string',
  int: 'number',
  float: 'number',
  bool: 'boolean',
  bytes: 'Uint8Array',
  Date: 'Date',
  Datetime: 'Date',
  Time: 'string',
  reference: 'Widget',
  object: 'Readonly<Record<string, unknown>>',
  file: 'UploadedFile',
  end: 'TraitOf',
} as const;

const isSelection = ({ kind }: Model): boolean => ['selection', 'multiple', 'range'].includes(kind);

export function declarations(models: readonly Model[]): string {
  const classes = models.map((model) => `${traitsInterface(model)}\n${classOf(model)}`);
  return `declare namespace ElaraWidgets {\n${classes.join('\n')}}\n`;
}

function traitsInterface(model: Model): string {
  const members = model.traits.filter(({ name }) => !name.startsWith('_')).map(member);
  return `interface ${model.name}Traits {\n${members.join('')}}\n`;
}

function member(trait: Trait): string {
  const name = camelCase(trait.name);
  const help = trait.help.replaceAll(/\s+/g, ' ').trim();
  const comment = help === '' ? '' : `/** ${help.replaceAll('*/', '*\\/')} */\n`;
  if (trait.type !== 'reference') return `${comment}${name}: ${typeOf(trait)};\n`;
  const { widget = 'Widget' } = trait;
  return `get ${name}(): ${widget};\nset ${name}(value: ${widget} | Options<${widget}Traits>);\n`;
}

function typeOf({ type, items, pair, oneOf, nullable, orString }: Trait): string {
  const scalar = type === 'array' ? `readonly ${arrayOf(SCALARS[items ?? 'object'], pair)}` : SCALARS[type];
  const literals = oneOf?.map((one) => `'${one}'`).join(' | ');
  return `${literals ?? scalar}${orString ? ' | string' : ''}${nullable ? ' | null' : ''}`;
}

function arrayOf(element: string, pair: boolean | undefined): string {
  return pair ? `[${element}, ${element}]` : `${element}[]`;
}

function classOf(model: Model): string {
  const { name, kind } = model;
  const base = BASES[kind];
  const traits = `${name}Traits`;
  const help = `\`${model.model}\` of \`${model.module}\` ${model.version}.`;
  const body = isSelection(model)
    ? `class ${name}<T> extends ${base}<${traits}, T> {\nconstructor(options: SelectionOptions<${traits}, T, ${base}<${traits}, T>['value']>);\n}\n`
    : kind === 'box'
      ? `class ${name} extends ${base}<${traits}> {\nconstructor(children: readonly Widget[], options?: Options<${traits}>);\nconstructor(options?: Options<${traits}>);\n}\n`
      : kind === 'button'
        ? `class ${name} extends ${base}<${traits}> {\nconstructor(options?: Options<${traits}>);\nconstructor(description: string, onClick?: () => unknown);\n}\n`
        : `class ${name} extends ${base}<${traits}> {\nconstructor(options?: Options<${traits}>);\n}\n`;
  const parameters = isSelection(model) ? '<T>' : '';
  return `/** ${help} */\n${body}interface ${name}${parameters} extends ${isSelection(model) ? `Omit<${traits}, 'index'>` : traits} {}\n`;
}

export function camelCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
