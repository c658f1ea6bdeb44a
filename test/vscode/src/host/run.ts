/** Runs code inside the extension host of a real VS Code, with the .vsix installed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { newContext } from '../browser.ts';
import type { CodeServer } from '../server.ts';
import { TIMEOUT_MS, until } from '../waiting.ts';
import { bundleForHost, type HostEntry } from './bundle.ts';

/** Runs `run` of an entry in the extension host of a window of its own. Resolves to what it reported. */
export async function runInHost<Results>(
  server: CodeServer,
  entry: HostEntry,
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<Results> {
  const { extension, file, results } = await bundleForHost(join(server.folder, 'in-host'), entry);
  const context = await newContext({ width: 1280, height: 1000 });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    const said: string[] = [];
    await page.exposeFunction('codeAutomationLog', (_type: string, args: string[]) => said.push(args.join(' ')));
    let ended = false;
    await page.exposeFunction('codeAutomationExit', () => {
      ended = true;
    });
    await allowTests(page);
    await page.goto(address(server, { extensionDevelopmentPath: extension, extensionTestsPath: file }));
    await until('what runs in the extension host to end', () => ended || existsSync(results), {
      page,
      timeoutMs,
    });
    if (!existsSync(results)) throw new Error(`The extension host ended without results.\n${said.join('\n')}`);
    return JSON.parse(readFileSync(results, 'utf8'));
  } finally {
    await context.close();
    server.endWindows();
  }
}

/** VS Code takes tests from its address only if the page that was served says that it is driven by tests. */
async function allowTests(page: Page): Promise<void> {
  await page.route(/\/\?folder=/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(
      /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
      (_all, start: string, settings: string) => {
        const parsed = JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
        parsed.developmentOptions = { ...parsed.developmentOptions, enableSmokeTestDriver: true };
        return `${start}${JSON.stringify(parsed).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
      },
    );
    await route.fulfill({ response, body });
  });
}

function address(server: CodeServer, paths: Readonly<Record<string, string>>): string {
  const { host } = new URL(server.url);
  const payload = Object.entries(paths).map(([name, path]) => [name, `vscode-remote://${host}${path}`]);
  const query = new URLSearchParams({ folder: server.workspace, payload: JSON.stringify(payload) });
  return `${server.url}/?${query}`;
}
