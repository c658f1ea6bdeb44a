/** New notebooks, and notebooks as other files. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newContext } from '../browser.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { screenshots } from '../paths.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';
import type { Workbench } from '../workbench.ts';

const CELLS = [
  { markdown: '# Rain\n\nMillimetres of a week, and their mean $\\bar{x}$.' },
  'const rain = [4, 0, 12.5, 3, 0, 0, 7];\nconst mean: number = rain.reduce((sum, mm) => sum + mm) / rain.length;\nmean.toFixed(2)',
  "console.log('\\x1b[32mdry\\x1b[0m days:', rain.filter((mm) => mm === 0).length);\nconsole.warn('a warning');",
  `const bar = (mm: number, day: number) =>
  '<rect x="' + day * 30 + '" y="' + (90 - mm * 7) + '" width="24" height="' + mm * 7 + '" fill="steelblue"/>';
Deno.jupyter.display({
  'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" width="210" height="90">' + rain.map(bar).join('') + '</svg>',
}, { raw: true });`,
  'rain.map((mm, day) => ({ day, mm }))',
  "throw new RangeError('no more <rain>')",
] as const;

scenarios('files', { height: 1500 }, (scenario, server) => {
  scenario('a new notebook runs at once', async (workbench) => {
    await workbench.command('Elara: New TypeScript Notebook');
    const { notebook } = workbench;
    await notebook.opened();
    await notebook.cell(0).fill('const answer: number = 6 * 7;\nanswer');
    await until('the kernel to be chosen', async () => (await notebook.kernel()).includes('TypeScript (Elara)'), {
      page: workbench.page,
    });
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(0).waitForOutput('42');
    await workbench.screenshot('files-new');
  });

  scenario('a notebook is exported as a script, Markdown and a page', async (workbench) => {
    server().write('rain.ipynb', typescriptNotebook(...CELLS));
    const notebook = await workbench.openNotebook('rain.ipynb');
    await notebook.pickKernel('TypeScript (Elara)');
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done', 'done', 'done', 'failed']);

    await exportAs(workbench, 'Script', 'rain.ts');
    const script = await written(workbench, 'rain.ts');
    assert.match(script, /^\/\/ %% \[markdown\]\n\/\/ # Rain\n/);
    assert.match(script, /\n\/\/ %%\nconst rain = \[4, 0/);

    await exportAs(workbench, 'Markdown', 'rain.md');
    const markdown = await written(workbench, 'rain.md');
    assert.match(markdown, /```text\ndry days: 3\n```/);
    assert.match(markdown, /!\[.*\]\(rain_files\/cell-4-1\.svg\)/);
    assert.ok(existsSync(join(server().workspace, 'rain_files/cell-4-1.svg')));

    await exportAs(workbench, 'Page', 'rain.html');
    await written(workbench, 'rain.html');
    await workbench.notifications.wait('rain.html was written');
    await workbench.screenshot('files-exported');
    await pictureOfPage(join(server().workspace, 'rain.html'), 'light');
    await pictureOfPage(join(server().workspace, 'rain.html'), 'dark');
  });

  async function exportAs(workbench: Workbench, format: string, file: string): Promise<void> {
    await workbench.command('Elara: Export…');
    await workbench.quickInput.opened('Export the notebook as');
    await workbench.quickInput.pick(new RegExp(format));
    await until(
      'the dialog for the file',
      async () => (await workbench.quickInput.isOpen()) && (await workbench.quickInput.value()).endsWith(file),
      { page: workbench.page },
    );
    await workbench.quickInput.accept();
    await workbench.quickInput.closed();
  }

  async function written(workbench: Workbench, file: string): Promise<string> {
    const path = join(server().workspace, file);
    await until(`${file} to be written`, () => existsSync(path) && readFileSync(path, 'utf8') !== '', {
      page: workbench.page,
    });
    return readFileSync(path, 'utf8');
  }

  /** The page in a browser that reaches nothing: all that it shows is in it. */
  async function pictureOfPage(file: string, colorScheme: 'light' | 'dark'): Promise<void> {
    const context = await newContext({ width: 1000, height: 1400 });
    try {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`file://${file}`);
      assert.equal(
        await page
          .locator('.output.error')
          .innerText()
          .then((text) => text.includes('no more <rain>')),
        true,
      );
      assert.equal(await page.locator('svg rect').count(), 7);
      assert.ok((await page.locator('.source .hljs-keyword').count()) > 0);
      await page.screenshot({ path: join(screenshots, `files-page-${colorScheme}.png`) });
      assert.deepEqual(asked, [`file://${file}`]);
    } finally {
      await context.close();
    }
  }
});
