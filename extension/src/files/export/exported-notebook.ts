/** A notebook as it is exported. */
export interface ExportedNotebook {
  /** Without the extension of its file. */
  readonly title: string;
  /** Of its kernel, as VS Code names languages. */
  readonly language: string;
  readonly cells: readonly ExportedCell[];
}

export type ExportedCell = ExportedText | ExportedCode;

export interface ExportedText {
  readonly kind: 'markdown' | 'raw';
  readonly text: string;
  /** Pictures that the text names as `attachment:name`. */
  readonly attachments: ReadonlyMap<string, Picture>;
}

export interface ExportedCode {
  readonly kind: 'code';
  /** As VS Code names languages. */
  readonly language: string;
  readonly text: string;
  readonly executionOrder: number | undefined;
  readonly outputs: readonly ExportedOutput[];
}

/** One thing that is shown, in each form that there is of it. */
export type ExportedOutput = readonly OutputItem[];

export interface OutputItem {
  readonly mime: string;
  readonly data: Uint8Array;
  /** What VS Code keeps with the output. */
  readonly metadata?: unknown;
}

export interface Picture {
  readonly mime: string;
  readonly data: Uint8Array;
}

/** VS Code's own mime types of what kernels write and throw. */
export const STDOUT = 'application/vnd.code.notebook.stdout';
export const STDERR = 'application/vnd.code.notebook.stderr';
export const ERROR = 'application/vnd.code.notebook.error';

/** What is shown of one output at most: characters of text, bytes of a picture or a page. */
export const MOST_CHARACTERS = 100_000;
export const MOST_BYTES = 10 * 2 ** 20;

/** The forms of pictures, best first, and the extensions of their files. */
export const PICTURES: ReadonlyMap<string, string> = new Map([
  ['image/svg+xml', 'svg'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/webp', 'webp'],
  ['image/gif', 'gif'],
]);

/** The first form of an output that is there and is not too large. */
export function bestOf(output: ExportedOutput, mimes: Iterable<string>): OutputItem | undefined {
  for (const mime of mimes) {
    const item = output.find((each) => each.mime === mime);
    if (item !== undefined && item.data.byteLength <= MOST_BYTES) return item;
  }
  return undefined;
}

/** The text of an item, shortened in its middle where it is too long. */
export function boundedText({ data }: OutputItem): string {
  const text = new TextDecoder().decode(data);
  if (text.length <= MOST_CHARACTERS) return text;
  const half = MOST_CHARACTERS / 2;
  const left = text.length - MOST_CHARACTERS;
  return `${text.slice(0, half)}\n… ${left.toLocaleString('en')} characters more, in the notebook …\n${text.slice(-half)}`;
}

/** What an error says: its stack, or its name and message. */
export function errorText(item: OutputItem): string {
  const text = new TextDecoder().decode(item.data);
  try {
    const { name, message, stack } = JSON.parse(text) as { name?: string; message?: string; stack?: string };
    return stack || [name, message].filter(Boolean).join(': ');
  } catch {
    // Not as VS Code writes it: shown as it is.
    return text;
  }
}

/** Texts that follow each other on one stream are one text. */
export function joinStreams(outputs: readonly ExportedOutput[]): ExportedOutput[] {
  const joined: ExportedOutput[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    const mime = streamOf(output);
    if (mime !== undefined && last !== undefined && streamOf(last) === mime) {
      joined[joined.length - 1] = [{ mime, data: Buffer.concat([...last, ...output].map(({ data }) => data)) }];
    } else if (mime !== undefined && output.length > 1) {
      joined.push([{ mime, data: Buffer.concat(output.map(({ data }) => data)) }]);
    } else if (output.length > 0) joined.push(output);
  }
  return joined;
}

/** The stream, if that is all there is in the output. */
function streamOf(output: ExportedOutput): string | undefined {
  const [first] = output;
  const isStream = first?.mime === STDOUT || first?.mime === STDERR;
  return isStream && output.every(({ mime }) => mime === first.mime) ? first.mime : undefined;
}
