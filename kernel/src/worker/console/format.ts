/** `util.format` without colours, with a fast way for what is printed most: strings and numbers. */
import { format, inspect } from 'node:util';

/** The text of the arguments of `console.log`, as Node has it. */
export function formatLine(args: readonly unknown[]): string {
  const first = args[0];
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    // Only then do the arguments have to be looked at by their place in the text.
    if (first.includes('%')) return format(...args);
  }
  let line = args.length === 0 ? '' : word(first);
  for (let i = 1; i < args.length; i++) line += ` ${word(args[i])}`;
  return line;
}

function word(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return value === 0 && Object.is(value, -0) ? '-0' : `${value}`;
  return inspect(value);
}
