/** VS Code's debugger, while a session lasts. */
import type { Locator, Page } from 'playwright-core';
import { until } from '../waiting.ts';
import type { Workbench } from '../workbench.ts';
import type { Cell } from './cell.ts';
import { chooseLine } from './menu.ts';
import { press } from './mouse.ts';

export class Debugger {
  readonly #page: Page;
  readonly #command: (title: string) => Promise<void>;
  readonly toolbar: Locator;

  constructor(workbench: Workbench) {
    this.#page = workbench.page;
    this.#command = (title) => workbench.command(title);
    this.toolbar = this.#page.locator('.debug-toolbar');
  }

  /** Sets a breakpoint, or takes it away: puts the cursor into the line of the cell and presses F9. */
  async toggleBreakpoint(cell: Cell, line: number): Promise<void> {
    await cell.focus();
    await this.#page.keyboard.press('Control+Home');
    for (let at = 1; at < line; at++) await this.#page.keyboard.press('ArrowDown');
    await this.#page.keyboard.press('F9');
  }

  /** Lines of a cell that have a breakpoint which the kernel knows. */
  async breakpointLines(cell: Cell): Promise<number[]> {
    const tops = async (locator: Locator): Promise<number[]> => {
      const boxes = await Promise.all((await locator.all()).map((one) => one.boundingBox()));
      return boxes.flatMap((box) => (box === null ? [] : [Math.round(box.y)])).sort((a, b) => a - b);
    };
    const lines = await tops(cell.row.locator('.view-line'));
    const glyphs = await tops(cell.row.locator('.glyph-margin-widgets .codicon-debug-breakpoint'));
    return glyphs.map((glyph) => lines.findLastIndex((line) => line <= glyph + 2) + 1);
  }

  /** Shows the view "Run and Debug", which comes by itself only at breakpoints. */
  async show(): Promise<void> {
    await this.#command('View: Show Run and Debug');
  }

  /** Adds a breakpoint with a text: its condition, or what it writes. */
  async addBreakpoint(
    cell: Cell,
    line: number,
    kind: 'Conditional Breakpoint' | 'Logpoint',
    text: string,
  ): Promise<void> {
    await cell.focus();
    await this.#page.keyboard.press('Control+Home');
    for (let at = 1; at < line; at++) await this.#page.keyboard.press('ArrowDown');
    await this.#command(`Debug: Add ${kind}...`);
    const widget = cell.row.locator('.breakpoint-widget');
    await until(
      `the box for the ${kind} to have the focus`,
      () => widget.locator('.monaco-editor.focused').isVisible(),
      {
        page: this.#page,
      },
    );
    await this.#page.keyboard.insertText(text);
    await this.#page.keyboard.press('Enter');
    await until(`the ${kind} to be set`, async () => !(await widget.isVisible()), { page: this.#page });
  }

  /** "Debug Cell" in the menu beside the run button of a cell. */
  async debug(cell: Cell): Promise<void> {
    await cell.pressButton('chevron-down');
    await chooseLine(this.#page, this.#page.getByRole('menuitem', { name: 'Debug Cell' }));
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

  /** Resolves when as many sessions stand still. */
  async sessions(count: number): Promise<void> {
    await until(
      `${count} sessions that stand still`,
      async () => {
        const rows = await this.#page.locator('.debug-call-stack .monaco-list-row').allInnerTexts();
        const found = rows.filter((row) => /paused/i.test(row)).length;
        if (found !== count && !(count === 1 && (await this.frames()).length > 0 && found === 0))
          throw new Error(rows.join('\n'));
        return true;
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

  /** Unfolds a scope or a value of the view "Variables", if it is not. */
  async expand(name: string): Promise<void> {
    const row = this.#page.locator('.debug-variables .monaco-list-row', { hasText: name }).first();
    await until(
      `${name} to be unfolded`,
      async () => {
        if ((await row.getAttribute('aria-expanded')) === 'true') return true;
        await row.locator('.monaco-tl-twistie').click();
        return false;
      },
      { page: this.#page },
    );
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
    await press(this.toolbar.getByRole('button', { name: new RegExp(`^${button}`) }));
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
