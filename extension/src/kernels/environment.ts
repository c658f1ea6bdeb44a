/** Variables that VS Code sets for itself: a kernel that starts a VS Code or an Electron would be led astray by them. */
const OF_VSCODE = /^(VSCODE_|ELECTRON_|APPLICATION_INSIGHTS_|CHROME_DESKTOP$|GDK_PIXBUF_|GIO_LAUNCHED_)/;

/** The environment that a kernel is started with: that of the extension host, without what is only VS Code's own. */
export function kernelEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !OF_VSCODE.test(entry[0]),
  );
  return Object.fromEntries(kept);
}
