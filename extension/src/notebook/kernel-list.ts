import { posix } from 'node:path';
import { commands, type NotebookDocument, type QuickPick, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { CommandId } from '../contributions.ts';
import type { KernelSource } from '../kernels/kernel.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Base } from '../make-context.ts';
import { selectKernel } from '../select-kernel.ts';
import type { Sessions } from '../session.ts';
import { fits } from './fitting.ts';
import { notebookKernel } from './metadata.ts';

interface Line extends QuickPickItem {
  readonly source?: KernelSource;
  /** What leads to other kernels. */
  readonly command?: string;
}

const KINDS: readonly (readonly [KernelSource['kind'], string])[] = [
  ['own', 'Elara'],
  ['installed', 'Installed'],
  ['running', 'Running'],
  ['server', 'Jupyter Servers'],
];

const MORE: readonly Line[] = [
  separator('More'),
  more('$(plug) Connect to a Running Kernel by Its Connection File…', 'elara.connect' satisfies CommandId),
  more('$(remote) Connect to a Jupyter Server…', 'elara.connectServer' satisfies CommandId),
  more('$(extensions) Kernels of Other Extensions…', 'notebook.selectKernel'),
];

/**
 * Asks which kernel shall run a notebook, and selects it. The list follows what is found while it is open, and leads to other
 * lists, which do the same.
 * @param sessions Know of a kernel that is chosen elsewhere meanwhile: nothing is left to be asked then.
 */
export async function askForKernel(
  base: Base,
  notebook: NotebookDocument,
  kernels: Kernels,
  sessions: Pick<Sessions, 'chosen' | 'onDidChoose'>,
): Promise<void> {
  const list = window.createQuickPick<Line>();
  list.title = 'Select Kernel';
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.keepScrollPosition = true;
  show(list, notebook, kernels);
  const following = kernels.onDidChangeSources(() => show(list, notebook, kernels));
  const choosing = sessions.onDidChoose((other) => {
    if (other === notebook && sessions.chosen(notebook) !== undefined) list.hide();
  });
  try {
    const line = await answer(list);
    if (line?.command !== undefined) await commands.executeCommand(line.command);
    else if (line?.source !== undefined) await selectKernel(base, notebook, line.source.id);
  } finally {
    following[Symbol.dispose]();
    choosing.dispose();
    list.dispose();
  }
}

function questionFor(notebook: NotebookDocument, { sources }: Kernels): string {
  const name = posix.basename(notebook.uri.path);
  const { specName } = notebookKernel(notebook.metadata);
  if (specName === undefined || sources.some((source) => fits(source, notebook.metadata)))
    return `What shall run ${name}?`;
  return `${name} names the kernel "${specName}", which is not installed. What shall run it?`;
}

function show(list: QuickPick<Line>, notebook: NotebookDocument, kernels: Kernels): void {
  list.placeholder = questionFor(notebook, kernels);
  const [active] = list.activeItems;
  list.items = linesOf(notebook, kernels);
  const same = list.items.find(({ label, source }) => active?.label === label && active.source?.id === source?.id);
  if (same !== undefined) list.activeItems = [same];
}

/** Those that are for the notebook come first. */
function linesOf(notebook: NotebookDocument, { sources }: Kernels): Line[] {
  const wanted = sources.filter((source) => fits(source, notebook.metadata));
  const groups: [string, readonly KernelSource[]][] = [
    ['For This Notebook', wanted],
    ...KINDS.map(([kind, title]): [string, readonly KernelSource[]] => [
      title,
      sources.filter((source) => source.kind === kind && !wanted.includes(source)),
    ]),
  ];
  const lines = groups
    .filter(([, members]) => members.length > 0)
    .flatMap(([title, members]) => [separator(title), ...members.map(lineOf)]);
  return [...lines, ...MORE];
}

function lineOf(source: KernelSource): Line {
  const { label, description, detail } = source;
  return { label, description, detail, source };
}

function separator(label: string): Line {
  return { label, kind: QuickPickItemKind.Separator };
}

function more(label: string, command: string): Line {
  return { label, command, alwaysShow: true };
}

async function answer(list: QuickPick<Line>): Promise<Line | undefined> {
  const { promise, resolve } = Promise.withResolvers<Line | undefined>();
  list.onDidAccept(() => {
    const [line] = list.selectedItems;
    if (line !== undefined) resolve(line);
  });
  list.onDidHide(() => resolve(undefined));
  list.show();
  const line = await promise;
  list.hide();
  return line;
}
