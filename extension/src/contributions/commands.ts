export interface CommandContribution {
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

/** Id of what stands in the place of a kernel until one is chosen. */
export const ASKING = 'ask';
/** What the ids of our controllers begin with: of the .vsix, or of the folder that F5 starts. */
const OURS = '^elara\\.(elara|@elara\\/extension)\\/';
/** True in a notebook whose kernel is one of ours. */
const OUR_KERNEL = `notebookKernel =~ /${OURS}(?!${ASKING}$)/`;
/** The same, or one that is to be asked for. */
const OUR_NOTEBOOK = `notebookKernel =~ /${OURS}/`;
const A_NOTEBOOK = 'notebookType == jupyter-notebook';
/** Languages of files whose lines a kernel may run, by VS Code's names. */
export const SCRIPT_LANGUAGES = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python'];
/** In an editor of such a file. */
const A_SCRIPT = `editorLangId =~ /^(${SCRIPT_LANGUAGES.join('|')})$/ && !notebookEditorFocused`;
/** The context key: the file in the editor has its interactive notebook, so that Shift+Enter is ours. */
export const HAS_INTERACTIVE = 'elara.hasInteractiveNotebook';
/** The context key: "Run in Kernel…" has the keyboard. */
export const IS_RECALLING = 'elara.isRecalling';
/** The context key: the box at the top asks what a cell wants to know. */
export const IS_ASKED = 'elara.isAsked';
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
  'elara.answer': { title: 'Answer the Question of a Cell', icon: '$(question)', palette: OUR_KERNEL },
  'elara.giveNoAnswer': {
    title: 'Give No Answer',
    palette: false,
    keybinding: { key: 'escape', when: `${IS_ASKED} && inQuickInput` },
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

/** Keys for commands of VS Code. */
export const KEYBINDINGS = [
  // As in JupyterLab: runs the cell and stays in it. VS Code has it on macOS only.
  {
    command: 'notebook.cell.execute',
    key: 'ctrl+enter',
    when: `notebookCellListFocused && !inlineChatFocused && ${OUR_NOTEBOOK}`,
  },
] as const;
