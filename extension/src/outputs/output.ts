/** What VS Code shows in one representation. */
export interface OutputItem {
  readonly mime: string;
  readonly data: Uint8Array;
}

/** One output of a cell, in the form that VS Code's own .ipynb serializer reads back into nbformat. */
export interface Output {
  readonly items: readonly OutputItem[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The content of a message. */
export type Content = Readonly<Record<string, unknown>>;

export const STDOUT = 'application/vnd.code.notebook.stdout';
export const STDERR = 'application/vnd.code.notebook.stderr';
export const ERROR = 'application/vnd.code.notebook.error';

const encoder = new TextEncoder();

export function textItem(text: string, mime: string): OutputItem {
  return { mime, data: encoder.encode(text) };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
