import { toCodePoints } from '@elara/protocol/code-points';
import type { CompleteOutcome, InspectOutcome } from '../link.ts';
import { LINE_COMMANDS, type LineCommandEntry } from './line-command-table.ts';
import { findLineCommands, mayHaveLineCommands } from './line-commands.ts';

export { withoutLineCommands } from './line-commands.ts';

const BEGUN = /(?:^|[\r\n\u2028\u2029])[ \t]*(%%?)([\p{ID_Continue}$]*)$/u;
/** What follows the names of commands that take one of few words. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  check: ['error', 'warn', 'off'],
  npm: ['install', 'uninstall', 'ls', 'ci', 'outdated', 'view'],
  help: [...LINE_COMMANDS.keys()],
};

/** How a line command goes on at the cursor, a UTF-16 offset. Null where TypeScript does, or where the cursor is in none. */
export function completeLineCommand(code: string, cursor: number): CompleteOutcome | null {
  const before = code.slice(0, cursor);
  if (!mayHaveLineCommands(before)) return null;
  const [, percent, name = ''] = BEGUN.exec(before) ?? [];
  if (percent === undefined) return completeRest(code, cursor);
  const start = cursor - name.length - percent.length;
  // Whether a command may stand here does not depend on which.
  const commands = findLineCommands(`${before.slice(0, start)}%who`)?.commands;
  if (commands?.at(-1)?.start !== start) return null;
  const mayBeWhole = before.slice(0, start).trim() === '';
  const written = [...LINE_COMMANDS.values()].flatMap((entry) => [
    ...(percent === '%' ? [{ entry, text: `%${entry.name}` }] : []),
    ...(entry.wholeCell && mayBeWhole ? [{ entry, text: `%%${entry.name}` }] : []),
  ]);
  const matching = written.filter(({ text }) => text.replace(/^%+/, '').startsWith(name));
  return outcome(
    code,
    { start, end: cursor },
    matching.map(({ entry, text }) => ({ text, signature: signatureOf(entry, text) })),
  );
}

function signatureOf({ usage }: LineCommandEntry, text: string): string {
  return usage.filter((use) => use.split(' ')[0] === text).join(' | ');
}

/** Behind the name of a command that takes no code. */
function completeRest(code: string, cursor: number): CompleteOutcome | null {
  const command = findLineCommands(code)?.commands.find(({ start, end }) => start < cursor && cursor <= end);
  if (command === undefined) return null;
  const { takes } = LINE_COMMANDS.get(command.name) ?? {};
  if (takes === 'code') return cursor < command.end ? outcome(code, { start: cursor, end: cursor }, []) : null;
  const [word = ''] = /\S*$/.exec(code.slice(0, cursor)) ?? [];
  const words = code.slice(command.start, cursor).trim().split(/\s+/).length - (word === '' ? 0 : 1) === 1;
  const choices = words ? (WORDS[command.name] ?? []) : [];
  const matching = choices.filter((choice) => choice.startsWith(word)).map((text) => ({ text }));
  return outcome(code, { start: cursor - word.length, end: cursor }, matching);
}

function outcome(
  code: string,
  { start, end }: { readonly start: number; readonly end: number },
  matches: readonly { readonly text: string; readonly signature?: string }[],
): CompleteOutcome {
  const place = { start: toCodePoints(code, start), end: toCodePoints(code, end) };
  return {
    matches: matches.map(({ text }) => text),
    cursorStart: start,
    cursorEnd: end,
    metadata: { _jupyter_types_experimental: matches.map((match) => ({ ...place, ...match, type: 'magic' })) },
  };
}

/** What the line command does whose name is at the cursor. Null where the cursor is elsewhere. */
export function inspectLineCommand(code: string, cursor: number): InspectOutcome | null {
  if (!mayHaveLineCommands(code)) return null;
  const command = findLineCommands(code)?.commands.find(({ start, end }) => start <= cursor && cursor <= end);
  if (command === undefined) return null;
  const entry = LINE_COMMANDS.get(command.name === '' ? 'help' : command.name);
  const nameEnd = command.start + (command.wholeCell ? 2 : 1) + command.name.length;
  if (entry === undefined) return { found: false, data: {}, metadata: {} };
  // After options the code begins, which is no business of the command.
  if (entry.takes === 'code' && cursor > nameEnd) return null;
  return { found: true, data: describeLineCommand(entry), metadata: {} };
}

/** As text and as Markdown. */
export function describeLineCommand({ usage, summary, details, call }: LineCommandEntry): Record<string, string> {
  const prose = [summary, details].filter((part) => part !== '').join('\n\n');
  return {
    'text/plain': `${usage.join('\n')}\n\n${prose}\n\nAs a function: ${call}`,
    'text/markdown': `\`\`\`\n${usage.join('\n')}\n\`\`\`\n\n${prose}\n\nAs a function: \`${call}\``,
  };
}
