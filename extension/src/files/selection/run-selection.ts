import { Position, Range, Selection, type TextEditor, TextEditorRevealType, window } from 'vscode';
import { SCRIPT_LANGUAGES } from '../../contributions/commands.ts';
import { isCell } from '../interactive/association.ts';
import type { InteractiveNotebooks } from '../interactive/interactive.ts';
import { dedented } from './selected-code.ts';

/** Runs what is selected, or the statement at the cursor, which then goes to the next one. */
export async function runSelection(interactive: InteractiveNotebooks): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined || isCell(editor.document))
    throw new Error('Put the cursor into a file of TypeScript, JavaScript or Python to run its lines.');
  const { document } = editor;
  if (!SCRIPT_LANGUAGES.includes(document.languageId))
    throw new Error(`Lines of ${document.languageId} are not run. Open a file of TypeScript, JavaScript or Python.`);
  const code = editor.selection.isEmpty
    ? await statementAtCursor(editor)
    : dedented(document.getText(editor.selection));
  if (code === '') return;
  const { asCell } = await import('./statements.ts');
  await interactive.run(document, asCell(code, document.languageId));
}

/** The statement at the cursor; the cursor is put at the one after it. */
async function statementAtCursor(editor: TextEditor): Promise<string> {
  const { document, selection } = editor;
  const { line } = selection.active;
  const { statementsOf, statementAt } = await import('./statements.ts');
  let statements: ReturnType<typeof statementsOf>;
  try {
    statements = statementsOf(document.getText(), document.languageId);
  } catch {
    // Where the file is no code, the line is what there is to run: the kernel says what is wrong with it.
    return dedented(document.lineAt(line).text);
  }
  const statement = statementAt(statements, line);
  if (statement === undefined) return '';
  const next = statementAt(statements, statement.last + 1);
  const lastLine = document.lineAt(statement.last);
  if (next !== undefined) moveTo(editor, new Position(next.first, 0));
  return document.getText(new Range(new Position(statement.first, 0), lastLine.range.end));
}

function moveTo(editor: TextEditor, position: Position): void {
  editor.selection = new Selection(position, position);
  editor.revealRange(new Range(position, position), TextEditorRevealType.InCenterIfOutsideViewport);
}
