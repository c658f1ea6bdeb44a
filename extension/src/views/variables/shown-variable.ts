/** How a variable stands in the list. */
import { bytesText, plural } from '../values.ts';
import type { Variable } from './source.ts';

export interface ShownVariable {
  readonly description: string;
  /** Of VS Code's icons. */
  readonly icon: string;
  readonly spoken: string;
  /** `Array(3×2)`, `1,000 elements`, `4 kB`: what is known beside the value. */
  readonly facts: readonly string[];
}

export function shownVariable(variable: Variable): ShownVariable {
  const { name, type, value, kind } = variable;
  const sized = sizedType(variable);
  // Most values say by themselves what they are.
  const saysType = type === '' || type === 'Object' || PRIMITIVE.has(type) || value.startsWith(type) || kind !== 'data';
  const description = [saysType ? '' : sized, value].filter(Boolean).join('  ');
  return {
    description,
    icon: iconOf(variable),
    spoken: [name, sized, value].filter(Boolean).join(', '),
    facts: facts(variable),
  };
}

/** `Array(3×2)`, `Map(2)`, `number`. */
export function sizedType({ type, shape, length }: Variable): string {
  if (type === '') return '';
  if (shape !== undefined && shape.length > 0) return `${type}(${shape.join('×')})`;
  return length === undefined || PRIMITIVE.has(type) ? type : `${type}(${length})`;
}

function facts({ type, shape, length, bytes, kind }: Variable): string[] {
  if (kind === 'group') return [];
  const isText = type === 'string' || type === 'str';
  return [
    type,
    ...(shape !== undefined && shape.length > 1 ? [shape.join(' × ')] : []),
    ...(length !== undefined ? [plural(length, isText ? 'character' : 'element')] : []),
    ...(bytes !== undefined ? [bytesText(bytes)] : []),
  ].filter(Boolean);
}

const PRIMITIVE: ReadonlySet<string> = new Set([
  ...['string', 'number', 'bigint', 'boolean', 'symbol', 'undefined', 'null'],
  ...['str', 'int', 'float', 'complex', 'bool', 'NoneType', 'bytes'],
]);

const ICONS: readonly (readonly [RegExp, string])[] = [
  [/^(number|bigint|int|float|complex|float\d+|u?int\d+)$/, 'symbol-numeric'],
  [/^(string|str|bytes)$/, 'symbol-string'],
  [/^(boolean|bool)$/, 'symbol-boolean'],
  [/^(null|undefined|NoneType)$/, 'symbol-null'],
  [/^(Table|RecordBatch|DataFrame)$/, 'table'],
  [/^(Array|list|tuple|set|frozenset|Set|Buffer|.*Array|ndarray|Series|Vector|deque)$/, 'symbol-array'],
  [/^(Map|dict|.*Map|.*[dD]ict)$/, 'symbol-namespace'],
  [/^(Date|datetime|date|Timestamp)$/, 'calendar'],
  [/^Promise/, 'watch'],
  [/Error$/, 'error'],
];

function iconOf({ kind, type }: Variable): string {
  switch (kind) {
    case 'function':
      return 'symbol-method';
    case 'class':
      return 'symbol-class';
    case 'accessor':
      return 'symbol-property';
    case 'group':
      return 'list-unordered';
    case 'data':
      return ICONS.find(([pattern]) => pattern.test(type))?.[1] ?? 'symbol-object';
  }
}
