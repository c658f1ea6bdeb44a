import type { RendererApi, RendererContext } from 'vscode-notebook-renderer';

const MARKDOWN = 'vscode.markdown-it-renderer';
const FORMULAS = 'vscode.markdown-it-katex-extension';

/** VS Code's own renderer of Markdown, and of LaTeX, with its formulas, which another renderer adds to it. */
export async function markdownRenderer(context: RendererContext<unknown>): Promise<RendererApi | undefined> {
  await context.getRenderer(FORMULAS);
  return await context.getRenderer(MARKDOWN);
}
