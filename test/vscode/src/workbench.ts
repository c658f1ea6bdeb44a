/** A window of VS Code. */
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { newContext } from './browser.ts';
import { leave, PRESS_MS, pressOver } from './parts/mouse.ts';
import { Notebook } from './parts/notebook.ts';
import { Notifications } from './parts/notifications.ts';
import { QuickInput } from './parts/quick-input.ts';
import { TreeView } from './parts/tree-view.ts';
import { screenshots } from './paths.ts';
import type { CodeServer } from './server.ts';
import { TIMEOUT_MS, until } from './waiting.ts';

/** Of the window, in pixels. Cells out of sight are not in the page: a long notebook wants a high window. */
export interface WorkbenchOptions {
  /** Default: 1280 */
  readonly width?: number;
  /** Default: 1000 */
  readonly height?: number;
}

/** Looks for a file in the explorer, before its button "Refresh" is pressed. */
const LOOKS_BEFORE_REFRESH = 20;

export class Workbench implements AsyncDisposable {
  readonly server: CodeServer;
  readonly #context: BrowserContext;
  /** For what has no method here. */
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  /** The notebook editor in front. */
  readonly notebook: Notebook;

  private constructor(server: CodeServer, context: BrowserContext, page: Page) {
    this.server = server;
    this.#context = context;
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.notebook = new Notebook(server, page, this.quickInput);
  }

  /** Opens the server's workspace in a window without a past. Resolves when the extensions are there. */
  static async open(server: CodeServer, options: WorkbenchOptions = {}): Promise<Workbench> {
    const context = await newContext(viewportOf(options));
    try {
      return await Workbench.#in(context, server, `${server.url}/?folder=${encodeURIComponent(server.workspace)}`);
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  /** Opens its folder anew, by another address of the server. */
  async moveTo(url: string): Promise<void> {
    const { search } = new URL(this.page.url());
    await this.page.goto(`${url}/${search}`);
    await this.#ready();
  }

  /** Another window of the same browser on the same folder, with what is open in this one. Both end with this one. */
  async another(): Promise<Workbench> {
    await this.#editorsStored();
    return await Workbench.#in(this.#context, this.server, this.page.url());
  }

  static async #in(context: BrowserContext, server: CodeServer, url: string): Promise<Workbench> {
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    await page.goto(url);
    const workbench = new Workbench(server, context, page);
    await workbench.#ready();
    return workbench;
  }

  /** A notebook that is opened before the extensions have registered opens as JSON text, and stays so. */
  async #ready(): Promise<void> {
    await until(
      'VS Code to register its extensions',
      () => this.page.evaluate(() => performance.getEntriesByName('code/didLoadExtensions').length > 0),
      { page: this.page, timeoutMs: 2 * TIMEOUT_MS },
    );
  }

  /** Runs a command of the palette by its whole title, such as `Notebook: Run All`. */
  async command(title: string): Promise<void> {
    const { quickInput } = this;
    await until(
      'the command palette',
      async () => {
        if (!(await quickInput.isOpen())) await this.page.keyboard.press('F1');
        return (await quickInput.isOpen()) && (await quickInput.value()).startsWith('>');
      },
      { page: this.page },
    );
    await quickInput.fill(`>${title}`);
    await quickInput.pick(title);
  }

  /** The titles that the palette offers for what is typed. */
  async commands(typed: string): Promise<string[]> {
    await this.page.keyboard.press('F1');
    await this.quickInput.opened();
    await this.quickInput.fill(`>${typed}`);
    const lines = await until(
      `commands for ${typed}`,
      async () => {
        const found = await this.quickInput.lines();
        return found.length > 0 && found;
      },
      { page: this.page },
    );
    await this.quickInput.cancel();
    return lines;
  }

  /** Opens a file by a double click in the explorer; for a `preview` by a single one. */
  async openFile(name: string, { preview = false } = {}): Promise<void> {
    const row = this.page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: true });
    const tab = this.page.locator('.tab.active', { has: this.page.getByText(name, { exact: true }) });
    let looks = 0;
    await until(
      `${name} in the explorer`,
      async () => {
        if (await row.isVisible()) return true;
        // A file that is written while the window begins to watch its folder is seen by neither listing nor watcher.
        if (++looks % LOOKS_BEFORE_REFRESH === 0) await this.#refreshExplorer();
        return false;
      },
      { page: this.page },
    );
    await until(
      `${name} to have the tab in front`,
      async () => {
        // Files that come or go move the others, and the click may hit another one.
        await row.click({ clickCount: preview ? 1 : 2, timeout: PRESS_MS });
        await tab.first().waitFor({ timeout: PRESS_MS });
        return true;
      },
      { page: this.page },
    );
  }

  async #refreshExplorer(): Promise<void> {
    const explorer = this.page.locator('.pane', { has: this.page.locator('.explorer-folders-view') });
    await pressOver(explorer.locator('.pane-header'), explorer.getByRole('button', { name: 'Refresh Explorer' }));
  }

  /** Opens a notebook by a double click in the explorer; resolves when its cells are shown. */
  async openNotebook(name: string): Promise<Notebook> {
    await this.openFile(name);
    await this.notebook.opened();
    return this.notebook;
  }

  /** Shows a container of the activity bar, such as `Elara`. */
  async openContainer(name: string): Promise<void> {
    const item = this.page
      .locator('.activitybar .action-item', { has: this.page.locator(`[aria-label^="${name}"]`) })
      .first();
    if ((await item.getAttribute('class'))?.includes('checked')) return;
    await item.click();
    await until(`${name} in the side bar`, async () => (await item.getAttribute('class'))?.includes('checked'), {
      page: this.page,
    });
  }

  /** A view of the side bar, unfolded. */
  async view(container: string, title: string): Promise<TreeView> {
    await this.openContainer(container);
    const view = new TreeView(this.page, title);
    await view.open();
    return view;
  }

  /** The texts of the status bar. */
  async statusBar(): Promise<string[]> {
    return await this.page.locator('.statusbar-item').allInnerTexts();
  }

  /** "Reload Window": the extension host ends, and a new one starts. */
  async reload(): Promise<void> {
    await this.#editorsStored();
    await this.page.evaluate(() => performance.clearMarks('code/didLoadExtensions'));
    await this.command('Developer: Reload Window');
    await this.#ready();
  }

  /**
   * The browser's own reload. No command is given: its palette would take the place of what asks a person something.
   * @param kept What the window has to have kept by then: VS Code stores what extensions tell it a tenth of a second later.
   */
  async reloadPage(kept: string): Promise<void> {
    await this.#editorsStored();
    await this.#stored('elara.elara', kept);
    await this.page.reload();
    await this.#ready();
  }

  /** VS Code in a browser writes down every five seconds what is open, and nothing more when the page goes. */
  async #editorsStored(): Promise<void> {
    const tabs = this.page.locator('.tab[data-resource-name$=".ipynb"]');
    const names = await tabs.evaluateAll((all) => all.map((tab) => tab.getAttribute('data-resource-name') ?? ''));
    for (const name of names) await this.#stored('memento/workbench.parts.editor', name);
  }

  async #stored(key: string, text: string): Promise<void> {
    await until(`VS Code to store ${text} as ${key}`, () => this.page.evaluate(isStored, { key, text }), {
      page: this.page,
    });
  }

  /** Renames a file in the explorer. */
  async renameFile(name: string, to: string): Promise<void> {
    const explorer = this.page.locator('.explorer-folders-view');
    await explorer.getByRole('treeitem', { name, exact: true }).click();
    await this.page.keyboard.press('F2');
    const box = explorer.locator('.explorer-item-edited input');
    await box.fill(to);
    await box.press('Enter');
    await until(`a tab of ${to}`, () => this.page.locator('.tab', { hasText: to }).first().isVisible(), {
      page: this.page,
    });
  }

  async resize(options: WorkbenchOptions): Promise<void> {
    await this.page.setViewportSize(viewportOf(options));
  }

  /** Closes everything that has been opened in it, without saving, and other windows: as it was at first. */
  async closeAll(): Promise<void> {
    const { page, quickInput } = this;
    for (const other of this.#context.pages()) if (other !== page) await other.close();
    // Escape would go to them.
    await this.notifications.clear();
    if (await quickInput.isOpen()) await quickInput.cancel();
    await this.#closeEditors();
    if (await page.locator('.part.panel').isVisible()) await this.command('View: Toggle Panel Visibility');
    await this.openContainer('Explorer');
    await this.notifications.clear();
    await leave(page);
  }

  async #closeEditors(): Promise<void> {
    const tab = this.page.locator('.tab').first();
    if (!(await tab.isVisible())) return;
    await this.command('View: Close All Editors');
    const unsaved = this.page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
    await until(
      'all editors to be closed',
      async () => {
        if (await unsaved.isVisible()) await unsaved.click({ timeout: PRESS_MS });
        return !(await tab.isVisible());
      },
      { page: this.page },
    );
  }

  /** A picture in `test/vscode/screenshots/`. Returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(screenshots, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }
}

function viewportOf({ width = 1280, height = 1000 }: WorkbenchOptions): { width: number; height: number } {
  return { width, height };
}

/** Runs in the page: whether what a database of VS Code's state has under a key contains this text. */
async function isStored({ key, text }: { key: string; text: string }): Promise<boolean> {
  const result = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('vscode-web-state-db-')) continue;
    const database = await result(indexedDB.open(name));
    const item = await result<unknown>(database.transaction('ItemTable').objectStore('ItemTable').get(key));
    database.close();
    if (String(item).includes(text)) return true;
  }
  return false;
}
