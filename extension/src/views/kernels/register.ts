import { window } from 'vscode';
import type { Context } from '../../context.ts';
import type { ViewId } from '../../contributions.ts';
import { registerKernelsCommands } from './commands.ts';
import { KernelWatch } from './kernel-watch.ts';
import { KernelsTree } from './kernels-tree.ts';

/** Between two looks at the memory of kernels, in milliseconds. */
const MEASURE_MS = 5000;
/** Changes that come so close are shown together. */
const TOGETHER_MS = 100;

/** The view Kernels. */
export function registerKernelsView(context: Context): void {
  const { kernels, sessions } = context;
  const watch = new KernelWatch(context.log);
  const tree = new KernelsTree(context, watch);
  const view = window.createTreeView('elara.kernels' satisfies ViewId, { treeDataProvider: tree });

  let refreshing: NodeJS.Timeout | undefined;
  const refresh = (): void => {
    refreshing ??= setTimeout(() => {
      refreshing = undefined;
      tree.refresh();
    }, TOGETHER_MS);
  };

  let measuring: NodeJS.Timeout | undefined;
  const measure = async (): Promise<void> => {
    clearTimeout(measuring);
    measuring = undefined;
    if (!view.visible) return;
    await watch.measure(tree.entries);
    clearTimeout(measuring);
    measuring = setTimeout(() => void measure(), MEASURE_MS);
  };

  const follow = (): void => {
    watch.follow(kernels.open);
    refresh();
    void measure();
  };
  follow();

  context.extension.subscriptions.push(
    view,
    watch,
    kernels.onDidChangeOpen(follow),
    kernels.onDidChangeSources(refresh),
    sessions.onDidChange(refresh),
    watch.onDidChange(refresh),
    view.onDidChangeVisibility(() => void measure()),
    {
      dispose() {
        clearTimeout(refreshing);
        clearTimeout(measuring);
      },
    },
  );
  registerKernelsCommands(context);
}
