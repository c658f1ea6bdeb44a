import { emitKeypressEvents } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** A terminal's input: `process.stdin`. */
export type TerminalInput = Readable & { setRawMode(on: boolean): unknown };

export interface Key {
  /** Modifiers and name: `a`, `ctrl+a`, `meta+left`, `shift+tab`. Empty where the key has no name. */
  readonly name: string;
  /** What is typed into the text; empty for keys that type nothing. */
  readonly text: string;
}

/** What keys cannot be: stdin is at its end. */
export const END_OF_KEYS: Key = { name: 'end-of-keys', text: '' };

interface RawKey {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
  readonly shift?: boolean | undefined;
  readonly sequence?: string | undefined;
}

const BRACKETED_PASTE_ON = '\x1b[?2004h';
const BRACKETED_PASTE_OFF = '\x1b[?2004l';

/**
 * The terminal's keyboard, one key at a time. What is typed while nobody reads waits, but for Ctrl-C, which goes to
 * `onInterrupt` then.
 */
export class Keyboard implements Disposable {
  /** Called at Ctrl-C while no key is awaited. */
  onInterrupt: (() => void) | undefined;
  readonly #input: TerminalInput;
  readonly #output: Writable;
  readonly #waiting: Key[] = [];
  #reader: ((key: Key) => void) | undefined;
  readonly #hear = (text: string | undefined, raw: RawKey): void => this.#accept(keyOf(text, raw));
  readonly #end = (): void => this.#accept(END_OF_KEYS);

  constructor(input: TerminalInput, output: Writable) {
    this.#input = input;
    this.#output = output;
    emitKeypressEvents(input);
    input.on('keypress', this.#hear);
    input.on('end', this.#end);
    this.#on();
  }

  /** True if more keys are there already, as in what is pasted. */
  get typedAhead(): boolean {
    return this.#waiting.length > 0;
  }

  async next(): Promise<Key> {
    const waiting = this.#waiting.shift();
    if (waiting) return waiting;
    return await new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  /** Gives up on the key that is awaited, if one is: the reader gets `key` instead. */
  inject(key: Key): void {
    this.#reader?.(key);
    this.#reader = undefined;
  }

  /** Ctrl-Z: stops this process, as the terminal would if its keys were not read here. Returns when it is continued. */
  async suspend(): Promise<void> {
    if (process.platform === 'win32') return;
    this.#off();
    const continued = new Promise<void>((resolve) => {
      process.once('SIGCONT', () => resolve());
    });
    process.kill(process.pid, 'SIGTSTP');
    await continued;
    this.#on();
  }

  [Symbol.dispose](): void {
    this.#input.off('keypress', this.#hear);
    this.#input.off('end', this.#end);
    this.#off();
    this.#input.pause();
  }

  #on(): void {
    this.#input.setRawMode(true);
    this.#input.resume();
    this.#output.write(BRACKETED_PASTE_ON);
  }

  #off(): void {
    this.#output.write(BRACKETED_PASTE_OFF);
    this.#input.setRawMode(false);
  }

  #accept(key: Key): void {
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) reader(key);
    else if (key.name === 'ctrl+c' && this.onInterrupt) this.onInterrupt();
    else this.#waiting.push(key);
  }
}

function keyOf(text: string | undefined, { name = '', ctrl, meta, shift, sequence = '' }: RawKey): Key {
  const typed = text ?? '';
  const isText = typed !== '' && !ctrl && !meta && !/^[\x00-\x1f\x7f\x1b]/.test(typed);
  // The name of a letter says nothing of its case, and its text does.
  const modifiers = `${ctrl ? 'ctrl+' : ''}${meta ? 'meta+' : ''}${shift && name.length > 1 ? 'shift+' : ''}`;
  const full = name === '' && sequence === '\x1f' ? 'ctrl+_' : modifiers + name;
  return { name: full, text: isText ? typed : '' };
}
