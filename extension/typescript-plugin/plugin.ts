import type * as ts from 'typescript-js';

/** The notebooks whose kernel answers questions about its cells: paths of their URIs. */
export interface PluginConfiguration {
  readonly notebooks: readonly string[];
}

/** `ts.LanguageServiceMode.Semantic`, for a plugin that does not load TypeScript itself. */
const SEMANTIC: ts.LanguageServiceMode.Semantic = 0;

/** How VS Code names the cells of notebooks to TypeScript's server: authority, path of the notebook, cell. */
const CELL = /^\^\/vscode-notebook-cell\/[^/]*\/?(?<path>\/[^#]*)#/;

/**
 * A plugin of VS Code's own TypeScript service, which takes each cell for a script in the browser. Where our kernel knows
 * better, it says nothing, so that no member is offered twice and no hover contradicts the other.
 */
export function createPlugin(): ts.server.PluginModule {
  let notebooks: ReadonlySet<string> = new Set();
  /** Whether this server answers while the other one loads its projects. Nobody tells it the notebooks. */
  let isStandIn = false;
  let project: Pick<ts.server.Project, 'refreshDiagnostics'> | undefined;

  function leave(configuration: Partial<PluginConfiguration> | undefined): void {
    notebooks = new Set(configuration?.notebooks?.map((path) => (path.startsWith('/') ? path : `/${path}`)));
  }

  function isOurs(fileName: string): boolean {
    const path = CELL.exec(fileName)?.groups?.path;
    return path !== undefined && (isStandIn || notebooks.has(path));
  }

  return {
    create({ languageService, config, project: created }) {
      // What the server was told before this project came, or before the server was started anew, comes only here.
      leave(config);
      project = created;
      isStandIn = created.projectService.serverMode !== SEMANTIC;
      const quiet: Partial<ts.LanguageService> = {
        getCompletionsAtPosition: (file, ...rest) =>
          isOurs(file) ? undefined : languageService.getCompletionsAtPosition(file, ...rest),
        getQuickInfoAtPosition: (file, ...rest) =>
          isOurs(file) ? undefined : languageService.getQuickInfoAtPosition(file, ...rest),
        getSignatureHelpItems: (file, ...rest) =>
          isOurs(file) ? undefined : languageService.getSignatureHelpItems(file, ...rest),
        getDefinitionAtPosition: (file, ...rest) =>
          isOurs(file) ? undefined : languageService.getDefinitionAtPosition(file, ...rest),
        getDefinitionAndBoundSpan: (file, ...rest) =>
          isOurs(file) ? undefined : languageService.getDefinitionAndBoundSpan(file, ...rest),
        // It knows nothing of line commands.
        getSyntacticDiagnostics: (file) => (isOurs(file) ? [] : languageService.getSyntacticDiagnostics(file)),
        getSemanticDiagnostics: (file) => (isOurs(file) ? [] : languageService.getSemanticDiagnostics(file)),
        getSuggestionDiagnostics: (file) => (isOurs(file) ? [] : languageService.getSuggestionDiagnostics(file)),
      };
      return Object.assign(Object.create(languageService), quiet);
    },
    onConfigurationChanged(configuration: PluginConfiguration) {
      leave(configuration);
      // The problems that were reported before stay until they are asked for again.
      project?.refreshDiagnostics();
    },
  };
}
