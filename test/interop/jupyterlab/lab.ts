/** A running JupyterLab and a browser that shows it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
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
  readonly #server: ChildProcess;
  readonly #browser: Browser;
  readonly #url: string;

  private constructor(server: ChildProcess, browser: Browser, url: string) {
    this.#server = server;
    this.#browser = browser;
    this.#url = url;
  }

  /** Serves the notebooks of `jupyter` and starts a browser. Rejects if one of the two does not start in time. */
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
      return new Lab(server, await engine.launch({ executablePath, args: chromiumArguments }), url);
    } catch (error) {
      server.kill('SIGKILL');
      throw error;
    }
  }

  /** A page that shows this notebook and nothing else. Close it when done. */
  async open(notebook: string): Promise<Page> {
    const page = await this.#browser.newPage({ viewport: { width: 1400, height: 1000 } });
    await page.goto(`${this.#url}lab/tree/${notebook}?reset`);
    // The status bar says so only once the notebook has its kernel; cells that are run before that are not sent to any.
    await page.getByText(/TypeScript \(Elara\) \| Idle/).waitFor({ timeout: startTimeoutMs });
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    // The first signal shuts the kernels down too.
    const ended = once(this.#server, 'exit');
    this.#server.kill('SIGTERM');
    await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
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
  const late = sleep(startTimeoutMs, undefined, { ref: false }).then(() =>
    Promise.reject(new Error(`JupyterLab did not start:\n${said}`)),
  );
  return await Promise.race([found, late]);
}
