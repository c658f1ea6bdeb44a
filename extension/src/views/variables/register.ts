import { commands, env, window } from 'vscode';
import type { Context } from '../../context.ts';
import { VARIABLES_SEARCHED, type ViewId } from '../../contributions.ts';
import type { RunningKernel } from '../../kernels/kernel.ts';
import { saysBusy } from '../../long-wait.ts';
import type { Session } from '../../session.ts';
import type { DataViews } from '../data/data-views.ts';
import type { FrontSession } from '../front-session.ts';
import { searchBox } from '../search-box.ts';
import { sizedType } from './shown-variable.ts';
import { variableSourceOf } from './source-of.ts';
import type { VariableLine } from './variables-model.ts';
import { type MoreLine, VariablesModel } from './variables-model.ts';
import { VariablesTree } from './variables-tree.ts';

/** The view Variables: those of the kernel of the notebook in front. The kernel is asked only while the view is seen. */
export function registerVariablesView(context: Context, front: FrontSession, data: DataViews): void {
  let model: VariablesModel | undefined;
  let kernel: RunningKernel | undefined;
  let restarts: Disposable | undefined;
  let sought = '';

  const tree = new VariablesTree(
    () => tell(),
    () => kernel && tell(saysBusy(kernel.displayName, 'its variables')),
  );
  const view = window.createTreeView('elara.variables' satisfies ViewId, { treeDataProvider: tree });

  const tell = (why?: string): void => {
    view.message = why ?? model?.message ?? '';
    view.description = kernel?.displayName ?? '';
  };

  const drop = (): void => {
    model?.dispose();
    restarts?.[Symbol.dispose]();
    model = undefined;
    restarts = undefined;
    kernel = undefined;
  };

  /** Follows the kernel in front, while somebody looks. */
  const follow = (session: Session | undefined): void => {
    const wanted = view.visible ? session?.kernel : undefined;
    if (wanted === kernel) return;
    drop();
    kernel = wanted;
    const source = wanted && variableSourceOf(wanted);
    if (wanted !== undefined && typeof source === 'object') {
      model = new VariablesModel(source);
      model.sought = sought;
      model.onDidChange(() => tree.refresh());
      // Its comms are gone with its process.
      restarts = wanted.onDidRestart(() => {
        drop();
        follow(session);
      });
    }
    tree.model = model;
    tell(typeof source === 'string' ? source : undefined);
  };

  const search = (text: string): void => {
    sought = text;
    if (model) model.sought = text;
    void commands.executeCommand('setContext', VARIABLES_SEARCHED, text !== '');
  };

  context.command('elara.variables.search', async () => {
    await commands.executeCommand('elara.variables.focus');
    searchBox('Search Variables', 'Part of a name or a type', sought, search);
  });
  context.command('elara.variables.showAll', () => search(''));
  context.command('elara.variables.refresh', () => {
    drop();
    follow(front.current);
  });
  context.command('elara.variables.showMore', (line: MoreLine) => model?.showMore(line));
  context.command('elara.variable.copyName', ({ variable: { name, path } }: VariableLine) =>
    env.clipboard.writeText(path ?? name),
  );
  context.command('elara.variable.copyValue', ({ variable }: VariableLine) => env.clipboard.writeText(variable.value));
  context.command('elara.variable.openData', async (line: VariableLine | undefined) => {
    const session = front.current;
    if (session === undefined) throw new Error('The notebook in front has no running kernel. Run a cell to start it.');
    const chosen = line?.variable ?? (await pickTable(session.kernel));
    if (chosen?.table !== undefined) data.open(session, { name: chosen.path ?? chosen.name, subject: chosen.table });
  });

  context.extension.subscriptions.push(
    view,
    front.onDidChange(follow),
    view.onDidChangeVisibility(() => follow(front.current)),
    { dispose: drop },
  );
  follow(front.current);
}

/** Asks which of the variables that have rows is meant. */
async function pickTable(kernel: RunningKernel) {
  const source = variableSourceOf(kernel);
  if (typeof source === 'string') throw new Error(source);
  try {
    const { variables } = await source.list();
    const items = variables
      .filter(({ table }) => table !== undefined)
      .map((variable) => ({
        label: variable.name,
        description: sizedType(variable),
        detail: variable.value,
        variable,
      }));
    if (items.length === 0) throw new Error('No variable has rows: arrays, maps, sets and tables have some.');
    return (await window.showQuickPick(items, { title: 'Open in Data View', matchOnDescription: true }))?.variable;
  } finally {
    source.dispose();
  }
}
