import type { ExportedNotebook } from './exported-notebook.ts';
import { languageOf } from './languages.ts';

/**
 * The notebook as a file of its language: cells begin with `// %%`, as editors and Jupytext know them; texts, cells of other
 * languages and lines for the kernel alone (`%time`) are comments.
 *
 * @param isCode Whether a cell's code has no lines for the kernel alone.
 */
export function toScript({ cells, language }: ExportedNotebook, isCode: (code: string) => boolean): string {
  const { comment } = languageOf(language);
  const commented = (text: string): string => text.replaceAll(/^.*$/gm, (line) => `${comment} ${line}`.trimEnd());
  const parts = cells.map((cell) => {
    if (cell.kind !== 'code') return `${comment} %% [${cell.kind}]\n${commented(cell.text)}\n`;
    if (cell.language !== language) return `${comment} %% [${cell.language}]\n${commented(cell.text)}\n`;
    return `${comment} %%\n${isCode(cell.text) ? cell.text : withoutLineCommands(cell.text, comment)}\n`;
  });
  return parts.join('\n');
}

/** Commands of kernels on lines of their own: `%time`, `%%writefile`, `!ls`. */
function withoutLineCommands(code: string, comment: string): string {
  return code.replaceAll(/^[ \t]*(?:%%?\w|!\w).*$/gm, (line) => `${comment} ${line}`);
}
