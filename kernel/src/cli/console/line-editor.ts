import { moves, removals } from './bindings.ts';
import { bufferOf, down, type EditBuffer, empty, insert, lineStart, replace, up } from './edit-buffer.ts';
import { type Token, tokenize } from './highlight.ts';
import type { InputHistory } from './input-history.ts';
import type { Key, Keyboard } from './keyboard.ts';
import { inColumns, layOut } from './layout.ts';
import { Screen, type TerminalOutput } from './screen.ts';

/** What Enter does: the text is done, or goes on in another line. */
export type EnterDecision = { readonly done: true } | { readonly done: false; readonly indent: string };

export interface Completion {
  /** UTF-16 places of what is replaced. */
  readonly start: number;
  readonly end: number;
  readonly matches: readonly string[];
}

export interface EditorAssistance {
  /** Language of the text, for its colours. */
  readonly language: string;
  readonly history: InputHistory;
  enter(text: string): Promise<EnterDecision>;
  complete(buffer: EditBuffer): Promise<Completion | undefined>;
}

export interface Question {
  readonly prompt: string;
  /** Before the second and later lines. */
  readonly continuation?: string;
  readonly promptColour?: string;
  /** What stands there at the start. */
  readonly initial?: string;
  /** Nothing of what is typed is shown. */
  readonly hidden?: boolean;
  /** Absent: one line of plain text, done at Enter. */
  readonly assistance?: EditorAssistance;
}

export type Typed =
  | { readonly kind: 'text'; readonly text: string }
  /** Ctrl-C */
  | { readonly kind: 'interrupt' }
  /** Ctrl-D in an empty text, or the end of stdin. */
  | { readonly kind: 'end' };

const INDENT = '  ';
/** Part of the terminal's rows that the list of completions may take. */
const HINT_SHARE = 0.4;

/** An editor for texts of several lines on a terminal. */
export class LineEditor {
  readonly #keyboard: Keyboard;
  readonly #screen: Screen;
  #question: Question | undefined;
  #buffer: EditBuffer = empty;
  #undo: EditBuffer[] = [];
  #killed = '';
  #hint: readonly string[] = [];
  #pasting = false;
  /** How many are printing above the text, which is not drawn meanwhile. */
  #printing = 0;

  constructor(keyboard: Keyboard, output: TerminalOutput) {
    this.#keyboard = keyboard;
    this.#screen = new Screen(output);
  }

  /** Asks one question. */
  async read(question: Question): Promise<Typed> {
    this.#question = question;
    this.#buffer = bufferOf(question.initial ?? '');
    this.#undo = [];
    using _resize = this.#screen.onResize(() => this.#draw());
    try {
      this.#draw();
      while (true) {
        const typed = await this.#handle(await this.#keyboard.next(), question);
        if (typed) {
          this.#finish(typed);
          return typed;
        }
        if (!this.#keyboard.typedAhead) this.#draw();
      }
    } finally {
      this.#question = undefined;
    }
  }

  /** Lets `write` print above the text that is being typed. */
  async printAbove(write: () => Promise<void>): Promise<void> {
    this.#screen.erase();
    this.#printing += 1;
    try {
      await write();
    } finally {
      this.#printing -= 1;
      this.#draw();
    }
  }

  async #handle(key: Key, question: Question): Promise<Typed | undefined> {
    if (this.#pasting) {
      this.#paste(key);
      return undefined;
    }
    this.#hint = [];
    const edit = moves[key.name] ?? removals[key.name];
    if (edit) {
      this.#change(edit(this.#buffer), key.name in removals);
      return undefined;
    }
    switch (key.name) {
      case 'ctrl+c':
        return { kind: 'interrupt' };
      case 'end-of-keys':
        return { kind: 'end' };
      case 'ctrl+d':
        if (this.#buffer.text === '') return { kind: 'end' };
        this.#change(removals.delete?.(this.#buffer) ?? this.#buffer, true);
        return undefined;
      case 'return':
      case 'enter':
        return await this.#enter(question);
      case 'meta+return':
      case 'meta+enter':
        this.#change(insert(this.#buffer, '\n'));
        return undefined;
      case 'up':
      case 'ctrl+p':
        this.#goTo(up(this.#buffer), () => question.assistance?.history.older(this.#buffer.text));
        return undefined;
      case 'down':
      case 'ctrl+n':
        this.#goTo(down(this.#buffer), () => question.assistance?.history.newer(this.#buffer.text));
        return undefined;
      case 'tab':
        await this.#complete(question);
        return undefined;
      case 'ctrl+r':
        return await this.#search(question);
      case 'ctrl+y':
        this.#change(insert(this.#buffer, this.#killed));
        return undefined;
      case 'ctrl+_':
        this.#buffer = this.#undo.pop() ?? this.#buffer;
        return undefined;
      case 'ctrl+l':
        this.#screen.clear();
        return undefined;
      case 'ctrl+z':
        this.#screen.erase();
        await this.#keyboard.suspend();
        return undefined;
      case 'paste-start':
        this.#pasting = true;
        return undefined;
      default:
        if (key.text !== '') this.#type(key.text);
        return undefined;
    }
  }

  #change(next: EditBuffer, removed = false): void {
    if (next.text !== this.#buffer.text) {
      this.#undo.push(this.#buffer);
      const length = this.#buffer.text.length - next.text.length;
      // One character is a correction, more is meant to be put elsewhere.
      if (removed && length > 1) this.#killed = this.#buffer.text.slice(next.cursor, next.cursor + length);
    }
    this.#buffer = next;
  }

  #type(text: string): void {
    const { cursor } = this.#buffer;
    const line = this.#buffer.text.slice(lineStart(this.#buffer).cursor, cursor);
    // A bracket that closes a block stands where the block began.
    if (/^[)\]}]$/.test(text) && line !== '' && line.trim() === '' && line.endsWith(INDENT)) {
      this.#change(replace(this.#buffer, cursor - INDENT.length, cursor, text));
    } else {
      this.#change(insert(this.#buffer, text));
    }
  }

  #paste(key: Key): void {
    if (key.name === 'paste-end' || key.name === 'end-of-keys') this.#pasting = false;
    else if (key.name === 'return' || key.name === 'enter') this.#change(insert(this.#buffer, '\n'));
    else if (key.name === 'tab') this.#change(insert(this.#buffer, INDENT));
    else this.#change(insert(this.#buffer, key.text));
  }

  async #enter({ assistance }: Question): Promise<Typed | undefined> {
    const { text, cursor } = this.#buffer;
    if (assistance === undefined) return { kind: 'text', text };
    // In the middle of a text Enter breaks the line there.
    if (text.slice(cursor).includes('\n')) {
      this.#change(insert(this.#buffer, '\n'));
      return undefined;
    }
    const decision = await assistance.enter(text);
    if (decision.done) return { kind: 'text', text };
    this.#change(insert(bufferOf(text), `\n${decision.indent}`));
    return undefined;
  }

  #goTo(moved: EditBuffer | undefined, other: () => string | undefined): void {
    if (moved) {
      this.#buffer = moved;
      return;
    }
    const text = other();
    if (text !== undefined) this.#buffer = bufferOf(text);
  }

  async #complete({ assistance }: Question): Promise<void> {
    const { text, cursor } = this.#buffer;
    const line = text.slice(lineStart(this.#buffer).cursor, cursor);
    if (assistance === undefined || line.trim() === '') {
      this.#change(insert(this.#buffer, INDENT));
      return;
    }
    const found = await assistance.complete(this.#buffer);
    if (found === undefined || found.matches.length === 0) return;
    const [first = ''] = found.matches;
    const common = found.matches.reduce(commonPrefix, first);
    const typed = text.slice(found.start, found.end);
    if (found.matches.length === 1 || common.length > typed.length) {
      this.#change(replace(this.#buffer, found.start, found.end, common));
    }
    if (found.matches.length > 1) {
      const rows = Math.max(1, Math.floor(this.#screen.rows * HINT_SHARE));
      this.#hint = inColumns(found.matches, this.#screen.columns, rows);
    }
  }

  /** Ctrl-R: the latest text that holds what is typed; again Ctrl-R: the one before. */
  async #search(question: Question): Promise<Typed | undefined> {
    const history = question.assistance?.history;
    if (history === undefined) return undefined;
    const before = this.#buffer;
    let part = '';
    let skip = 0;
    while (true) {
      const found = part === '' ? undefined : history.find(part, skip);
      if (found !== undefined) this.#buffer = bufferOf(found, found.indexOf(part));
      this.#hint = [`search: ${part}${part !== '' && found === undefined ? ' (nothing found)' : ''}`];
      this.#draw();
      const key = await this.#keyboard.next();
      this.#hint = [];
      if (key.name === 'ctrl+r') {
        skip += found === undefined ? 0 : 1;
      } else if (key.name === 'backspace') {
        part = part.slice(0, -1);
        skip = 0;
      } else if (key.text !== '') {
        part += key.text;
        skip = 0;
      } else if (key.name === 'escape' || key.name === 'ctrl+g' || key.name === 'ctrl+c') {
        this.#buffer = before;
        return undefined;
      } else {
        this.#buffer = bufferOf(this.#buffer.text);
        return key.name === 'return' ? undefined : await this.#handle(key, question);
      }
    }
  }

  #draw(): void {
    const question = this.#question;
    if (question === undefined || this.#printing > 0) return;
    const layout = layOut({
      buffer: question.hidden ? empty : this.#buffer,
      tokens: this.#tokens(question),
      prompt: question.prompt,
      continuation: question.continuation ?? '',
      promptColour: question.promptColour ?? '',
      hint: this.#hint,
      columns: this.#screen.columns,
      rows: this.#screen.rows,
    });
    this.#screen.draw(layout);
  }

  #tokens(question: Question): Token[] {
    if (question.hidden) return [];
    const { text } = this.#buffer;
    if (question.assistance) return tokenize(text, question.assistance.language);
    return text === '' ? [] : [{ kind: 'plain', text }];
  }

  /** Leaves the text on the page, with the cursor on the row below it. */
  #finish(typed: Typed): void {
    this.#hint = [];
    if (typed.kind !== 'interrupt') this.#buffer = bufferOf(this.#buffer.text);
    this.#draw();
    this.#screen.leave(typed.kind === 'interrupt' ? '^C' : '');
    this.#buffer = empty;
  }
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
