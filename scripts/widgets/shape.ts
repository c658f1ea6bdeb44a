/** What the specification of the models looks like, checked where it is read. */

export interface Attribute {
  readonly name: string;
  readonly help: string;
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly allow_none?: true;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: string };
  readonly widget?: string;
}

export interface Entry {
  readonly model: { readonly name: string; readonly module: string; readonly version: string };
  readonly view: { readonly name: string | null; readonly module: string };
  readonly attributes: readonly Attribute[];
}

const TYPES = ['string', 'int', 'float', 'bool', 'bytes', 'array', 'reference', 'Date', 'Datetime', 'Time'] as const;
const ITEM_TYPES = ['string', 'int', 'float', 'reference', 'object'] as const;

export function entriesOf(value: unknown): Entry[] {
  if (!Array.isArray(value) || !value.every(isEntry)) throw new Error('This is no specification of widget models.');
  return value;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'model' in value && 'view' in value && 'attributes' in value;
}

export function traitType(type: string | undefined, where: string): (typeof TYPES)[number] {
  const known = TYPES.find((one) => one === type);
  if (known === undefined) throw new Error(`${where} has the unknown type ${type}.`);
  return known;
}

export function itemType(type: string, where: string): (typeof ITEM_TYPES)[number] {
  const known = ITEM_TYPES.find((one) => one === type);
  if (known === undefined) throw new Error(`The elements of ${where} have the unknown type ${type}.`);
  return known;
}
