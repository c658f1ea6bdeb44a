/**
 * The pictures of the extension's README, and the one that moves. They are written to `screenshots/`; with ELARA_PICTURES=1
 * also to where the README has them.
 */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { animatedPng, type Frame } from '../animated-png.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { Debugger } from '../parts/debugger.ts';
import { repository, screenshots } from '../paths.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

const DATA = `interface Day { day: string; mm: number }
const week: Day[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((day, index) => ({
  day,
  mm: [4, 0, 12.5, 3, 7][index] ?? 0,
}));
week`;
const TOTAL = `let total = 0;
for (const { day, mm } of week) {
  const inches = mm / 25.4;
  total += inches;
}
total.toFixed(2)`;

class Film {
  readonly #page: Page;
  readonly #frames: Frame[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  async shot(ms: number): Promise<void> {
    this.#frames.push({ png: await this.#page.screenshot(), ms });
  }

  bytes(): Buffer {
    return animatedPng(this.#frames);
  }
}

scenarios('pictures', { ownServer: true, width: 1120, height: 880 }, (scenario, server) => {
  scenario('of the README', async (workbench) => {
    const { page } = workbench;
    symlinkSync(join(repository, 'node_modules'), join(server().workspace, 'node_modules'));
    server().write('rain.ipynb', typescriptNotebook(DATA, '', TOTAL));
    const notebook = await workbench.openNotebook('rain.ipynb');
    await notebook.pickKernel('TypeScript (Elara)');
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    const film = new Film(page);
    await film.shot(1200);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(0).waitForOutput('12.5');
    await film.shot(1500);

    // At once: Enter would take a suggestion that comes up just then.
    await notebook.cell(1).fill("import * as Plot from '@observablehq/plot';\n");
    await page.keyboard.type('Plot.bar');
    await notebook.cell(1).suggestions('barY');
    await film.shot(1500);
    await page.keyboard.press('Escape');
    await notebook
      .cell(1)
      .fill(
        "import * as Plot from '@observablehq/plot';\nPlot.barY(week, { x: 'day', y: 'mm', fill: 'steelblue', sort: { x: null } }).plot({ height: 180 })",
      );
    await page.keyboard.press('Escape');
    await film.shot(1000);
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    await notebook.cell(1).waitForElement('svg rect');
    await film.shot(2200);
    keep('notebook.png', await page.screenshot());

    // All of the last cell into sight.
    await notebook.reveal(2);
    await page.mouse.wheel(0, 1000);
    const debug = new Debugger(workbench);
    await debug.toggleBreakpoint(notebook.cell(2), 4);
    await film.shot(1000);
    await debug.debug(notebook.cell(2));
    await debug.stopped(/Cell 3 4:/);
    await debug.expand('Block');
    await debug.variable(/^inches\b/);
    await film.shot(2500);
    keep('debug.png', await page.screenshot());
    await debug.toggleBreakpoint(notebook.cell(2), 4);
    await debug.press('Continue');
    await notebook.cell(2).waitForOutput('1.04');
    await debug.ended();
    await film.shot(1500);

    const moving = film.bytes();
    keep('tour.png', moving);
    keep('views.png', await pictureOfViews());
    await isShown(moving);

    async function pictureOfViews(): Promise<Buffer> {
      await workbench.openContainer('Elara');
      const row = page.locator('.pane-body .monaco-list-row');
      await until(
        'the kernel and its variables to be listed',
        async () => {
          const rows = await row.allInnerTexts();
          return rows.some((text) => text.includes('week')) && rows.some((text) => text.includes('TypeScript'));
        },
        { page },
      );
      return await page.screenshot();
    }

    async function isShown(png: Buffer): Promise<void> {
      const shown = await page.context().newPage();
      await shown.setContent(`<img src="data:image/png;base64,${png.toString('base64')}">`);
      const width = await shown.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth);
      assert.equal(width, 1120);
      await shown.close();
    }
  });
});

function keep(name: string, picture: Buffer): void {
  writeFileSync(join(screenshots, `readme-${name}`), picture);
  if (process.env.ELARA_PICTURES !== '1') return;
  const folder = join(repository, 'extension/media/readme');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), picture);
}
