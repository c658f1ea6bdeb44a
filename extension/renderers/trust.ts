import type { RendererContext } from 'vscode-notebook-renderer';

/** Asked before code of a notebook runs in the page. Says in the place of the output why it does not. */
export function mayRunCode({ workspace }: RendererContext<unknown>, element: HTMLElement): boolean {
  if (workspace.isTrusted) return true;
  element.textContent = 'This output runs code of the notebook. It is shown when you trust the workspace.';
  return false;
}
