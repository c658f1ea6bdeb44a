import { list, own } from './own.ts';

const PRECISIONS = ['Float16', 'Float32', 'Float64'];
const UNITS = ['SECOND', 'MILLISECOND', 'MICROSECOND', 'NANOSECOND'];
/** Types within types within … */
const MAX_DEPTH = 8;

/** Which of Arrow's types it is, from the tag that the library gives to the prototypes of its types. */
export function tagOf(type: unknown): string {
  // Constructors of a minified library have other names; this one stays.
  const tag = own(type, Symbol.toStringTag);
  return typeof tag === 'string' ? tag : '';
}

/** The name of a type, as Arrow writes it. */
export function typeName(type: unknown, depth = 0): string {
  const tag = tagOf(type);
  if (depth > MAX_DEPTH) return '…';
  const inner = (name: string): string => typeName(own(type, name), depth + 1);
  const children = (): string[] =>
    (list(own(type, 'children'), 100) ?? []).map((child) => typeName(own(child, 'type'), depth + 1));
  switch (tag) {
    case 'Int':
      return `${own(type, 'isSigned') === false ? 'Uint' : 'Int'}${String(own(type, 'bitWidth'))}`;
    case 'Float':
      return PRECISIONS[Number(own(type, 'precision'))] ?? tag;
    case 'Dictionary':
      return `Dictionary<${inner('indices')}, ${inner('dictionary')}>`;
    case 'Timestamp':
    case 'Duration':
    case 'Time':
      return `${tag}<${UNITS[Number(own(type, 'unit'))] ?? '?'}>`;
    case 'Date':
      return own(type, 'unit') === 0 ? 'Date<DAY>' : 'Date<MILLISECOND>';
    case 'Decimal':
      return `Decimal<${String(own(type, 'precision'))}, ${String(own(type, 'scale'))}>`;
    case 'List':
    case 'LargeList':
    case 'FixedSizeList':
    case 'Struct':
      return `${tag}<${children().join(', ')}>`;
    case 'Map_':
      return 'Map';
    default:
      return tag === '' ? 'unknown' : tag;
  }
}
