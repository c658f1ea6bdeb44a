/** The notebook editor that is open. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { CodeServer } from '../server.ts';
import { until, type WaitOptions } from '../waiting.ts';
import { Cell } from './cell.ts';
import { chooseLine } from './menu.ts';
import { click, leave, PRESS_MS } from './mouse.ts';
import { Outputs } from './outputs.ts';
import type { QuickInput } from './quick-input.ts';

/** The lines of VS Code's kernel picker that lead to more kernels. */
const MORE_KERNELS = [/^Select Another Kernel/, /^Elara/];

export class Notebook {
  readonly #server: CodeServer;
  readonly #page: Page;
  readonly #quickInput: QuickInput;
  readonly root: Locator;
  readonly outputs: Outputs;

  constructor(server: CodeServer, page: Page, quickInput: QuickInput) {
    this.#server = server;
    this.#page = page;
    this.#quickInput = quickInput;
    this.root = page.locator('.notebookOverlay:visible');
    this.outputs = new Outputs(page);
  }

  /** Resolves when its cells are shown. */
  async opened(): Promise<void> {
    await until('the notebook to show its cells', async () => (await this.#rows.count()) > 0, { page: this.#page });
  }

  get #rows(): Locator {
    return this.root.locator('.cell-list-container .monaco-list-row');
  }

  /** @param index From 0; markdown cells count. */
  cell(index: number): Cell {
    return new Cell(this.#page, this, index);
  }

  async cellCount(): Promise<number> {
    return Number((await this.#rows.first().getAttribute('aria-setsize')) ?? 0);
  }

  /** Scrolls with the mouse's wheel until a cell is in sight. */
  async reveal(index: number): Promise<void> {
    await until(
      `cell ${index} to be in sight`,
      async () => {
        const distance = await this.#distanceTo(index);
        if (distance === 0) return true;
        const list = await this.#list.boundingBox();
        if (!list) return false;
        // Left of the outputs, which may scroll by themselves.
        await this.#page.mouse.move(list.x + 10, list.y + list.height / 2);
        await this.#page.mouse.wheel(0, distance);
        return (await this.#distanceTo(index)) === 0;
      },
      { page: this.#page },
    );
  }

  get #list(): Locator {
    return this.root.locator('.cell-list-container > .monaco-list');
  }

  /** How far to scroll until a cell is in sight, in pixels; 0 if it is. Cells far away are not in the page. */
  async #distanceTo(index: number): Promise<number> {
    const list = await this.#list.boundingBox();
    const rows = await this.#rows.evaluateAll((elements) =>
      elements.map((row) => ({
        index: Number(row.dataset.index),
        box: row.getBoundingClientRect().toJSON() as DOMRect,
      })),
    );
    const row = rows.find((row) => row.index === index);
    if (!list) return 0;
    if (!row) return (rows.some((row) => row.index < index) ? 0.8 : -0.8) * list.height;
    const inSight = row.box.top >= list.y - 1 && row.box.top + Math.min(row.box.height, 60) <= list.y + list.height;
    return inSight ? 0 : row.box.top - list.y - list.height / 4;
  }

  /** The label of its kernel as the toolbar shows it: "Select Kernel" if there is none. */
  async kernel(): Promise<string> {
    return (await this.root.locator('.kernel-label').textContent())?.trim() ?? '';
  }

  /** Resolves when it has no kernel, and something of ours that asks for one when it is run. */
  async asksForKernel(): Promise<void> {
    const asks = this.root.getByRole('button', { name: 'Asks when a cell is run' });
    await until('the notebook to be about to ask for a kernel', () => asks.isVisible(), { page: this.#page });
  }

  /** Chooses a kernel of the picker, whichever of its levels it is on. Does nothing where it is chosen already. */
  async pickKernel(label: string): Promise<void> {
    if ((await this.kernel()).includes(label)) return;
    const quick = this.#quickInput;
    await until(
      `the kernel ${label} in the picker`,
      async () => {
        if (!(await quick.isOpen())) {
          await this.root.locator('.kernel-label').click();
          await quick.opened();
        }
        const row = quick.row(label);
        if (await row.isVisible()) {
          await row.click();
          return true;
        }
        for (const more of MORE_KERNELS) {
          const way = quick.row(more);
          if (!(await way.isVisible())) continue;
          await way.click();
          return false;
        }
        // The last level does not show what comes while it is open: it is opened again.
        if ((await quick.lines()).length > 0) await quick.cancel();
        return false;
      },
      { page: this.#page },
    );
    await quick.closed();
    await until(`the toolbar to name the kernel ${label}`, async () => (await this.kernel()).includes(label), {
      page: this.#page,
    });
  }

  /** Presses a button of its toolbar: `Run All`, `Restart`, `Interrupt`, … Looks into "More Actions…" too. */
  async press(button: string | RegExp): Promise<void> {
    const toolbar = this.root.locator('.notebook-toolbar-container');
    const shown = toolbar.getByRole('button', { name: button }).first();
    const items = this.#page.getByRole('menuitem');
    const more = items.filter({ hasText: button }).first();
    await until(
      `the button ${button} of the notebook`,
      async () => {
        if (await shown.isVisible()) {
          const isPressed = await click(shown);
          await leave(this.#page);
          return isPressed;
        }
        await toolbar.getByRole('button', { name: 'More Actions...' }).click({ timeout: PRESS_MS });
        await items.first().waitFor({ timeout: PRESS_MS });
        if (await more.isVisible()) {
          await chooseLine(this.#page, more);
          return true;
        }
        // It may come with the state of the kernel.
        await this.#page.keyboard.press('Escape');
        return false;
      },
      { page: this.#page },
    );
  }

  async runAll(): Promise<void> {
    await this.press('Run All');
  }

  /** Runs all cells and waits until each code cell has ended; resolves to their states. */
  async runAllToEnd(options: WaitOptions = {}): Promise<string[]> {
    await this.runAll();
    await this.cell(await this.#firstCodeCell()).waitFor(['pending', 'running', 'done', 'failed'], options);
    return await this.ended(options);
  }

  async #firstCodeCell(): Promise<number> {
    for (let index = 0; index < (await this.cellCount()); index++) if (await this.#isCode(index)) return index;
    throw new Error('The notebook has no code cell.');
  }

  async #isCode(index: number): Promise<boolean> {
    await this.reveal(index);
    return /\bcode-cell-row\b/.test((await this.cell(index).row.getAttribute('class')) ?? '');
  }

  /** Waits until no cell runs or waits; resolves to the states of the code cells. */
  async ended(options: WaitOptions = {}): Promise<string[]> {
    const states: string[] = [];
    for (let index = 0; index < (await this.cellCount()); index++) {
      if (await this.#isCode(index)) states.push(await this.cell(index).waitFor(['idle', 'done', 'failed'], options));
    }
    return states;
  }

  /** Saves it and waits until its file is written. */
  async save(): Promise<void> {
    const name = await this.#page.locator('.tab.active').getAttribute('data-resource-name');
    const file = join(this.#server.workspace, name ?? '');
    const { mtimeMs: before } = statSync(file);
    await this.#page.keyboard.press('Control+s');
    // The tab shows no changes any more as soon as they begin to be written.
    const isSaved = async () => statSync(file).mtimeMs !== before && !(await this.isDirty());
    await until(`${file} to be saved`, isSaved, { page: this.#page });
  }

  async isDirty(): Promise<boolean> {
    return (await this.#page.locator('.tab.active.dirty').count()) > 0;
  }
}
