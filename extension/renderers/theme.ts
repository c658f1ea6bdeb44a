/** A colour of VS Code's theme, by the name of its CSS variable without `--vscode-`. */
export function themeColor(name: string, otherwise: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--vscode-${name}`).trim() || otherwise;
}

/** Calls the function when VS Code has another theme. */
export function onThemeChange(changed: () => void): void {
  new MutationObserver(changed).observe(document.body, {
    attributes: true,
    attributeFilter: ['data-vscode-theme-id', 'data-vscode-theme-kind'],
  });
}
