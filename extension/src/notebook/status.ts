import { commands, type QuickPickItem, StatusBarAlignment, type StatusBarItem, window, workspace } from 'vscode';
import type { Context } from '../context.ts';
import type { CommandId } from '../contributions.ts';
import { frontEditor } from '../front-editor.ts';
import type { RunningKernel } from '../kernels/kernel.ts';
import { kernelControl } from './kernel-control.ts';
import type { Activity, NotebookSession } from './notebook-session.ts';
import type { NotebookSessions } from './sessions.ts';

/** How long a state lasts before it is shown, in milliseconds: what comes and goes faster would only flicker. */
const STEADY_MS = 150;

const ICONS: Readonly<Record<Activity, string>> = {
  idle: '$(circle-large-outline)',
  busy: '$(circle-large-filled)',
  asking: '$(question)',
  interrupting: '$(loading~spin)',
  restarting: '$(loading~spin)',
  disconnected: '$(debug-disconnect)',
};

/** The state of the kernel of the notebook in front, in the status bar; pressed, it offers what can be done about it. */
export function registerStatus(context: Context, sessions: NotebookSessions): void {
  const item = window.createStatusBarItem('elara.kernel', StatusBarAlignment.Left);
  item.name = 'Kernel of the Notebook';
  item.command = 'elara.kernelActions' satisfies CommandId;
  let timer: NodeJS.Timeout | undefined;

  const show = (): void => {
    timer = undefined;
    const notebook = frontEditor()?.notebook;
    const session = notebook && sessions.of(notebook);
    if (session !== undefined) describe(item, session);
    else if (notebook !== undefined && sessions.isStarting(notebook)) starting(item);
    else item.hide();
  };
  const update = (): void => {
    timer ??= setTimeout(show, STEADY_MS);
  };

  const { interrupt } = kernelControl(context);
  context.command('elara.kernelActions', async () => {
    const notebook = frontEditor()?.notebook;
    const session = notebook && sessions.of(notebook);
    if (notebook === undefined) throw new Error('Open a notebook first.');
    const actions = session === undefined ? WITHOUT : actionsFor(session, () => interrupt(session));
    const title = session?.kernel.displayName ?? 'No kernel runs for this notebook';
    const chosen = await window.showQuickPick(actions, { title, placeHolder: 'What to do' });
    await chosen?.run();
  });
  context.extension.subscriptions.push(
    item,
    sessions.onDidChange(update),
    sessions.onDidChangeStarting(update),
    window.onDidChangeActiveNotebookEditor(update),
    workspace.onDidCloseNotebookDocument(update),
    { dispose: () => clearTimeout(timer) },
  );
  show();
}

interface Action extends QuickPickItem {
  run(): Thenable<unknown>;
}

function actionsFor(session: NotebookSession, interrupt: () => Promise<void>): Action[] {
  const stop = { label: '$(debug-pause) Interrupt', description: 'Ends the cell that runs', run: interrupt };
  const answer = action('$(question)', 'Answer…', 'The cell that runs asks something', 'elara.answer');
  return [
    ...(session.activity === 'asking' ? [answer] : []),
    ...(session.pending.length > 0 ? [stop] : []),
    action('$(debug-restart)', 'Restart', 'Its variables are lost', 'elara.restart'),
    action('$(run-all)', 'Restart and Run All Cells', '', 'elara.restartAndRunAll'),
    action('$(stop-circle)', 'Shut Down', 'The next run starts another one', 'elara.shutDown'),
    action('$(server-process)', 'Choose Another Kernel…', '', 'notebook.selectKernel'),
    action('$(output)', 'Show Log', '', 'elara.showLog'),
  ];
}

const WITHOUT: readonly Action[] = [
  action('$(server-process)', 'Choose a Kernel…', '', 'notebook.selectKernel'),
  action('$(output)', 'Show Log', '', 'elara.showLog'),
];

function action(icon: string, label: string, description: string, command: string): Action {
  return { label: `${icon} ${label}`, description, run: () => commands.executeCommand(command) };
}

function describe(item: StatusBarItem, { kernel, activity, pending }: NotebookSession): void {
  const waiting =
    pending.length > 1 ? `, ${pending.length - 1} more ${pending.length === 2 ? 'cell waits' : 'cells wait'}` : '';
  item.text = `${ICONS[activity]} ${kernel.displayName}`;
  item.tooltip = `${kernel.displayName}: ${activity}${waiting}\n${placeOf(kernel)}`;
  item.accessibilityInformation = { label: `Kernel ${kernel.displayName}, ${activity}${waiting}`, role: 'button' };
  item.show();
}

function starting(item: StatusBarItem): void {
  item.text = '$(loading~spin) Starting the kernel…';
  item.tooltip = 'The kernel of this notebook is being started';
  item.accessibilityInformation = { label: 'The kernel is being started', role: 'button' };
  item.show();
}

function placeOf({ place }: RunningKernel): string {
  if (place.kind === 'server') return place.url;
  return place.pid === undefined ? place.connectionFile : `process ${place.pid}`;
}
