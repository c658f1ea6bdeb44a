import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { CommandId, SETTINGS, SettingId } from './contributions.ts';
import type { Kernels } from './kernels/kernels.ts';
import type { Sessions } from './session.ts';

type Widen<T> = T extends boolean ? boolean : T extends number ? number : T extends string ? string : never;

/** The type of a setting's value, from the table of contributions. */
export type SettingValue<Id extends SettingId> = (typeof SETTINGS)[Id] extends {
  readonly enum: readonly (infer Value)[];
}
  ? Value
  : Widen<(typeof SETTINGS)[Id]['default']>;

/** What the rooms of the extension share. Each room is a function `register…(context)`, called once by `activate`. */
export interface Context {
  readonly extension: ExtensionContext;
  readonly log: LogOutputChannel;
  /** The kernels that there are, and how to open them. */
  readonly kernels: Kernels;
  /** The notebooks that have a running kernel. */
  readonly sessions: Sessions;
  /** Registers a command; an error that it throws is shown with what to do, and a button for the log. */
  command(id: CommandId, handler: (...args: never[]) => unknown): void;
  setting<Id extends SettingId>(id: Id, resource?: import('vscode').Uri): SettingValue<Id>;
  /** Shows an error with the button "Show Log", and what else can be done about it. Resolves to the button pressed. */
  showError(message: string, ...actions: string[]): Promise<string | undefined>;
}
