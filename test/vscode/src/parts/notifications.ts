/** Notifications at the bottom right, and modal dialogs. */
import type { Locator, Page } from 'playwright-core';
import { until } from '../waiting.ts';
import { PRESS_MS } from './mouse.ts';

export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #toasts(): Locator {
    return this.#page.locator('.notification-toast');
  }

  /** What those say that are shown now. */
  async messages(): Promise<string[]> {
    return await this.#toasts.locator('.notification-list-item-message').allTextContents();
  }

  /** The first one that says this, when it is there. */
  async wait(text: string | RegExp, options: { timeoutMs?: number } = {}): Promise<Notification> {
    const toast = this.#toasts.filter({ hasText: text }).first();
    await until(`a notification that says ${text}`, () => toast.isVisible(), { ...options, page: this.#page });
    return new Notification(toast);
  }

  /** Closes those that are shown; some go by themselves meanwhile. */
  async clear(): Promise<void> {
    const toast = this.#toasts.first();
    const button = toast.getByRole('button', { name: /^Clear Notification/ });
    await until(
      'no notification to be shown',
      async () => {
        if (!(await toast.isVisible())) return true;
        await toast.hover({ timeout: PRESS_MS });
        await button.click({ timeout: PRESS_MS });
        return false;
      },
      { page: this.#page },
    );
  }

  /** The modal dialog that says this, when it is there. */
  async dialog(text: string | RegExp): Promise<Dialog> {
    const box = this.#page.locator('.monaco-dialog-box').filter({ hasText: text });
    await until(`a dialog that says ${text}`, () => box.isVisible(), { page: this.#page });
    return new Dialog(box, this.#page);
  }
}

export class Dialog {
  readonly root: Locator;
  readonly #page: Page;

  constructor(root: Locator, page: Page) {
    this.root = root;
    this.#page = page;
  }

  async text(): Promise<string> {
    return await this.root.locator('.dialog-message-container').innerText();
  }

  async buttons(): Promise<string[]> {
    return await this.root.locator('.dialog-buttons .monaco-button').allTextContents();
  }

  /** Presses a button; resolves when the dialog is gone. */
  async press(button: string): Promise<void> {
    await this.root.getByRole('button', { name: button, exact: true }).click();
    await until(`the dialog to close after ${button}`, async () => !(await this.root.isVisible()), {
      page: this.#page,
    });
  }
}

export class Notification {
  readonly root: Locator;

  constructor(root: Locator) {
    this.root = root;
  }

  async text(): Promise<string> {
    return (await this.root.locator('.notification-list-item-message').textContent()) ?? '';
  }

  async buttons(): Promise<string[]> {
    return await this.root.locator('.notification-list-item-buttons-container .monaco-button').allTextContents();
  }

  async press(button: string): Promise<void> {
    await this.root.getByRole('button', { name: button, exact: true }).click();
  }
}
