/** What a person types above a column to filter it. */
import { OPERATORS, type TableFilter } from '../table.ts';

// Longer ones first: `<=` is not `<`.
const SIGNS = OPERATORS.filter((operator) => operator !== 'contains').sort((a, b) => b.length - a.length);

/** `> 5`, `!= x`, `text`, or `3..7`, which is two filters. Nothing but blanks is none. */
export function filtersOf(text: string, column?: number): TableFilter[] {
  const trimmed = text.trim();
  const common = column === undefined ? {} : { column };
  if (trimmed === '') return [];
  const [, from, to] = /^(\S+)\s*\.\.\s*(\S+)$/.exec(trimmed) ?? [];
  if (from !== undefined && to !== undefined) {
    return [
      { ...common, operator: '>=', value: from },
      { ...common, operator: '<=', value: to },
    ];
  }
  const operator = SIGNS.find((sign) => trimmed.startsWith(sign));
  if (operator === undefined) return [{ ...common, operator: 'contains', value: trimmed }];
  const value = trimmed.slice(operator.length).trim();
  // It is about to be typed.
  return value === '' ? [] : [{ ...common, operator, value }];
}
