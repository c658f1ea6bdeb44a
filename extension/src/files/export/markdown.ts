import { plainText } from './ansi.ts';
import {
  bestOf,
  boundedText,
  ERROR,
  type ExportedNotebook,
  type ExportedOutput,
  type ExportedText,
  errorText,
  joinStreams,
  PICTURES,
  STDERR,
  STDOUT,
} from './exported-notebook.ts';
import { fenceOf } from './languages.ts';

export interface MarkdownExport {
  readonly text: string;
  /** Pictures, by their names in the folder beside. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The notebook as Markdown with its outputs. @param folder Where its pictures are, as seen from the file. */
export function toMarkdown({ cells }: ExportedNotebook, folder: string): MarkdownExport {
  const files = new Map<string, Uint8Array>();
  const place = (name: string, data: Uint8Array): string => {
    files.set(name, data);
    return `${folder}/${name}`.split('/').map(encodeURIComponent).join('/');
  };
  const parts = cells.flatMap((cell, index) => {
    if (cell.kind !== 'code')
      return cell.kind === 'markdown' ? withAttachments(cell, index, place) : fenced(cell.text, '');
    const shown = joinStreams(cell.outputs).flatMap((output, number) =>
      outputOf(output, (extension, data) => place(`cell-${index + 1}-${number + 1}.${extension}`, data)),
    );
    return [fenced(cell.text, fenceOf(cell.language)), ...shown];
  });
  return {
    text: `${parts
      .map((part) => part.trimEnd())
      .filter(Boolean)
      .join('\n\n')}\n`,
    files,
  };
}

function outputOf(output: ExportedOutput, place: (extension: string, data: Uint8Array) => string): string[] {
  const error = bestOf(output, [ERROR]);
  if (error !== undefined) return [fenced(plainText(errorText(error)), 'text')];
  const picture = bestOf(output, PICTURES.keys());
  if (picture !== undefined) {
    const [alternative = 'Output'] = plainOf(output)?.split('\n') ?? [];
    const label =
      alternative
        .slice(0, 80)
        .replaceAll(/[[\]\\<>]/g, ' ')
        .trim() || 'Output';
    return [`![${label}](${place(PICTURES.get(picture.mime) ?? 'bin', picture.data)})`];
  }
  const markup = bestOf(output, ['text/markdown']);
  if (markup !== undefined) return [boundedText(markup)];
  const latex = bestOf(output, ['text/latex']);
  if (latex !== undefined) return [displayed(boundedText(latex))];
  const html = bestOf(output, ['text/html']);
  const plain = plainOf(output);
  // A table of Markdown is HTML; what else is only HTML is shown so too, and what has a text as its text.
  if (html !== undefined && (plain === undefined || isTable(html.data))) return [flat(boundedText(html))];
  return plain === undefined ? [] : [fenced(plain, 'text')];
}

function plainOf(output: ExportedOutput): string | undefined {
  const text = bestOf(output, [STDOUT, STDERR, 'text/plain', 'application/json', 'text/latex']) ?? anyText(output);
  return text && plainText(boundedText(text));
}

function anyText(output: ExportedOutput): ExportedOutput[number] | undefined {
  return output.find(({ mime }) => mime.startsWith('text/') && mime !== 'text/html');
}

function isTable(data: Uint8Array): boolean {
  return /<table[\s>]/i.test(new TextDecoder().decode(data));
}

/** Markdown ends a block of HTML at an empty line. */
function flat(html: string): string {
  return html
    .replaceAll(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replaceAll(/\n\s*(?=\n)/g, '')
    .trim();
}

function displayed(latex: string): string {
  const text = latex.trim();
  return text.startsWith('$') || text.startsWith('\\begin') ? text : `$$\n${text}\n$$`;
}

/** A fence longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/^\s*(`{3,})/gm), ([, ticks = '']) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`;
}

function withAttachments(
  { text, attachments }: ExportedText,
  index: number,
  place: (name: string, data: Uint8Array) => string,
): string {
  return text.replaceAll(/\]\(attachment:([^)\s]+)/g, (whole, name: string) => {
    const picture = attachments.get(name) ?? attachments.get(decoded(name));
    return picture === undefined
      ? whole
      : `](${place(`cell-${index + 1}-${decoded(name).replaceAll('/', '-')}`, picture.data)}`;
  });
}

export function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A per cent sign of its own.
    return name;
  }
}
