import {
  type CancellationToken,
  commands,
  EventEmitter,
  type InputBox,
  type NotebookCell,
  NotebookCellStatusBarAlignment,
  type NotebookCellStatusBarItem,
  notebooks,
  ThemeIcon,
  window,
} from 'vscode';
import { type CommandId, IS_ASKED, NOTEBOOK_TYPE } from '../contributions.ts';
import { frontEditor } from '../front-editor.ts';
import type { Base } from '../make-context.ts';
import { askInEditor } from './input-editor.ts';
import { OneInSight } from './one-in-sight.ts';

const SEVERAL_LINES = { iconPath: new ThemeIcon('list-flat'), tooltip: 'Answer in Several Lines' };
const NO_ANSWER = { iconPath: new ThemeIcon('circle-slash'), tooltip: 'Give No Answer (Escape)' };

/** Of a prompt at its cell, in characters. */
const LONGEST_PROMPT = 60;

export interface Asked {
  readonly cell: NotebookCell;
  readonly title: string;
  readonly prompt: string;
  readonly password: boolean;
}

/** What was done with a box: its line was taken, an editor wanted instead, or no answer given. */
type Answer = 'line' | 'lines' | undefined;

interface OpenQuestion extends Asked {
  readonly box: InputBox;
  show(): void;
  settle(answer: Answer): void;
}

/**
 * What cells want to know from the person. The box that asks is hidden by every list that VS Code opens, such as the palette: the
 * question waits at its cell then, whose status bar brings it back.
 */
export class CellQuestions {
  readonly #open = new OneInSight<OpenQuestion>();

  constructor({ extension, command }: Pick<Base, 'extension' | 'command'>) {
    command('elara.answer', (cell?: NotebookCell) => this.#answer(cell));
    command('elara.giveNoAnswer', () => this.#open.inSight?.settle(undefined));
    const changed = new EventEmitter<void>();
    this.#open.onDidChange(() => {
      void commands.executeCommand('setContext', IS_ASKED, this.#open.inSight !== undefined);
      changed.fire();
    });
    extension.subscriptions.push(
      changed,
      notebooks.registerNotebookCellStatusBarItemProvider(NOTEBOOK_TYPE, {
        onDidChangeCellStatusBarItems: changed.event,
        provideCellStatusBarItems: (cell) => this.#open.waiting.filter((each) => each.cell === cell).map(statusBarItem),
      }),
    );
  }

  /** Undefined: the person gave no answer, or the question was withdrawn. */
  async ask(asked: Asked, token: CancellationToken): Promise<string | undefined> {
    if (token.isCancellationRequested) return undefined;
    const { title, prompt, password } = asked;
    const { promise, resolve: settle } = Promise.withResolvers<Answer>();
    const box = window.createInputBox();
    const buttons = password ? [NO_ANSWER] : [SEVERAL_LINES, NO_ANSWER];
    Object.assign(box, { title, prompt, password, ignoreFocusOut: true, buttons });
    const question: OpenQuestion = { ...asked, box, settle, show: () => box.show() };
    box.onDidAccept(() => settle('line'));
    box.onDidTriggerButton((button) => settle(button === SEVERAL_LINES ? 'lines' : undefined));
    box.onDidHide(() => this.#open.putAside(question));
    token.onCancellationRequested(() => settle(undefined));
    this.#open.add(question);
    const answer = await promise;
    const { value } = box;
    this.#open.remove(question);
    box.dispose();
    if (answer === 'lines') return await askInEditor(`${title}: ${prompt}`, value, token);
    return answer && value;
  }

  /** Brings the question of a cell back, or of the notebook in front, or else the oldest. */
  #answer(cell: NotebookCell | undefined): void {
    const { waiting } = this.#open;
    const notebook = frontEditor()?.notebook;
    const question =
      waiting.find((each) => each.cell === cell) ??
      waiting.find((each) => each.cell.notebook === notebook) ??
      waiting[0];
    if (question === undefined) throw new Error('No cell asks anything.');
    this.#open.show(question);
  }
}

function statusBarItem({ cell, prompt }: OpenQuestion): NotebookCellStatusBarItem {
  const command = { command: 'elara.answer' satisfies CommandId, title: 'Answer', arguments: [cell] };
  return {
    text: `$(question) ${prompt.length > LONGEST_PROMPT ? `${prompt.slice(0, LONGEST_PROMPT)}…` : prompt}`,
    alignment: NotebookCellStatusBarAlignment.Left,
    command,
    tooltip: 'The cell asks: press to answer',
    accessibilityInformation: { label: `The cell asks: ${prompt}`, role: 'button' },
  };
}
