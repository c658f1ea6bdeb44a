/**
 * What the extension contributes to VS Code, said once: the manifest is generated from this table, and the code takes its
 * ids from here. Nothing of VS Code is imported, so that scripts can read it.
 */
import { COMMANDS, type CommandContribution, KEYBINDINGS, SCRIPT_LANGUAGES } from './contributions/commands.ts';
import { RENDERERS } from './contributions/renderers.ts';
import { SETTINGS } from './contributions/settings.ts';
import { VIEWS } from './contributions/views.ts';
import { WALKTHROUGH } from './contributions/walkthrough.ts';

export {
  type CommandId,
  HAS_INTERACTIVE,
  HISTORY_SEARCHED,
  IS_ASKED,
  IS_RECALLING,
  VARIABLES_SEARCHED,
} from './contributions/commands.ts';
export type { RendererId } from './contributions/renderers.ts';
export { SETTINGS, type SettingId } from './contributions/settings.ts';
export type { ViewId } from './contributions/views.ts';

/** Sessions of VS Code's debugger in cells. */
export const DEBUG_TYPE = 'elara';

/** The plugin of VS Code's own TypeScript service: see `typescript-plugin/`. */
export const TYPESCRIPT_PLUGIN = 'elara-typescript-plugin';

/** The notebooks of Jupyter, as VS Code names them. */
export const NOTEBOOK_TYPE = 'jupyter-notebook';

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
    keybindings: [
      ...commands.flatMap(([command, { keybinding }]) => (keybinding ? [{ command, ...keybinding }] : [])),
      ...KEYBINDINGS,
    ],
    notebookRenderer: Object.entries(RENDERERS).map(([id, { name, ...renderer }]) => ({
      id,
      displayName: name,
      ...renderer,
    })),
    // Sessions begin with a cell: nobody writes a configuration of them.
    debuggers: [{ type: DEBUG_TYPE, label: 'Elara: Notebook Cells', hiddenWhen: 'true' }],
    breakpoints: SCRIPT_LANGUAGES.map((language) => ({ language })),
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
