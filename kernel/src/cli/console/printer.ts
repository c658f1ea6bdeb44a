import type { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { isMessage } from '@elara/protocol/client/index';
import type { ReceivedMessage } from '@elara/protocol/message';
import type { MimeBundle } from '../nbformat/notebook.ts';
import { bundleText, imageOf } from '../terminal/bundle.ts';
import { colourOf, tokenize } from './highlight.ts';
import { type ImageProtocol, inlineImage } from './images.ts';

export interface PrinterOptions {
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly colour: boolean;
  /** `Out[3]: ` before results. */
  readonly numbered: boolean;
  readonly images: ImageProtocol;
  /** Of the kernel, for the colours of results. */
  readonly language: string;
}

const RED = '\x1b[31m';
const RESET = '\x1b[0m';
/** Results longer than that, in characters, are not coloured. */
const LONGEST_COLOURED = 20_000;

/** Prints what a kernel publishes. */
export class Printer {
  readonly #options: PrinterOptions;
  #openLine = false;

  constructor(options: PrinterOptions) {
    this.#options = options;
  }

  /** Prints an output, as far as the message is one. Resolves when the reader has kept up. */
  async print(message: ReceivedMessage): Promise<void> {
    if (isMessage(message, 'stream')) {
      await this.#write(message.content.name, message.content.text);
    } else if (isMessage(message, 'execute_result')) {
      await this.#result(message.content.data, message.content.execution_count);
    } else if (isMessage(message, 'display_data') || isMessage(message, 'update_display_data')) {
      await this.block(this.#shown(message.content.data));
    } else if (isMessage(message, 'error')) {
      const { ename, evalue, traceback } = message.content;
      await this.block(traceback.length > 0 ? traceback.join('\n') : `${ename}: ${evalue}`, 'stderr');
    } else if (isMessage(message, 'clear_output')) {
      if (this.#options.colour && this.#openLine) await this.#write('stdout', '\r\x1b[K');
    }
  }

  /** Prints a text that begins on a line of its own and ends one. */
  async block(text: string, name: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
    await this.freshLine();
    // Kernels colour their tracebacks: a file or a pipe gets the text alone.
    const shown = this.#options.colour ? text : stripVTControlCharacters(text);
    await this.#write(name, shown.endsWith('\n') ? shown : `${shown}\n`);
  }

  /** Something that the console itself has to say. */
  async notice(text: string): Promise<void> {
    await this.block(this.#coloured(text, '\x1b[90m'), 'stderr');
  }

  async freshLine(): Promise<void> {
    if (this.#openLine) await this.#write('stdout', '\n');
  }

  async #result(data: MimeBundle, count: number): Promise<void> {
    const shown = this.#shown(data);
    if (!this.#options.numbered) return await this.block(shown);
    const prompt = this.#coloured(`Out[${count}]: `, RED);
    // Texts of several lines begin below the prompt, where their columns are right.
    await this.block(shown.includes('\n') ? `${prompt}\n${shown}` : `${prompt}${shown}`);
  }

  #shown(data: MimeBundle): string {
    const image = imageOf(data);
    const inline = image && inlineImage(image, this.#options.images);
    if (inline !== undefined) return inline;
    const text = bundleText(data);
    if (image || !this.#options.colour || text.length > LONGEST_COLOURED || text.includes('\x1b')) return text;
    return tokenize(text, this.#options.language)
      .map((token) => this.#coloured(token.text, colourOf(token.kind)))
      .join('');
  }

  #coloured(text: string, colour: string): string {
    return this.#options.colour && colour !== '' ? `${colour}${text}${RESET}` : text;
  }

  async #write(name: 'stdout' | 'stderr', text: string): Promise<void> {
    if (text === '') return;
    const stream = this.#options[name];
    this.#openLine = !text.endsWith('\n');
    if (stream.write(text)) return;
    await new Promise<void>((resolve) => {
      // A reader that went away never drains.
      stream.once('drain', resolve).once('close', resolve);
    });
  }
}
