import type { RendererApi, RendererContext } from 'vscode-notebook-renderer';

const MARKDOWN = 'vscode.markdown-it-renderer';
const FORMULAS = 'vscode.markdown-it-katex-extension';

/**
 * VS Code's own renderer of Markdown, and of LaTeX, with its formulas, which another renderer adds to it. The first comes
 * before the other: asked for the other way round, each of them waits for the other one for ever.
 */
export async function markdownRenderer(context: RendererContext<unknown>): Promise<RendererApi | undefined> {
  const markdown = await context.getRenderer(MARKDOWN);
  await context.getRenderer(FORMULAS);
  return markdown;
}
