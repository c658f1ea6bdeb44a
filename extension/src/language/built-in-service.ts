import { type Disposable, extensions } from 'vscode';
import type { PluginConfiguration } from '../../typescript-plugin/plugin.ts';
import type { Context } from '../context.ts';
import { TYPESCRIPT_PLUGIN } from '../contributions.ts';
import { messageOf } from '../log.ts';
import { isOurKind } from './asking.ts';

const BUILT_IN = 'vscode.typescript-language-features';

/** What VS Code's own extension for TypeScript offers to others. */
interface TypeScriptExtension {
  getAPI(version: 0): { configurePlugin(id: string, configuration: PluginConfiguration): void } | undefined;
}

/** Tells VS Code's own TypeScript service which notebooks to leave to our kernels. */
export function keepBuiltInServiceQuiet(context: Context): Disposable {
  let told = '';

  async function tell(): Promise<void> {
    const notebooks = context.sessions.all
      .filter(({ kernel }) => isOurKind(kernel))
      .map(({ notebook }) => notebook.uri.path)
      .sort();
    const key = notebooks.join('\n');
    const extension = extensions.getExtension<TypeScriptExtension>(BUILT_IN);
    if (key === told || extension === undefined) return;
    told = key;
    try {
      (await extension.activate()).getAPI(0)?.configurePlugin(TYPESCRIPT_PLUGIN, { notebooks });
    } catch (error) {
      context.log.debug(`VS Code's TypeScript service answers beside the kernel: ${messageOf(error)}`);
    }
  }

  return context.sessions.onDidChange(() => void tell());
}
