import { TerminalText } from './terminal-text.ts';

/** How a text that is too long to be shown is shown: its beginning and its end. */
const HEAD = 128 * 1024;
const TAIL = 128 * 1024;

/** What to do with the output that shows a text: append to it, or show another text in its place. */
export type StreamEdit = { readonly append: string } | { readonly replace: string };

export interface StreamLimits {
  /** Characters that are shown whole. */
  readonly limit: number;
  /** Told once, when the text is longer than that: everything before, as it was written; and then all that comes. */
  readonly overflow: (text: string) => void;
}

/** The text of one stream (stdout or stderr) as a terminal would show it, bounded for the eye. */
export class StreamText {
  readonly #limits: StreamLimits;
  readonly #terminal = new TerminalText();
  /** As it was written; undefined: it was handed over. */
  #written: string[] | undefined = [];
  #writtenLength = 0;
  /** The lines that can change no more: all of them, or where the text is cut the first. */
  #head = '';
  /** Where the text is cut: the last of those lines, and how many characters are left out before them. */
  #tail = '';
  #hidden = 0;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  /** Characters that were written. */
  get length(): number {
    return this.#writtenLength;
  }

  get isCut(): boolean {
    return this.#written === undefined;
  }

  add(text: string): StreamEdit {
    this.#terminal.write(text);
    const settled = this.#terminal.takeSettled();
    const appended = this.#terminal.takeAppended();
    this.#writtenLength += text.length;
    const { limit, overflow } = this.#limits;
    if (this.#written === undefined) {
      overflow(text);
      this.#settle(settled);
    } else {
      this.#written.push(text);
      this.#head += settled;
      if (this.#head.length + this.#terminal.live.length > limit) this.#cut(this.#written);
      else if (appended !== undefined) return { append: appended };
    }
    return { replace: this.text() };
  }

  /** What is shown now. */
  text(): string {
    const { live } = this.#terminal;
    if (!this.isCut) return this.#head + live;
    const rest = this.#tail + live;
    const begin = this.#hidden > 0 ? '' : rest.slice(0, HEAD - this.#head.length);
    const end = fromLine(rest.slice(begin.length).slice(-TAIL));
    const hidden = this.#hidden + rest.length - begin.length - end.length;
    return `${this.#head}${begin}${cutNote(hidden)}${end}`;
  }

  #cut(written: readonly string[]): void {
    this.#limits.overflow(written.join(''));
    this.#written = undefined;
    const settled = this.#head;
    this.#head = untilLine(settled.slice(0, HEAD));
    this.#settle(settled.slice(this.#head.length));
  }

  #settle(text: string): void {
    const tail = this.#tail + text;
    this.#tail = tail.slice(-TAIL);
    this.#hidden += tail.length - this.#tail.length;
  }
}

/** A text of a display that is too long, in one go. */
export function shortened(text: string, { limit, overflow }: StreamLimits): string {
  if (text.length <= limit) return text;
  const stream = new StreamText({ limit, overflow });
  stream.add(text);
  return stream.text();
}

function cutNote(hidden: number): string {
  return `\n… ${inUnits(hidden)} are left out here. As long as the notebook is open, "Open Whole Output" below the cell shows all of it. …\n`;
}

/** Characters as a person reads them. */
export function inUnits(count: number): string {
  if (count < 1e4) return `${count} characters`;
  return count < 1e6 ? `${Math.round(count / 1e3)} KB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** Up to the end of the last line, if a line ends near the end. */
function untilLine(text: string): string {
  const end = text.lastIndexOf('\n');
  return end > text.length / 2 ? text.slice(0, end + 1) : text;
}

function fromLine(text: string): string {
  const start = text.indexOf('\n');
  return start !== -1 && start < text.length / 2 ? text.slice(start + 1) : text;
}
