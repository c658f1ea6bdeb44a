/** The page of a data view, which is a webview in a tab. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { until, type WaitOptions } from '../waiting.ts';

export class TableTab {
  readonly #page: Page;
  readonly frame: FrameLocator;

  private constructor(page: Page, frame: FrameLocator) {
    this.#page = page;
    this.frame = frame;
  }

  /** Resolves when the table of this name is shown in a tab. */
  static async opened(page: Page, name: string, options: WaitOptions = {}): Promise<TableTab> {
    return await until(
      `a data view of ${name}`,
      async () => {
        for (const webview of await page.locator('iframe.webview.ready').all()) {
          // Others come and go before it.
          const own = page.locator(`iframe.webview[name="${await webview.getAttribute('name')}"]`);
          const frame = own.contentFrame().locator('#active-frame').contentFrame();
          if (await frame.locator('.bar .name', { hasText: name }).isVisible()) return new TableTab(page, frame);
        }
        return undefined;
      },
      { page, ...options },
    );
  }

  get grid(): Locator {
    return this.frame.getByRole('grid');
  }

  /** `4 rows × 3 columns`. */
  async status(wanted: string | RegExp): Promise<string> {
    return await until(
      `the data view to say ${wanted}`,
      async () => {
        const said = (await this.frame.locator('.status').textContent()) ?? '';
        return typeof wanted === 'string' ? said === wanted && said : wanted.test(said) && said;
      },
      { page: this.#page },
    );
  }

  /** The cells of the first rows that are seen, without their numbers. */
  async rows(count: number): Promise<string[][]> {
    const rows = await this.frame.locator('.body .row').all();
    return await Promise.all(rows.slice(0, count).map((row) => row.locator('.cell').allTextContents()));
  }

  async waitForRows(wanted: readonly (readonly string[])[]): Promise<void> {
    await until(
      `the rows ${JSON.stringify(wanted)}`,
      async () => JSON.stringify(await this.rows(wanted.length)) === JSON.stringify(wanted),
      { page: this.#page },
    );
  }

  async sort(column: string): Promise<void> {
    await this.frame.locator('.title', { hasText: column }).click();
  }

  async filter(column: string, text: string): Promise<void> {
    await this.frame.getByRole('textbox', { name: `Filter ${column}` }).fill(text);
  }
}
