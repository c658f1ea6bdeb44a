/** What the tests look at in a notebook file (nbformat 4.5). */
import { readFile } from 'node:fs/promises';

export interface NotebookFile {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: {
    readonly kernelspec?: { readonly name: string };
    readonly language_info?: { readonly name: string };
  };
  readonly cells: readonly CellOfFile[];
}

export interface CellOfFile {
  readonly id: string;
  readonly cell_type: string;
  readonly execution_count?: number | null;
  readonly metadata: { readonly elara?: { readonly volatile?: boolean } };
  readonly outputs?: readonly OutputOfFile[];
}

interface OutputOfFile {
  readonly output_type: string;
  readonly name?: string;
  readonly ename?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export async function readNotebook(file: string): Promise<NotebookFile> {
  const notebook: NotebookFile = JSON.parse(await readFile(file, 'utf8'));
  return notebook;
}

/**
 * Whether the outputs of a cell differ from run to run or from machine to machine (paths, what a compressor makes of the
 * same bytes). Its metadata say so: `{"elara": {"volatile": true}}`.
 */
export function isVolatile({ metadata }: CellOfFile): boolean {
  return metadata.elara?.volatile === true;
}

/** The outputs of a cell, or only of which kind they are and in which media types. */
export function comparableOutputs({ outputs = [] }: CellOfFile, shapeOnly: boolean): readonly unknown[] {
  if (!shapeOnly) return outputs;
  return outputs.map(({ output_type, name, ename, data }) => {
    return { output_type, name, ename, mediaTypes: Object.keys(data ?? {}).sort() };
  });
}
