/** What cells put out: it lives in one webview of the notebook, below the cells' editors. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

export class Outputs {
  readonly #page: Page;
  /** The webview's own document. */
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.#page = page;
    this.frame = page
      .locator('.notebookOverlay:visible iframe.webview.ready')
      .first()
      .contentFrame()
      .locator('#active-frame')
      .contentFrame();
  }

  /**
   * The outputs of a cell that is in sight: each is one `.output`. Cell and outputs share no id, but its outputs lie below the
   * top of its row and above that of the next.
   */
  async of(row: Locator): Promise<Locator> {
    const top = (await row.boundingBox())?.y ?? 0;
    const next = Math.min(...(await this.#tops()).filter((y) => y > top));
    const ids: string[] = [];
    for (const id of await this.#ids()) {
      const box = await this.frame.locator(`[id="${id}"] .output_container`).first().boundingBox();
      if (box && box.height > 0 && box.y >= top && box.y < next) ids.push(id);
    }
    return this.frame.locator(ids.map((id) => `[id="${id}"] .output_container .output`).join(', ') || '.none');
  }

  /** Of the rows of all cells that are in sight. */
  async #tops(): Promise<number[]> {
    const rows = this.#page.locator('.notebookOverlay:visible .cell-list-container .monaco-list-row');
    return await rows.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().y));
  }

  /** Of the cells that have outputs. */
  async #ids(): Promise<string[]> {
    if ((await this.#page.locator('.notebookOverlay:visible iframe.webview.ready').count()) === 0) return [];
    return await this.frame.locator('.cell_container').evaluateAll((elements) => elements.map((element) => element.id));
  }
}
