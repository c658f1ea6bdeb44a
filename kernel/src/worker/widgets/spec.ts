/** What the generated table says of each model. */
export interface TraitSpec {
  /** On the wire. */
  readonly name: string;
  readonly type:
    | 'string'
    | 'int'
    | 'float'
    | 'bool'
    | 'bytes'
    | 'array'
    | 'reference'
    | 'Date'
    | 'Datetime'
    | 'Time'
    /** A trait of a widget: [widget, name]. */
    | 'end'
    /** Anything that JSON has, with bytes in it. */
    | 'any';
  readonly nullable?: true;
  /** Absent: null, no bytes, or for a reference a new widget. */
  readonly default?: unknown;
  readonly oneOf?: readonly string[];
  /** Of the elements of an array. */
  readonly items?: 'string' | 'int' | 'float' | 'reference' | 'object' | 'file';
  /** The array has two elements. */
  readonly pair?: true;
  /** The class that a reference refers to; `Widget` is any. */
  readonly widget?: string;
  /** A string will do, too. */
  readonly orString?: true;
  /** It is the kernel's alone: frontends are not told. */
  readonly local?: true;
}

/** What a widget can do beside having traits. */
export type Kind =
  | 'plain'
  | 'element'
  | 'value'
  | 'submit'
  | 'button'
  | 'box'
  | 'selection'
  | 'multiple'
  | 'range'
  | 'output'
  | 'link';

export interface ModelSpec {
  /** Of its class. */
  readonly name: string;
  readonly kind: Kind;
  readonly model: string;
  readonly view: string | null;
  readonly module: string;
  readonly version: string;
  readonly viewModule: string;
  readonly traits: readonly TraitSpec[];
}

/** The name of a trait in TypeScript: `readoutFormat` for `readout_format`. */
export function camelCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The fields of the state that say which model it is. They never change. */
export function identityOf(spec: ModelSpec): Record<string, string | null> {
  return {
    _model_module: spec.module,
    _model_module_version: spec.version,
    _model_name: spec.model,
    _view_module: spec.viewModule,
    _view_module_version: spec.version,
    _view_name: spec.view,
  };
}

export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
