import type * as ts from 'typescript-js';

/** Notebooks, by the paths of their URIs. */
export interface PluginConfiguration {
  /** Whose kernel answers questions about its cells. */
  readonly answered: readonly string[];
  /** For whom such a kernel is chosen: it tells the problems of cells once it runs. */
  readonly chosen: readonly string[];
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
  let answered: ReadonlySet<string> = new Set();
  let chosen: ReadonlySet<string> = new Set();
  /** Whether this server answers while the other one loads its projects. Nobody tells it the notebooks. */
  let isStandIn = false;
  let project: Pick<ts.server.Project, 'refreshDiagnostics'> | undefined;

  function leave(configuration: Partial<PluginConfiguration> | undefined): void {
    answered = pathsOf(configuration?.answered);
    chosen = pathsOf(configuration?.chosen);
  }

  function isAnswered(fileName: string): boolean {
    const path = CELL.exec(fileName)?.groups?.path;
    return path !== undefined && (isStandIn || answered.has(path));
  }

  function isRun(fileName: string): boolean {
    const path = CELL.exec(fileName)?.groups?.path;
    return path !== undefined && (isAnswered(fileName) || chosen.has(path));
  }

  return {
    create({ languageService, config, project: created }) {
      // What the server was told before this project came, or before the server was started anew, comes only here.
      leave(config);
      project = created;
      isStandIn = created.projectService.serverMode !== SEMANTIC;
      const quiet: Partial<ts.LanguageService> = {
        getCompletionsAtPosition: (file, ...rest) =>
          isAnswered(file) ? undefined : languageService.getCompletionsAtPosition(file, ...rest),
        getQuickInfoAtPosition: (file, ...rest) =>
          isAnswered(file) ? undefined : languageService.getQuickInfoAtPosition(file, ...rest),
        getSignatureHelpItems: (file, ...rest) =>
          isAnswered(file) ? undefined : languageService.getSignatureHelpItems(file, ...rest),
        getDefinitionAtPosition: (file, ...rest) =>
          isAnswered(file) ? undefined : languageService.getDefinitionAtPosition(file, ...rest),
        getDefinitionAndBoundSpan: (file, ...rest) =>
          isAnswered(file) ? undefined : languageService.getDefinitionAndBoundSpan(file, ...rest),
        // It knows nothing of line commands, and takes what another cell declares for what browsers have.
        getSyntacticDiagnostics: (file) => (isRun(file) ? [] : languageService.getSyntacticDiagnostics(file)),
        getSemanticDiagnostics: (file) => (isRun(file) ? [] : languageService.getSemanticDiagnostics(file)),
        getSuggestionDiagnostics: (file) => (isRun(file) ? [] : languageService.getSuggestionDiagnostics(file)),
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

function pathsOf(notebooks: readonly string[] = []): ReadonlySet<string> {
  return new Set(notebooks.map((path) => (path.startsWith('/') ? path : `/${path}`)));
}
