import { commands, type ExtensionContext, type LogOutputChannel, type Uri, window, workspace } from 'vscode';
import type { Context, SettingValue } from './context.ts';
import type { CommandId, SettingId } from './contributions.ts';
import type { Kernels } from './kernels/kernels.ts';
import { detailsOf, messageOf } from './log.ts';
import type { Sessions } from './session.ts';

const SHOW_LOG = 'Show Log';

/** What the rooms share, before there are kernels and sessions. */
export type Base = Omit<Context, 'kernels' | 'sessions'>;

export function makeBase(extension: ExtensionContext, log: LogOutputChannel): Base {
  async function showError(message: string, ...actions: string[]): Promise<string | undefined> {
    const pressed = await window.showErrorMessage(message, ...actions, SHOW_LOG);
    if (pressed === SHOW_LOG) log.show();
    return pressed;
  }

  return {
    extension,
    log,
    showError,
    command(id: CommandId, handler: (...args: never[]) => unknown) {
      const handle = async (...args: never[]): Promise<unknown> => {
        try {
          return await handler(...args);
        } catch (error) {
          log.error(`${id}: ${detailsOf(error)}`);
          void showError(messageOf(error));
          return undefined;
        }
      };
      extension.subscriptions.push(commands.registerCommand(id, handle));
    },
    setting<Id extends SettingId>(id: Id, resource?: Uri): SettingValue<Id> {
      const value = workspace.getConfiguration(undefined, resource).get<SettingValue<Id>>(id);
      if (value === undefined) throw new TypeError(`The setting ${id} has no default.`);
      return value;
    },
  };
}

export function makeContext(base: Base, kernels: Kernels, sessions: Sessions): Context {
  return { ...base, kernels, sessions };
}
