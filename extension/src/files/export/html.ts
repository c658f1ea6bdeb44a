import { imageStyle } from '../../outputs/metadata.ts';
import { ansiToHtml, escapeHtml } from './ansi.ts';
import {
  bestOf,
  boundedText,
  ERROR,
  type ExportedCode,
  type ExportedNotebook,
  type ExportedOutput,
  type ExportedText,
  errorText,
  joinStreams,
  type OutputItem,
  PICTURES,
  type Picture,
  STDERR,
  STDOUT,
} from './exported-notebook.ts';
import { OUTPUT_STYLE, STYLE } from './html-style.ts';
import { fenceOf } from './languages.ts';
import { decoded } from './markdown.ts';

/** HTML of Markdown, with its code coloured and its formulas as MathML. */
export type RenderMarkdown = (markdown: string) => Promise<string>;

/**
 * Nothing of the page is loaded from elsewhere, and no script of an output runs: what it shows is what was there when it was
 * written.
 */
const POLICY = "default-src 'none'; img-src data:; media-src data:; font-src data:; style-src 'unsafe-inline'";

/** Forms of an output that are shown as they are, best first. */
const SHOWN = ['text/html', ...PICTURES.keys(), 'text/markdown', 'text/latex'];
const TEXTS = [STDOUT, 'text/plain', 'application/json'];

/** The notebook as a page that needs no other file. @param onCell Told how many cells are done. */
export async function toHtml(
  { title, language, cells }: ExportedNotebook,
  render: RenderMarkdown,
  onCell: (done: number) => void = () => {},
): Promise<string> {
  const sections: string[] = [];
  for (const [index, cell] of cells.entries()) {
    sections.push(cell.kind === 'code' ? await codeSection(cell, render) : await textSection(cell, render));
    onCell(index + 1);
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="Elara">
<title>${escapeHtml(title)}</title>
<style>
${STYLE}
</style>
</head>
<body>
<main data-language="${escapeHtml(language)}">
${sections.join('\n')}
</main>
</body>
</html>
`;
}

async function textSection({ kind, text, attachments }: ExportedText, render: RenderMarkdown): Promise<string> {
  if (kind === 'raw') return `<section class="text"><pre>${escapeHtml(text)}</pre></section>`;
  const inline = text.replaceAll(/\]\(attachment:([^)\s]+)/g, (whole, name: string) => {
    const picture = attachments.get(name) ?? attachments.get(decoded(name));
    return picture === undefined ? whole : `](${dataUrl(picture)}`;
  });
  return `<section class="text">${closed(await render(inline))}</section>`;
}

async function codeSection(
  { text, language, executionOrder, outputs }: ExportedCode,
  render: RenderMarkdown,
): Promise<string> {
  const count = executionOrder === undefined ? '' : `<span class="count">[${executionOrder}]</span>`;
  const shown = await Promise.all(joinStreams(outputs).map((output) => outputPart(output, render)));
  const source = `<div class="source">${count}${await coloured(text, fenceOf(language), render)}</div>`;
  return `<section class="code">${[source, ...shown.filter(Boolean)].join('\n')}</section>`;
}

async function coloured(code: string, fence: string, render: RenderMarkdown): Promise<string> {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const html = await render(`${ticks}${fence}\n${code}\n${ticks}`);
  // Extensions of VS Code put things of their own before it.
  const [block] = /<pre[\s>][\s\S]*<\/pre>/.exec(html) ?? [];
  return block ?? `<pre>${escapeHtml(code)}</pre>`;
}

async function outputPart(output: ExportedOutput, render: RenderMarkdown): Promise<string> {
  const error = bestOf(output, [ERROR]);
  if (error !== undefined) return part('error', `<pre>${ansiToHtml(errorText(error))}</pre>`);
  const stderr = bestOf(output, [STDERR]);
  if (stderr !== undefined) return part('stderr', `<pre>${ansiToHtml(boundedText(stderr))}</pre>`);
  const shown = bestOf(output, SHOWN);
  if (shown !== undefined) return part('', await shownItem(shown, output, render));
  const text = bestOf(output, TEXTS) ?? output.find(({ mime }) => mime.startsWith('text/'));
  if (text !== undefined) return part('', `<pre>${ansiToHtml(boundedText(text))}</pre>`);
  const [first] = output;
  return first === undefined ? '' : part('', `<pre>${escapeHtml(`(${first.mime}, in the notebook)`)}</pre>`);
}

async function shownItem(item: OutputItem, output: ExportedOutput, render: RenderMarkdown): Promise<string> {
  const text = (): string => new TextDecoder().decode(item.data);
  switch (item.mime) {
    case 'text/html':
    case 'image/svg+xml':
      return apart(text());
    case 'text/markdown':
      return closed(await render(boundedText(item)));
    case 'text/latex': {
      const latex = boundedText(item).trim();
      return closed(await render(latex.startsWith('$') ? latex : `$$\n${latex}\n$$`));
    }
    default: {
      const style = imageStyle(item);
      return `<img src="${dataUrl(item)}" alt="${escapeHtml(alternativeOf(output))}"${style && ` style="${style}"`}>`;
    }
  }
}

/** HTML in a tree of its own: its style and its errors stay there. */
function apart(html: string): string {
  return `<div><template shadowrootmode="open"><style>${OUTPUT_STYLE}</style>${contained(html)}</template></div>`;
}

/** What would end the template, or lead the reader away. */
function contained(html: string): string {
  return html.replaceAll(/<(?=\/template\s*>|\/?(?:plaintext|base|meta|frameset)\b)/gi, '&lt;');
}

/** What Markdown may bring of HTML cannot end the section it is in. */
function closed(html: string): string {
  return html.replaceAll(/<(?=\/(?:section|main|body|html)\b|\/?(?:plaintext|base|meta|frameset)\b)/gi, '&lt;');
}

function alternativeOf(output: ExportedOutput): string {
  const plain = bestOf(output, ['text/plain']);
  return plain === undefined ? 'Output' : new TextDecoder().decode(plain.data).slice(0, 200);
}

function part(kind: string, html: string): string {
  return `<div class="${kind ? `output ${kind}` : 'output'}">${html}</div>`;
}

function dataUrl({ mime, data }: Picture): string {
  return `data:${mime};base64,${Buffer.from(data).toString('base64')}`;
}
