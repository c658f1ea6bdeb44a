import { inspect } from 'node:util';
import { LINE_COMMANDS, nearestCommand } from '../../language/index.ts';
import { describeLineCommand } from '../../language/line-command-completion.ts';
import { $display } from '../display/index.ts';
import { CommandError } from './command.ts';

/** Text for people, as Markdown and as it is. */
export class Help {
  readonly data: Readonly<Record<string, string>>;

  constructor(data: Readonly<Record<string, string>>) {
    this.data = data;
  }

  [$display](): Readonly<Record<string, string>> {
    return this.data;
  }

  [inspect.custom](): string {
    return this.data['text/plain'] ?? '';
  }
}

/** What a line command does; without a name, all of them. @throws CommandError */
export function help(name = ''): Help {
  if (name === '') return listing();
  const wanted = name.replace(/^%{1,2}/, '');
  const entry = LINE_COMMANDS.get(wanted);
  if (entry !== undefined) return new Help(describeLineCommand(entry));
  const nearest = nearestCommand(wanted);
  const hint = nearest === undefined ? '%help lists those that there are' : `did you mean %${nearest}?`;
  throw new CommandError('ERR_COMMAND_UNKNOWN', `There is no line command %${wanted}: ${hint}`);
}

function listing(): Help {
  const entries = [...LINE_COMMANDS.values()];
  const width = Math.max(...entries.map(({ name }) => name.length)) + 1;
  const lines = entries.map(({ name, summary }) => `${`%${name}`.padEnd(width)}  ${summary}`);
  const rows = entries.map(({ name, summary }) => `| \`%${name}\` | ${summary} |`);
  const more = '`%help COMMAND` says more about one.';
  return new Help({
    'text/plain': `${lines.join('\n')}\n${more.replaceAll('`', '')}`,
    'text/markdown': `| command | |\n|---|---|\n${rows.join('\n')}\n\n${more}`,
  });
}
