/** What of a notebook's outputs is the same whoever executed it. */
import { readFileSync } from 'node:fs';

type Multiline = string | readonly string[];

interface Output {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  readonly name?: string;
  readonly text?: Multiline;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly execution_count?: number | null;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

export interface CodeCell {
  readonly source: string;
  /** Lines that the cell brings for its own questions. */
  readonly answers: readonly string[] | undefined;
  /** Says of itself that its outputs are others every time. */
  readonly volatile: boolean;
  readonly outputs: readonly object[];
}

interface RawCell {
  readonly cell_type: string;
  readonly source: Multiline;
  readonly metadata: { readonly elara?: { readonly answers?: readonly string[]; readonly volatile?: boolean } };
  readonly outputs?: readonly Output[];
}

function joined(text: Multiline): string {
  return typeof text === 'string' ? text : text.join('');
}

/** The code cells of an executed notebook, with outputs that can be compared. */
export function codeCells(file: string): CodeCell[] {
  const { cells }: { cells: readonly RawCell[] } = JSON.parse(readFileSync(file, 'utf8'));
  return cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source, metadata, outputs = [] }) => {
      const volatile = metadata.elara?.volatile ?? false;
      return {
        source: joined(source),
        answers: metadata.elara?.answers,
        volatile,
        outputs: volatile ? merged(outputs).map(shape) : merged(outputs).map(comparable),
      };
    });
}

/** JupyterLab draws Vega charts and keeps the drawing beside what the kernel sent: it is not compared. */
function withoutDrawing(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isChart = Object.keys(data).some((type) => /^application\/vnd\.vega/.test(type));
  return isChart ? Object.fromEntries(Object.entries(data).filter(([type]) => type !== 'image/png')) : data;
}

/**
 * Frontends may cut a stream into as many outputs as there were messages, and JupyterLab writes down what the user answered
 * as a stream `stdin`: neither is the kernel's doing. On a slow machine some cells show how far they are, and then nothing.
 */
function merged(outputs: readonly Output[]): Output[] {
  const merged: Output[] = [];
  for (const output of outputs) {
    if ((output.output_type === 'stream' && output.name === 'stdin') || isTakenBack(output)) continue;
    const last = merged.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      merged[merged.length - 1] = { ...last, text: joined(last.text ?? '') + joined(output.text ?? '') };
    } else merged.push(output);
  }
  return merged;
}

/** A display that was emptied. */
function isTakenBack({ output_type, data }: Output): boolean {
  return output_type === 'display_data' && Object.values(data ?? {}).every((value) => value === '');
}

/** Text as a terminal shows it: what follows a carriage return is written over what stood in the line. */
function overwritten(text: string): string {
  const line = (written: string) => written.split('\r').reduce((shown, over) => over + shown.slice(over.length), '');
  return text.replaceAll('\r\n', '\n').split('\n').map(line).join('\n');
}

/** nbformat lets texts be lists of lines, and images end in a line end or not. */
function mimeValue(type: string, value: unknown): unknown {
  if (type.endsWith('json') && !type.startsWith('text/')) return value;
  if (typeof value !== 'string' && !Array.isArray(value)) return value;
  const text = joined(value);
  return /^image\/(?!svg)/.test(type) ? text.replaceAll('\n', '') : text;
}

function comparable({
  output_type,
  name,
  text,
  data,
  metadata,
  execution_count,
  ename,
  evalue,
  traceback,
}: Output): object {
  switch (output_type) {
    case 'stream':
      return { output_type, name, text: overwritten(joined(text ?? '')) };
    case 'error':
      return { output_type, ename, evalue, traceback: traceback?.join('\n') };
    default: {
      const bundle = Object.fromEntries(
        Object.entries(withoutDrawing(data ?? {})).map(([type, value]) => [type, mimeValue(type, value)]),
      );
      return { output_type, data: bundle, metadata: metadata ?? {}, execution_count: execution_count ?? null };
    }
  }
}

/** Of an output that says of itself that it is another one every time: of what kind it is. */
function shape({ output_type, name, data, ename }: Output): object {
  return { output_type, name, types: Object.keys(data ?? {}).sort(), ename };
}
