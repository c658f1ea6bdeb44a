/** VS Code's debugger, while a session lasts. */
import type { Locator, Page } from 'playwright-core';
import { until } from '../waiting.ts';
import type { Cell } from './cell.ts';

export class Debugger {
  readonly #page: Page;
  readonly toolbar: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.toolbar = page.locator('.debug-toolbar');
  }

  /** Sets a breakpoint, or takes it away: puts the cursor into the line of the cell and presses F9. */
  async toggleBreakpoint(cell: Cell, line: number): Promise<void> {
    await cell.focus();
    await this.#page.keyboard.press('Control+Home');
    for (let at = 1; at < line; at++) await this.#page.keyboard.press('ArrowDown');
    await this.#page.keyboard.press('F9');
  }

  /** "Debug Cell" in the menu beside the run button of a cell. */
  async debug(cell: Cell): Promise<void> {
    await cell.reveal();
    await cell.row.locator('.cell.code').hover();
    await cell.row.locator('.run-button-container .codicon-chevron-down').click();
    await this.#page.getByRole('menuitem', { name: 'Debug Cell' }).click();
  }

  /** Resolves when the code stands still, with what the stack is: `area Cell 1 3:10`. */
  async stopped(top: RegExp): Promise<string[]> {
    return await until(
      `the code to stand still at ${top}`,
      async () => {
        const frames = await this.frames();
        if (!top.test(frames[0] ?? '')) throw new Error(`The stack is:\n${frames.join('\n')}`);
        return frames;
      },
      { page: this.#page },
    );
  }

  /** The calls that led here, the innermost first. */
  async frames(): Promise<string[]> {
    const rows = this.#page.locator('.debug-call-stack .monaco-list-row .stack-frame');
    return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  /** The lines of the view "Variables": `width: 1`. */
  async variables(): Promise<string[]> {
    const rows = this.#page.locator('.debug-variables .monaco-list-row');
    return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  async variable(wanted: RegExp): Promise<string> {
    return await until(
      `a variable ${wanted}`,
      async () => {
        const lines = await this.variables();
        const found = lines.find((line) => wanted.test(line));
        if (found === undefined) throw new Error(`There are:\n${lines.join('\n')}`);
        return found;
      },
      { page: this.#page },
    );
  }

  /** Presses a button of the debugger's toolbar: `Continue`, `Step Over`, `Step Into`, `Step Out`, `Stop`. */
  async press(button: string): Promise<void> {
    await this.toolbar.getByRole('button', { name: new RegExp(`^${button}`) }).click();
  }

  /** Resolves when there is no session any more. */
  async ended(): Promise<void> {
    await until('the debugger to end', async () => !(await this.toolbar.isVisible()), { page: this.#page });
  }

  /** The line at which the code stands, in the cell's editor. */
  currentLine(cell: Cell): Locator {
    return cell.row.locator('.debug-top-stack-frame-line');
  }
}
