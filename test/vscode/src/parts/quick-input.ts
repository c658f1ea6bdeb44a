/** The box at the top of the window: command palette, pick lists, input boxes. */
import { basename, extname } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { until } from '../waiting.ts';

/** For a dialog for files to take an answer, in milliseconds. */
const ANSWER_MS = 3_000;

export class QuickInput {
  readonly #page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.root = page.locator('.quick-input-widget');
  }

  get #input(): Locator {
    return this.root.locator('.quick-input-filter input');
  }

  get #rows(): Locator {
    return this.root.locator('.quick-input-list .monaco-list-row');
  }

  async isOpen(): Promise<boolean> {
    return await this.root.isVisible();
  }

  /** Resolves when it is there, with what it says: title, placeholder and message, whatever it has. */
  async opened(text: string | RegExp = ''): Promise<string> {
    return await until(
      `the quick input to say ${text || 'anything'}`,
      async () => {
        if (!(await this.isOpen())) return undefined;
        const said = await this.#said();
        return typeof text === 'string' ? said.includes(text) && said : text.test(said) && said;
      },
      { page: this.#page },
    );
  }

  async #said(): Promise<string> {
    const parts = [
      await this.root.locator('.quick-input-title').textContent(),
      await this.#input.getAttribute('placeholder'),
      await this.root.locator('.quick-input-message').textContent(),
    ];
    return parts.filter(Boolean).join(' | ');
  }

  async closed(): Promise<void> {
    await until('the quick input to close', async () => !(await this.isOpen()), { page: this.#page });
  }

  /** The lines of the list that are visible: label, description and detail, as they are read out. */
  async lines(): Promise<string[]> {
    const rows = await this.#rows.all();
    return await Promise.all(rows.map(async (row) => (await row.getAttribute('aria-label')) ?? ''));
  }

  /** Waits until a line has this label and chooses it. The list is filtered by it first, so it may be out of sight. */
  async pick(label: string | RegExp): Promise<void> {
    const row = this.row(label);
    await until(`the line ${label} in the quick input`, () => row.isVisible(), { page: this.#page });
    await row.click();
  }

  /** The line whose label this is (a text: exactly). */
  row(label: string | RegExp): Locator {
    const exact = typeof label === 'string' ? new RegExp(`^\\s*${RegExp.escape(label)}\\s*$`) : label;
    return this.#rows.filter({ has: this.#page.locator('.label-name', { hasText: exact }) }).first();
  }

  /** Puts text in place of what the input box has. */
  async fill(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  async value(): Promise<string> {
    return await this.#input.inputValue();
  }

  /** True if what is typed is not shown. */
  async isPassword(): Promise<boolean> {
    return (await this.#input.getAttribute('type')) === 'password';
  }

  async accept(): Promise<void> {
    await this.#input.press('Enter');
  }

  /** Presses Escape until it is closed: what has just come may not hear it yet. */
  async cancel(): Promise<void> {
    await until(
      'the quick input to close',
      async () => {
        await this.#page.keyboard.press('Escape');
        await this.root.waitFor({ state: 'hidden', timeout: ANSWER_MS });
        return true;
      },
      { page: this.#page },
    );
  }

  /** Answers VS Code's own dialog for a new file with its path, once the dialog has proposed one. */
  async saveAs(path: string): Promise<void> {
    await until(
      `the dialog for ${path}`,
      async () => (await this.isOpen()) && (await this.value()).endsWith(extname(path)),
      { page: this.#page },
    );
    await this.fill(path);
    await this.#takeFile(path);
  }

  /** Answers VS Code's own dialog for files with a path. It takes one only once it has listed the folder, and forgets what was typed before. */
  async chooseFile(path: string): Promise<void> {
    await until(
      `the dialog for files to list ${path}`,
      async () => {
        if ((await this.value()) !== path) await this.fill(path);
        return (await this.row(basename(path)).isVisible()) && (await this.value()) === path;
      },
      { page: this.#page },
    );
    await this.#takeFile(path);
  }

  /** Types the path, if it is not there any more, and presses Enter until the dialog takes it: it does not while it looks at what was typed. */
  async #takeFile(path: string): Promise<void> {
    await until(
      `the dialog to take ${path}`,
      async () => {
        if (!(await this.isOpen())) return true;
        const found = await this.value();
        if (found !== path) await this.fill(path);
        await this.#input.press('Enter', { timeout: ANSWER_MS });
        try {
          await this.root.waitFor({ state: 'hidden', timeout: ANSWER_MS });
        } catch (cause) {
          const lines = await this.#rows.evaluateAll((rows) => rows.map((row) => `${row.className} ${row.ariaLabel}`));
          const state = { found, value: await this.value(), said: await this.#said(), lines };
          throw new Error(`It stays open: ${JSON.stringify(state)}.`, { cause });
        }
        return true;
      },
      { page: this.#page },
    );
  }
}
