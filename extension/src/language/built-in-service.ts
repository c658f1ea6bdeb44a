import { Disposable, extensions, type NotebookDocument, workspace } from 'vscode';
import type { PluginConfiguration } from '../../typescript-plugin/plugin.ts';
import type { Context } from '../context.ts';
import { TYPESCRIPT_PLUGIN } from '../contributions.ts';
import { messageOf } from '../log.ts';
import type { Session } from '../session.ts';
import { isOurKind } from './asking.ts';

const BUILT_IN = 'vscode.typescript-language-features';

/** What VS Code's own extension for TypeScript offers to others. */
interface TypeScriptExtension {
  getAPI(version: 0): { configurePlugin(id: string, configuration: PluginConfiguration): void } | undefined;
}

/** Tells VS Code's own TypeScript service what to leave to our kernels. */
export function keepBuiltInServiceQuiet(context: Context): Disposable {
  let told = '';

  async function tell(): Promise<void> {
    const { sessions } = context;
    const answered = pathsOf(workspace.notebookDocuments.filter((notebook) => isAnswered(sessions.of(notebook))));
    const chosen = pathsOf(workspace.notebookDocuments.filter((notebook) => sessions.chosen(notebook)?.kind === 'own'));
    const configuration: PluginConfiguration = { answered, chosen };
    const key = JSON.stringify(configuration);
    const extension = extensions.getExtension<TypeScriptExtension>(BUILT_IN);
    if (key === told || extension === undefined) return;
    told = key;
    try {
      (await extension.activate()).getAPI(0)?.configurePlugin(TYPESCRIPT_PLUGIN, configuration);
    } catch (error) {
      context.log.debug(`VS Code's TypeScript service answers beside the kernel: ${messageOf(error)}`);
    }
  }

  return Disposable.from(
    context.sessions.onDidChange(() => void tell()),
    context.sessions.onDidChoose(() => void tell()),
  );
}

function isAnswered(session: Session | undefined): boolean {
  return session !== undefined && isOurKind(session.kernel);
}

function pathsOf(notebooks: readonly NotebookDocument[]): string[] {
  return notebooks.map(({ uri }) => uri.path).sort();
}
