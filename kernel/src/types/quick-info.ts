import type { MarkedString, MarkupContent } from 'vscode-languageserver-protocol/node';
import { DOCUMENT } from './documents.ts';

export const IMPORTED_TYPE = new RegExp(`(?:typeof )?import\\("[^"]*/${DOCUMENT}[^"]*"\\)\\.?`, 'g');

/**
 * A declaration as the compiler writes it, without what only the model of the notebook has put there: that a name of
 * another cell is an alias, and the paths of documents that do not exist.
 */
export function plainDeclaration(declaration: string, folder: string): string {
  return declaration
    .replace(/^\(alias\) /gm, '')
    .replace(/\n+import [^\n]*$/, '')
    .replace(IMPORTED_TYPE, '')
    .replaceAll(`${folder}/`, './');
}

export interface QuickInfo {
  /** TypeScript. */
  readonly declaration: string;
  /** Markdown. */
  readonly documentation: string;
}

/** What a hover holds: a block of code, and the comment after it. */
export function quickInfoOf(markdown: string, folder: string): QuickInfo {
  const [block, declaration = ''] = /^```\w*\n([\s\S]*?)\n```\n?/.exec(markdown) ?? [];
  return {
    declaration: plainDeclaration(declaration, folder),
    documentation: markdown.slice(block?.length ?? 0).trim(),
  };
}

/** `(a: number, b?: number): number` of a declaration that can be called; of the first of its overloads. */
export function signatureIn(declaration: string): string | undefined {
  const [first = ''] = declaration.split(/\n(?=\(|function )/);
  if (!/^(?:\((?:method|local function)\)|function|constructor|new\b)/.test(first)) return undefined;
  const text = first.replace(/^\([^)]*\) /, '');
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '<') depth += 1;
    else if (character === '>' && text[at - 1] !== '=') depth -= 1;
    else if (character === '(' && depth === 0) return text.slice(at).replace(/ \(\+\d+ overloads?\)$/, '');
  }
  return undefined;
}

export function markdownOf(content: MarkupContent | MarkedString | readonly MarkedString[] | undefined): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return content;
  if ('kind' in content) return content.value;
  if ('language' in content) return `\`\`\`${content.language}\n${content.value}\n\`\`\``;
  return content.map((part) => markdownOf(part)).join('\n\n');
}

/** Markdown of a comment as plain text: code fences, links and emphasis lose their marks. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^```.*\n?/gm, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*?([^*\n]+)\*\*?/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/ {2}$/gm, '')
    .trim();
}
