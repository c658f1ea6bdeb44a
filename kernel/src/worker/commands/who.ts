import { inspect } from 'node:util';
import { escapeHtml } from '../display/html.ts';
import { $display } from '../display/index.ts';
import { kindOf } from '../live/facts.ts';
import type { Looker } from '../live/looker.ts';
import { preview } from '../live/preview.ts';
import { nameFilter } from './glob.ts';

/** Names that a listing has at most. */
const MAX_NAMES = 500;
const LIMITS = { depth: 1, items: 4, length: 80 };
const MAX_TEXT = 100;

export interface WhoRow {
  readonly name: string;
  readonly type: string;
  /** Bounded text. */
  readonly value: string;
}

/** What the cells have declared: an array that shows itself as a table. */
export class Who extends Array<WhoRow> {
  /** How many names there are besides. */
  more = 0;

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  [$display](): Record<string, string> {
    const rows = this.map(
      ({ name, type, value }) =>
        `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(type)}</td><td>${escapeHtml(value)}</td></tr>`,
    );
    const head = '<tr><th>name</th><th>type</th><th>value</th></tr>';
    const more = this.more > 0 ? `<p>… ${this.more} more</p>` : '';
    const html = `<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>${more}`;
    return { 'text/plain': this.#text(), ...(this.length > 0 && { 'text/html': html }) };
  }

  [inspect.custom](): string {
    return this.#text();
  }

  #text(): string {
    if (this.length === 0) return 'The cells have declared nothing.';
    const width = (column: 'name' | 'type'): number => Math.max(...this.map((row) => row[column].length));
    const [names, types] = [width('name'), width('type')];
    const lines = this.map(({ name, type, value }) => `${name.padEnd(names)}  ${type.padEnd(types)}  ${value}`);
    return [...lines, ...(this.more > 0 ? [`… ${this.more} more`] : [])].join('\n');
  }
}

/** Lists names of the cells. Runs none of their code: no getter, no proxy, no method of theirs. */
export function who(looker: Looker, pattern = ''): Who {
  try {
    const names = [...looker.names()].filter(nameFilter(pattern)).sort();
    const found = new Who();
    for (const [name, value] of looker.variables(names)) {
      if (found.length < MAX_NAMES) {
        const text = preview(value, LIMITS).replace(/\s*\n\s*/g, ' ');
        const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
        found.push({ name, type: kindOf(looker.behindProxy(value)), value: short });
      } else found.more += 1;
    }
    return found;
  } finally {
    looker.release();
  }
}
