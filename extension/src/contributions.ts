/**
 * What the extension contributes to VS Code, said once: the manifest is generated from this table, and the code takes its
 * ids from here. Nothing of VS Code is imported, so that scripts can read it.
 */

interface CommandContribution {
  readonly title: string;
  readonly icon?: string;
  /** When it is offered in the palette; `false`: never, it belongs to an item of a menu. Absent: always. */
  readonly palette?: string | false;
  readonly menus?: readonly Menu[];
  readonly keybinding?: { readonly key: string; readonly when: string };
}

interface Menu {
  readonly place: 'notebook/toolbar' | 'notebook/cell/execute' | 'editor/context' | 'view/title' | 'view/item/context';
  readonly when: string;
  readonly group: string;
}

/** True in a notebook whose kernel is one of ours: of the .vsix, or of the folder that F5 starts. */
const OUR_KERNEL = 'notebookKernel =~ /^elara\\.(elara|@elara\\/extension)\\//';
const A_NOTEBOOK = 'notebookType == jupyter-notebook';
/** In an editor of a file whose lines a kernel may run. */
const A_SCRIPT = 'editorLangId =~ /^(typescript|javascript|python)$/ && !notebookEditorFocused';
/** The context key: the file in the editor has its interactive notebook, so that Shift+Enter is ours. */
export const HAS_INTERACTIVE = 'elara.hasInteractiveNotebook';
/** The context key: "Run in Kernel…" has the keyboard. */
export const IS_RECALLING = 'elara.isRecalling';
const KERNELS_VIEW = 'view == elara.kernels';
const A_RUNNING_KERNEL = `${KERNELS_VIEW} && viewItem =~ /^kernel running/`;
const A_LOCAL_KERNEL = `${KERNELS_VIEW} && viewItem =~ /^kernel running local/`;
const VARIABLES_VIEW = 'view == elara.variables';
const A_VARIABLE = `${VARIABLES_VIEW} && viewItem =~ /^variable/`;
const A_TABLE = `${VARIABLES_VIEW} && viewItem =~ /^variable table/`;
const HISTORY_VIEW = 'view == elara.historyView';
const A_HISTORY_ENTRY = `${HISTORY_VIEW} && viewItem == entry`;
/** Context keys: only some variables, or lines of the history, are shown. */
export const VARIABLES_SEARCHED = 'elara.variablesSearched';
export const HISTORY_SEARCHED = 'elara.historySearched';

export const COMMANDS = {
  'elara.newNotebook': { title: 'New TypeScript Notebook', icon: '$(notebook)' },
  'elara.connect': {
    title: 'Connect to a Running Kernel by Its Connection File…',
    icon: '$(plug)',
    menus: [{ place: 'view/title', when: KERNELS_VIEW, group: 'navigation@1' }],
  },
  'elara.connectServer': {
    title: 'Connect to a Jupyter Server…',
    icon: '$(remote)',
    menus: [{ place: 'view/title', when: KERNELS_VIEW, group: 'elara@1' }],
  },
  'elara.forgetServer': {
    title: 'Forget a Jupyter Server…',
    menus: [{ place: 'view/title', when: KERNELS_VIEW, group: 'elara@2' }],
  },
  'elara.restart': {
    title: 'Restart Kernel',
    icon: '$(debug-restart)',
    palette: OUR_KERNEL,
    menus: [{ place: 'notebook/toolbar', when: OUR_KERNEL, group: 'navigation/execute@5' }],
  },
  'elara.restartAndRunAll': { title: 'Restart Kernel and Run All Cells', icon: '$(run-all)', palette: OUR_KERNEL },
  'elara.kernelActions': { title: 'Kernel Actions…', icon: '$(server-process)', palette: OUR_KERNEL },
  'elara.shutDown': { title: 'Shut Down Kernel', icon: '$(stop-circle)', palette: OUR_KERNEL },
  'elara.history': { title: 'Search History…', icon: '$(history)', palette: OUR_KERNEL },
  'elara.runInKernel': { title: 'Run in Kernel…', icon: '$(terminal)', palette: OUR_KERNEL },
  'elara.recallEarlier': {
    title: 'Recall What Ran Before',
    palette: false,
    keybinding: { key: 'up', when: `${IS_RECALLING} && inQuickInput` },
  },
  'elara.recallLater': {
    title: 'Recall What Ran After',
    palette: false,
    keybinding: { key: 'down', when: `${IS_RECALLING} && inQuickInput` },
  },
  'elara.debugCell': {
    title: 'Debug Cell',
    icon: '$(debug-alt-small)',
    palette: OUR_KERNEL,
    menus: [{ place: 'notebook/cell/execute', when: `${OUR_KERNEL} && notebookCellType == code`, group: 'elara@1' }],
  },
  'elara.export': {
    title: 'Export…',
    icon: '$(export)',
    palette: A_NOTEBOOK,
    menus: [{ place: 'notebook/toolbar', when: A_NOTEBOOK, group: 'elara@1' }],
  },
  'elara.runSelection': {
    title: 'Run Selection in Kernel',
    icon: '$(play)',
    palette: A_SCRIPT,
    menus: [{ place: 'editor/context', when: `editorTextFocus && ${A_SCRIPT}`, group: '1_elara@1' }],
    keybinding: {
      key: 'shift+enter',
      when: `${HAS_INTERACTIVE} && editorTextFocus && ${A_SCRIPT} && !findInputFocussed && !replaceInputFocussed && !suggestWidgetVisible && !inlineSuggestionVisible && !renameInputVisible`,
    },
  },
  'elara.openInteractive': { title: 'Open Interactive Notebook', icon: '$(notebook)' },
  'elara.openOutput': { title: 'Open Whole Output', palette: false },
  'elara.showLog': { title: 'Show Log', icon: '$(output)' },
  'elara.refreshKernels': {
    title: 'Look for Kernels Again',
    icon: '$(refresh)',
    menus: [{ place: 'view/title', when: KERNELS_VIEW, group: 'navigation@2' }],
  },
  'elara.kernel.interrupt': {
    title: 'Interrupt',
    icon: '$(debug-pause)',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_RUNNING_KERNEL, group: 'inline@1' }],
  },
  'elara.kernel.restart': {
    title: 'Restart',
    icon: '$(debug-restart)',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_RUNNING_KERNEL, group: 'inline@2' }],
  },
  'elara.kernel.shutDown': {
    title: 'Shut Down',
    icon: '$(stop-circle)',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_RUNNING_KERNEL, group: 'inline@3' }],
  },
  'elara.kernel.openConsole': {
    title: 'Open a Console in the Terminal',
    icon: '$(terminal)',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_LOCAL_KERNEL, group: 'other@1' }],
  },
  'elara.kernel.copyConnectionFile': {
    title: "Copy the Connection File's Path",
    icon: '$(copy)',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_LOCAL_KERNEL, group: 'other@2' }],
  },
  'elara.variables.search': {
    title: 'Search Variables…',
    icon: '$(search)',
    palette: A_NOTEBOOK,
    menus: [{ place: 'view/title', when: VARIABLES_VIEW, group: 'navigation@1' }],
  },
  'elara.variables.showAll': {
    title: 'Show All Variables',
    icon: '$(search-stop)',
    palette: false,
    menus: [{ place: 'view/title', when: `${VARIABLES_VIEW} && ${VARIABLES_SEARCHED}`, group: 'navigation@2' }],
  },
  'elara.variables.refresh': {
    title: 'Refresh Variables',
    icon: '$(refresh)',
    palette: false,
    menus: [{ place: 'view/title', when: VARIABLES_VIEW, group: 'navigation@3' }],
  },
  'elara.variables.showMore': { title: 'Show More', palette: false },
  'elara.variable.openData': {
    title: 'Open in Data View…',
    icon: '$(table)',
    palette: A_NOTEBOOK,
    menus: [{ place: 'view/item/context', when: A_TABLE, group: 'inline@1' }],
  },
  'elara.variable.copyName': {
    title: 'Copy Name',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_VARIABLE, group: 'copy@1' }],
  },
  'elara.variable.copyValue': {
    title: 'Copy Value',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_VARIABLE, group: 'copy@2' }],
  },
  'elara.historyView.search': {
    title: 'Search in the History View…',
    icon: '$(search)',
    palette: false,
    menus: [{ place: 'view/title', when: HISTORY_VIEW, group: 'navigation@1' }],
  },
  'elara.historyView.showAll': {
    title: 'Show the Whole History',
    icon: '$(search-stop)',
    palette: false,
    menus: [{ place: 'view/title', when: `${HISTORY_VIEW} && ${HISTORY_SEARCHED}`, group: 'navigation@2' }],
  },
  'elara.historyView.refresh': {
    title: 'Refresh History',
    icon: '$(refresh)',
    palette: false,
    menus: [{ place: 'view/title', when: HISTORY_VIEW, group: 'navigation@3' }],
  },
  'elara.historyEntry.insert': {
    title: 'Insert into a Cell',
    icon: '$(insert)',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_HISTORY_ENTRY, group: 'inline@1' }],
  },
  'elara.historyEntry.run': {
    title: 'Run Again',
    icon: '$(play)',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_HISTORY_ENTRY, group: 'inline@2' }],
  },
  'elara.historyEntry.copy': {
    title: 'Copy',
    palette: false,
    menus: [{ place: 'view/item/context', when: A_HISTORY_ENTRY, group: 'copy@1' }],
  },
} as const satisfies Record<string, CommandContribution>;

export type CommandId = keyof typeof COMMANDS;

/** The values that a setting may have decide its type in the code: see `context.ts`. */
export const SETTINGS = {
  'elara.node': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    markdownDescription:
      "Path of the Node.js (24 or newer) that runs Elara's own kernels. Empty: the Node that VS Code brings, where it is new enough, or else the one on `PATH`.",
  },
  'elara.typeCheck': {
    type: 'string',
    enum: ['warn', 'error', 'off'],
    default: 'warn',
    scope: 'resource',
    markdownDescription: 'What a cell of a TypeScript kernel does when it has type errors.',
    markdownEnumDescriptions: [
      'It runs, and the errors are shown below it.',
      'It does not run and fails with the errors.',
      'It runs unchecked.',
    ],
  },
  'elara.diagnostics': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    markdownDescription:
      'Show the type errors of cells while you write them. They come from the kernel, which knows what the other cells declare.',
  },
  'elara.outputLimit': {
    type: 'number',
    default: 4,
    minimum: 0.1,
    scope: 'resource',
    markdownDescription:
      'How long a text in the output of a cell may be, in MB. Of a longer one the notebook has the beginning and the end; all of it can be opened from the bar below the cell.',
  },
  'elara.saveWidgets': {
    type: 'boolean',
    default: false,
    scope: 'resource',
    markdownDescription:
      'Save the state of widgets with the notebook, so that they are shown when it is opened again, before its cells are run.',
  },
  'elara.startTimeout': {
    type: 'number',
    default: 60,
    minimum: 5,
    scope: 'machine-overridable',
    markdownDescription: 'How long a kernel may take to start, in seconds.',
  },
  'elara.restartOnDeath': {
    type: 'boolean',
    default: false,
    scope: 'window',
    markdownDescription:
      'Start a kernel anew when its process dies. Its variables are gone then, as after any restart.',
  },
  'elara.idleTimeout': {
    type: 'number',
    default: 0,
    minimum: 0,
    scope: 'window',
    markdownDescription: 'Shut a kernel down when it has run nothing for so many minutes. `0`: never.',
  },
  'elara.unattendedTimeout': {
    type: 'number',
    default: 720,
    minimum: 0,
    scope: 'window',
    markdownDescription:
      'Shut a kernel down when it has run nothing for so many minutes and no window of VS Code is attached to it. `0`: never.',
  },
  'elara.kernelsOnClose': {
    type: 'string',
    enum: ['ask', 'keep', 'end'],
    default: 'ask',
    scope: 'application',
    markdownDescription:
      'What becomes of kernels when VS Code is closed. They always survive "Reload Window": only a minute after the last window has left does a kernel end.',
    markdownEnumDescriptions: [
      'They go on, and you are asked when you come back.',
      'They go on, until they are idle for as long as `#elara.unattendedTimeout#` says.',
      'They are shut down.',
    ],
  },
} as const;

export type SettingId = keyof typeof SETTINGS;

export const VIEWS = {
  'elara.kernels': { name: 'Kernels', icon: '$(server-process)' },
  'elara.variables': { name: 'Variables', icon: '$(symbol-variable)' },
  'elara.historyView': { name: 'History', icon: '$(history)' },
} as const;

export type ViewId = keyof typeof VIEWS;

/** Sessions of VS Code's debugger in cells. */
export const DEBUG_TYPE = 'elara';

/** What is shown in outputs by modules of `renderers/`. */
export const RENDERERS = {
  'elara.widgets': {
    name: 'Jupyter Widgets',
    entrypoint: './dist/renderers/widgets.js',
    requiresMessaging: 'optional',
    mimeTypes: ['application/vnd.jupyter.widget-view+json'],
  },
  'elara.vega': {
    name: 'Vega and Vega-Lite Charts',
    entrypoint: './dist/renderers/vega.js',
    requiresMessaging: 'never',
    // With a dot, as Altair 5 and newer write them, and with the plus sign that is right.
    mimeTypes: [
      'application/vnd.vegalite.v*+json',
      'application/vnd.vegalite.v*.json',
      'application/vnd.vega.v*+json',
      'application/vnd.vega.v*.json',
      'application/geo+json',
    ],
  },
  'elara.plotly': {
    name: 'Plotly Charts',
    entrypoint: './dist/renderers/plotly.js',
    requiresMessaging: 'never',
    mimeTypes: ['application/vnd.plotly.v1+json'],
  },
  'elara.latex': {
    name: 'LaTeX Formulas',
    entrypoint: './dist/renderers/latex.js',
    requiresMessaging: 'never',
    mimeTypes: ['text/latex'],
  },
  'elara.json': {
    name: 'JSON Trees',
    entrypoint: './dist/renderers/json.js',
    requiresMessaging: 'never',
    mimeTypes: ['application/json'],
  },
  'elara.media': {
    name: 'Sounds, Films, Images and Documents',
    entrypoint: './dist/renderers/media.js',
    requiresMessaging: 'never',
    mimeTypes: ['audio/*', 'video/*', 'image/webp', 'image/avif', 'image/bmp', 'application/pdf'],
  },
} as const;

export type RendererId = keyof typeof RENDERERS;

/** The plugin of VS Code's own TypeScript service: see `typescript-plugin/`. */
export const TYPESCRIPT_PLUGIN = 'elara-typescript-plugin';

/** The notebooks of Jupyter, as VS Code names them. */
export const NOTEBOOK_TYPE = 'jupyter-notebook';

const WALKTHROUGH = {
  id: 'elara.start',
  title: 'Notebooks in TypeScript',
  description: 'Run TypeScript in a Jupyter notebook. Nothing else has to be installed.',
  steps: [
    {
      id: 'new',
      title: 'Make a notebook',
      description:
        'A notebook is a file of cells that you run one by one.\n[New TypeScript Notebook](command:elara.newNotebook)',
      media: { markdown: 'media/walkthrough/new.md' },
      completionEvents: ['onCommand:elara.newNotebook'],
    },
    {
      id: 'run',
      title: 'Run a cell',
      description:
        'Press Shift+Enter. Types are checked beside the run, and what you declare is there for the next cells.',
      media: { markdown: 'media/walkthrough/run.md' },
    },
    {
      id: 'debug',
      title: 'Stop at a line',
      description:
        'Click beside a line number of a cell, and choose *Debug Cell* in the menu beside its run button: steps, variables, conditions and log points are those of the editor.',
      media: { markdown: 'media/walkthrough/debug.md' },
      completionEvents: ['onCommand:elara.debugCell'],
    },
    {
      id: 'kernels',
      title: 'Choose another kernel',
      description:
        'Every installed Jupyter kernel is in the list at the top right of a notebook; kernels that run already can be joined.\n[Connect to a Running Kernel](command:elara.connect)',
      media: { markdown: 'media/walkthrough/kernels.md' },
    },
  ],
} as const;

/** The manifest's `contributes`. */
export function contributes(): Record<string, unknown> {
  const commands: [string, CommandContribution][] = Object.entries(COMMANDS);
  const menus: Record<string, unknown[]> = {
    commandPalette: commands.flatMap(([command, { palette }]) =>
      palette === undefined ? [] : [{ command, when: palette === false ? 'false' : palette }],
    ),
    'file/newFile': [{ command: 'elara.newNotebook', group: 'notebook' }],
  };
  for (const [command, { menus: places = [] }] of commands) {
    for (const { place, when, group } of places) {
      menus[place] ??= [];
      menus[place].push({ command, when, group });
    }
  }
  return {
    commands: commands.map(([command, { title, icon }]) => ({
      command,
      title,
      category: 'Elara',
      ...(icon && { icon }),
    })),
    menus,
    keybindings: commands.flatMap(([command, { keybinding }]) => (keybinding ? [{ command, ...keybinding }] : [])),
    notebookRenderer: Object.entries(RENDERERS).map(([id, { name, ...renderer }]) => ({
      id,
      displayName: name,
      ...renderer,
    })),
    // Sessions begin with a cell: nobody writes a configuration of them.
    debuggers: [{ type: DEBUG_TYPE, label: 'Elara: Notebook Cells', hiddenWhen: 'true' }],
    breakpoints: ['typescript', 'javascript', 'python'].map((language) => ({ language })),
    typescriptServerPlugins: [{ name: TYPESCRIPT_PLUGIN, enableForWorkspaceTypeScriptVersions: true }],
    configuration: {
      title: 'Elara',
      properties: Object.fromEntries(
        Object.entries(SETTINGS).map(([id, setting], index) => [id, { order: index + 1, ...setting }]),
      ),
    },
    viewsContainers: { activitybar: [{ id: 'elara', title: 'Elara', icon: 'media/elara.svg' }] },
    views: {
      elara: Object.entries(VIEWS).map(([id, { name, icon }]) => ({ id, name, icon, contextualTitle: 'Elara' })),
    },
    viewsWelcome: [
      {
        view: 'elara.kernels',
        contents:
          'No kernel is running.\n[New TypeScript Notebook](command:elara.newNotebook)\n[Connect to a Running Kernel](command:elara.connect)',
      },
      {
        view: 'elara.variables',
        contents: 'Run a cell of a notebook: the variables of its kernel are listed here.',
      },
      {
        view: 'elara.historyView',
        contents: 'Run a cell of a notebook: what its kernel has run, now and before, is listed here.',
      },
    ],
    walkthroughs: [WALKTHROUGH],
  };
}
