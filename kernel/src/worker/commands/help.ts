import { inspect } from 'node:util';
import { LINE_COMMANDS, type LineCommandEntry, nearestCommand } from '../../language/index.ts';
import { escapeHtml } from '../display/html.ts';
import { $display } from '../display/index.ts';
import { CommandError } from './command.ts';

/** Text for people, as Markdown and as it is. */
export class Help {
  readonly #text: string;
  readonly #html: string;

  constructor(text: string, html: string) {
    this.#text = text;
    this.#html = html;
  }

  get data(): Record<string, string> {
    return { 'text/plain': this.#text, 'text/html': this.#html };
  }

  [$display](): Record<string, string> {
    return this.data;
  }

  [inspect.custom](): string {
    return this.#text;
  }
}

/** What a line command does; without a name, all of them. @throws CommandError */
export function help(name = ''): Help {
  if (name === '') return listing([...LINE_COMMANDS.values()]);
  const wanted = name.replace(/^%{1,2}/, '');
  const entry = LINE_COMMANDS.get(wanted);
  if (entry !== undefined) return description(entry);
  const nearest = nearestCommand(wanted);
  const hint = nearest === undefined ? '%help lists those that there are' : `did you mean %${nearest}?`;
  throw new CommandError('ERR_COMMAND_UNKNOWN', `There is no line command %${wanted}: ${hint}`);
}

function listing(entries: readonly LineCommandEntry[]): Help {
  const width = Math.max(...entries.map(({ name }) => name.length)) + 1;
  const lines = entries.map(({ name, summary }) => `${`%${name}`.padEnd(width)}  ${summary}`);
  const rows = entries.map(
    ({ name, summary }) => `<tr><td><code>%${name}</code></td><td>${escapeHtml(summary)}</td></tr>`,
  );
  const more = 'More about one: %help COMMAND';
  return new Help(`${lines.join('\n')}\n${more}`, `<table><tbody>${rows.join('')}</tbody></table><p>${more}</p>`);
}

function description({ usage, summary, details, call }: LineCommandEntry): Help {
  const text = [usage.join('\n'), summary, details, `As a function: ${call}`].filter((part) => part !== '');
  const html = [
    `<pre>${usage.map(escapeHtml).join('\n')}</pre>`,
    `<p>${inline(summary)}</p>`,
    details === '' ? '' : `<p>${inline(details)}</p>`,
    `<p>As a function: <code>${escapeHtml(call)}</code></p>`,
  ];
  return new Help(text.join('\n\n'), html.join(''));
}

/** Markdown's `code` as HTML. */
function inline(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}
