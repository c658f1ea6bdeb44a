/** Notifications at the bottom right, and modal dialogs. */
import type { Locator, Page } from 'playwright-core';
import { until } from '../waiting.ts';

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

  /** Waits for a modal dialog that says this and presses one of its buttons. */
  async dialog(text: string | RegExp, button: string | RegExp): Promise<void> {
    const box = this.#page.locator('.monaco-dialog-box').filter({ hasText: text });
    await until(`a dialog that says ${text}`, () => box.isVisible(), { page: this.#page });
    await box.getByRole('button', { name: button }).click();
    await until(`the dialog ${text} to close`, async () => !(await box.isVisible()), { page: this.#page });
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

  async close(): Promise<void> {
    await this.root.hover();
    await this.root.getByRole('button', { name: /^Clear Notification/ }).click();
  }
}
