/** JSON of which nothing is known but that it is an object. */
export type JsonObject = Record<string, unknown>;

/** A notebook of nbformat 4.5 in memory: text is one string everywhere, fields that we do not know are kept. */
export interface Notebook {
  nbformat: 4;
  /** 5, or what a newer notebook says. */
  nbformat_minor: number;
  metadata: NotebookMetadata;
  cells: Cell[];
  [unknown: string]: unknown;
}

export interface NotebookMetadata {
  kernelspec?: { name?: string; display_name?: string; language?: string; [unknown: string]: unknown };
  language_info?: { name?: string; [unknown: string]: unknown };
  [unknown: string]: unknown;
}

interface CellFields {
  /** 1 to 64 of A-Z, a-z, 0-9, - and _; unique in its notebook. */
  id: string;
  metadata: JsonObject;
  source: string;
  [unknown: string]: unknown;
}

export interface CodeCell extends CellFields {
  cell_type: 'code';
  execution_count: number | null;
  outputs: Output[];
}

export interface TextCell extends CellFields {
  cell_type: 'markdown' | 'raw';
}

export type Cell = CodeCell | TextCell;

/** Content by mime type: text (base64 for images), or JSON for JSON's types. */
export type MimeBundle = Record<string, unknown>;

export interface StreamOutput {
  output_type: 'stream';
  name: string;
  /** Whole, or in parts of which each but the last ends with a line break. */
  text: string | readonly string[];
}

export interface DisplayOutput {
  output_type: 'display_data';
  data: MimeBundle;
  metadata: JsonObject;
}

export interface ResultOutput {
  output_type: 'execute_result';
  execution_count: number | null;
  data: MimeBundle;
  metadata: JsonObject;
}

export interface ErrorOutput {
  output_type: 'error';
  ename: string;
  evalue: string;
  traceback: string[];
}

export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

/** Tags of a cell, as frontends and nbclient keep them. */
export function tagsOf(cell: Cell): string[] {
  const { tags } = cell.metadata;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

export function isJsonMime(mimeType: string): boolean {
  return mimeType === 'application/json' || (mimeType.startsWith('application/') && mimeType.endsWith('+json'));
}
