import type * as ts from 'typescript-js';

/** The notebooks whose kernel answers questions about its cells: paths of their URIs. */
export interface PluginConfiguration {
  readonly notebooks: readonly string[];
}

/** How VS Code names the cells of notebooks to TypeScript's server. */
const CELL = '^/vscode-notebook-cell/';

/**
 * A plugin of VS Code's own TypeScript service, which takes each cell for a script in the browser. Where our kernel knows
 * better, it says nothing, so that no member is offered twice and no hover contradicts the other.
 */
export function createPlugin(): ts.server.PluginModule {
  let notebooks: readonly string[] = [];

  function isOurs(fileName: string): boolean {
    return fileName.startsWith(CELL) && notebooks.some((path) => fileName.includes(path));
  }

  return {
    create({ languageService }) {
      const quiet: Partial<ts.LanguageService> = {
        getCompletionsAtPosition: (file, ...rest) =>
          isOurs(file) ? undefined : languageService.getCompletionsAtPosition(file, ...rest),
        getQuickInfoAtPosition: (file, ...rest) =>
          isOurs(file) ? undefined : languageService.getQuickInfoAtPosition(file, ...rest),
        getSignatureHelpItems: (file, ...rest) =>
          isOurs(file) ? undefined : languageService.getSignatureHelpItems(file, ...rest),
        getSemanticDiagnostics: (file) => (isOurs(file) ? [] : languageService.getSemanticDiagnostics(file)),
        getSuggestionDiagnostics: (file) => (isOurs(file) ? [] : languageService.getSuggestionDiagnostics(file)),
      };
      return Object.assign(Object.create(languageService), quiet);
    },
    onConfigurationChanged(configuration: PluginConfiguration) {
      notebooks = configuration.notebooks;
    },
  };
}
