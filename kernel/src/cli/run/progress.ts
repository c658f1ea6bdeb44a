import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import type { CellEnd } from './run-notebook.ts';

export interface ProgressStreams {
  /** For progress. */
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** For outputs of cells (`--show`). */
  readonly stdout: Writable;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;

const marks: Record<CellEnd, { sign: string; word: string; style: Parameters<typeof styleText>[0] }> = {
  ok: { sign: '✓', word: 'ok', style: 'green' },
  failed: { sign: '✗', word: 'failed', style: 'red' },
  allowed: { sign: '!', word: 'error', style: 'yellow' },
  skipped: { sign: '-', word: 'skipped', style: 'dim' },
};

/** What a run shows on stderr: a line for each cell, and on a terminal a spinner while one runs. */
export class Progress implements Disposable {
  readonly #streams: ProgressStreams;
  readonly #terminal: boolean;
  #cells = 0;
  #spinner: NodeJS.Timeout | undefined;
  /** True while the spinner's line stands at the bottom. */
  #drawn = false;
  /** True while the last output of a cell left the cursor within a line. */
  #openLine = false;

  constructor(streams: ProgressStreams) {
    this.#streams = streams;
    this.#terminal = streams.stderr.isTTY === true;
  }

  notebookStarted(file: string, kernel: string, cells: number): void {
    this.#cells = cells;
    this.#line(`${this.#style('bold', file)} (${kernel})`);
  }

  notebookEnded(file: string, said: string): void {
    this.#line(`${this.#style('bold', basename(file))}: ${said}`);
  }

  cellStarted(cell: number, source: string): void {
    if (!this.#terminal) return;
    const begin = performance.now();
    const draw = (): void => {
      const ms = performance.now() - begin;
      const sign = frames[Math.floor(ms / FRAME_MS) % frames.length];
      const seconds = ms >= 1000 ? ` ${Math.floor(ms / 1000)} s` : '';
      this.#clear();
      this.#streams.stderr.write(this.#fitted(`${sign} ${this.#place(cell)}${seconds}  ${firstLine(source)}`));
      this.#drawn = true;
    };
    this.#spinner = setInterval(draw, FRAME_MS);
    draw();
  }

  cellEnded(cell: number, end: CellEnd, ms: number, source: string): void {
    const { sign, word, style } = marks[end];
    const shown = this.#terminal ? this.#style(style, sign) : word.padEnd(7);
    const text = `${this.#place(cell)} ${durationText(ms).padStart(7)}  ${firstLine(source)}`;
    this.#line(`${shown} ${this.#terminal ? this.#fitted(text) : text}`);
  }

  /** Output of a cell. Resolves when it may go on: a slow reader holds the run back. */
  async show(name: 'stdout' | 'stderr', text: string): Promise<void> {
    if (text === '') return;
    this.#stopSpinner();
    this.#openLine = !text.endsWith('\n');
    const stream = this.#streams[name];
    if (stream.write(text)) return;
    await new Promise<void>((resolve) => {
      // A reader that went away never drains.
      stream.once('drain', resolve).once('close', resolve);
    });
  }

  /** For outputs that are not streams: they begin on a line of their own and end one. */
  async showBlock(text: string): Promise<void> {
    const start = this.#openLine ? '\n' : '';
    await this.show('stdout', `${start}${text}${text.endsWith('\n') ? '' : '\n'}`);
  }

  [Symbol.dispose](): void {
    this.#stopSpinner();
  }

  #place(cell: number): string {
    return `[${String(cell).padStart(String(this.#cells).length)}/${this.#cells}]`;
  }

  #line(text: string): void {
    this.#stopSpinner();
    if (this.#openLine) this.#streams.stdout.write('\n');
    this.#openLine = false;
    this.#streams.stderr.write(`${text}\n`);
  }

  #stopSpinner(): void {
    clearInterval(this.#spinner);
    this.#spinner = undefined;
    this.#clear();
  }

  #clear(): void {
    if (this.#drawn) this.#streams.stderr.write('\r\x1b[K');
    this.#drawn = false;
  }

  /** Cut so that it stays on one line of the terminal, where it can be cleared. */
  #fitted(text: string): string {
    const width = (this.#streams.stderr.columns ?? 80) - 4;
    return text.length > width ? `${text.slice(0, width - 1)}…` : text;
  }

  #style(style: Parameters<typeof styleText>[0], text: string): string {
    return this.#terminal && !process.env.NO_COLOR ? styleText(style, text, { validateStream: false }) : text;
  }
}

function firstLine(source: string): string {
  const line = source.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.trim().slice(0, 60);
}

/** `85 ms`, `3.2 s`, `2 min 5 s` */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
