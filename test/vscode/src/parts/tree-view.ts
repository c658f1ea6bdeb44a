/** A section of the side bar, such as the extension's Kernels. */
import type { Locator, Page } from 'playwright-core';
import { until, type WaitOptions } from '../waiting.ts';
import { chooseLine } from './menu.ts';
import { pressOver } from './mouse.ts';

export class TreeView {
  readonly #page: Page;
  readonly #title: string;
  readonly root: Locator;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.#title = title;
    this.root = page
      .locator('.pane')
      .filter({ has: page.locator('.pane-header', { has: page.getByText(title, { exact: true }) }) })
      .first();
  }

  /** Unfolds the section. */
  async open(): Promise<void> {
    await until(`the view ${this.#title}`, () => this.root.isVisible(), { page: this.#page });
    const header = this.root.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  }

  /** What stands above its rows. */
  async message(): Promise<string> {
    return (await this.root.locator('.message').allInnerTexts()).join('\n').trim();
  }

  get rows(): Locator {
    return this.root.locator('.monaco-list-row');
  }

  /** The rows that are in sight: label and description. */
  async texts(): Promise<string[]> {
    return await this.rows.allInnerTexts();
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text }).first();
  }

  async waitForRow(text: string | RegExp, options: WaitOptions = {}): Promise<Locator> {
    const row = this.row(text);
    await until(`the row ${text} in the view ${this.#title}`, () => row.isVisible(), { page: this.#page, ...options });
    return row;
  }

  async expand(text: string | RegExp): Promise<void> {
    const row = await this.waitForRow(text);
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
    await until(`${text} to unfold`, async () => (await row.getAttribute('aria-expanded')) === 'true', {
      page: this.#page,
    });
  }

  /** Presses one of the buttons that a row shows under the mouse. */
  async pressInline(text: string | RegExp, button: string): Promise<void> {
    const row = await this.waitForRow(text);
    await pressOver(row, row.getByRole('button', { name: button }));
  }

  /** Chooses a line of a row's context menu. */
  async contextMenu(text: string | RegExp, item: string): Promise<void> {
    const row = await this.waitForRow(text);
    await row.click({ button: 'right' });
    await chooseLine(this.#page, this.#page.getByRole('menuitem', { name: item }));
  }
}
