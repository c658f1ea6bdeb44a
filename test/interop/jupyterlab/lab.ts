/** A running JupyterLab and a browser that shows it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, chromium, npmFolder, python } from '../../peers/paths.ts';
import type { Jupyter } from '../jupyter.ts';
import type { Browser, Page, Playwright } from './playwright.ts';

const startTimeoutMs = 60_000;
/** Where screenshots of the last run lie. */
export const screenshots = join(cacheFolder, 'screenshots');

const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export class Lab implements AsyncDisposable {
  readonly page: Page;
  readonly #server: ChildProcess;
  readonly #browser: Browser;

  private constructor(server: ChildProcess, browser: Browser, page: Page) {
    this.#server = server;
    this.#browser = browser;
    this.page = page;
  }

  /** Serves the notebooks of `jupyter` and opens a browser. Rejects if one of the two does not start in time. */
  static async start(jupyter: Jupyter): Promise<Lab> {
    const options = ['--no-browser', '--allow-root', '--port=0', '--IdentityProvider.token=', '--ServerApp.password='];
    const server = spawn(python, ['-m', 'jupyterlab', ...options, `--ServerApp.root_dir=${jupyter.notebooks}`], {
      env: jupyter.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      const url = await address(server);
      const { chromium: engine }: Playwright = createRequire(join(npmFolder, 'package.json'))('playwright-core');
      const executablePath = chromium();
      if (executablePath === undefined) throw new Error('No Chromium: run test/peers/install.ts.');
      const browser = await engine.launch({ executablePath, args: chromiumArguments });
      const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
      await page.goto(`${url}lab`);
      await page.locator('#jp-main-dock-panel').waitFor({ timeout: startTimeoutMs });
      return new Lab(server, browser, page);
    } catch (error) {
      server.kill('SIGKILL');
      throw error;
    }
  }

  async screenshot(name: string): Promise<string> {
    const path = join(screenshots, `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    // The first signal shuts the kernels down too.
    const ended = once(this.#server, 'exit');
    this.#server.kill('SIGTERM');
    await Promise.race([ended, sleep(10_000)]);
    this.#server.kill('SIGKILL');
  }
}

/** The server says on stderr where it listens. */
async function address(server: ChildProcess): Promise<string> {
  let said = '';
  const found = new Promise<string>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
    server.once('exit', () => reject(new Error(`JupyterLab ended:\n${said}`)));
  });
  const late = sleep(startTimeoutMs).then(() => Promise.reject(new Error(`JupyterLab did not start:\n${said}`)));
  return await Promise.race([found, late]);
}
