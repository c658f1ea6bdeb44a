import type { ObjectInfo } from '../link.ts';

/** 2011: what is known of a line command, `%time`, or `time` where nothing else has that name. */
export async function withLineCommand(known: ObjectInfo): Promise<ObjectInfo> {
  if (known.found) return known;
  const { LINE_COMMANDS } = await import('../language/line-command-table.ts');
  const entry = LINE_COMMANDS.get(known.name.replace(/^%{1,2}/, ''));
  if (entry === undefined) return known;
  const { usage, summary, details, call } = entry;
  return {
    ...known,
    found: true,
    ismagic: true,
    namespace: 'line commands',
    type_name: 'line command',
    definition: usage[0] ?? null,
    docstring: [summary, details, usage.join('\n')].filter((part) => part !== '').join('\n\n'),
    call_def: call,
  };
}
