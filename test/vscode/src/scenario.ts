/**
 * Tests in a real VS Code: one server and one window a file, and on failure everything that helps to understand it.
 * Opening a window costs more than most scenarios.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { closeBrowser } from './browser.ts';
import { artifacts } from './paths.ts';
import { CodeServer, type ServerOptions } from './server.ts';
import { pictureOf } from './waiting.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

export interface SuiteOptions extends ServerOptions, WorkbenchOptions {}

export interface ScenarioOptions {
  readonly timeoutMs?: number;
  /** It wants a window without a past, a folder that VS Code has never seen, and no kernel. */
  readonly newWindow?: boolean;
}

/**
 * Defines a scenario: its body finds a window with nothing open in it and an empty folder. Kernels of earlier scenarios go on,
 * as they do for a person who closes a notebook.
 */
export type Scenario = (name: string, body: (workbench: Workbench) => Promise<void>, options?: ScenarioOptions) => void;

/** A file's scenarios. `server` is the code-server while they run: it writes and reads files of the workspace. */
export function scenarios(
  title: string,
  options: SuiteOptions,
  define: (scenario: Scenario, server: () => CodeServer) => void,
): void {
  suite(title, () => {
    let stage: Stage | undefined;
    const set = (): Stage => {
      if (!stage) throw new Error('The server runs only within scenarios.');
      return stage;
    };
    before(async () => {
      stage = new Stage(await CodeServer.start(options), options);
    });
    after(async () => {
      await closeBrowser();
      await stage?.server[Symbol.asyncDispose]();
    });
    define(
      (name, body, { timeoutMs = 240_000, newWindow = false } = {}) => {
        test(name, { timeout: timeoutMs }, () => set().play(`${title} ${name}`, body, newWindow));
      },
      () => set().server,
    );
  });
}

/** A server with the window that its scenarios have one after the other. */
class Stage {
  readonly server: CodeServer;
  readonly #options: WorkbenchOptions;
  #workbench: Workbench | undefined;

  constructor(server: CodeServer, options: WorkbenchOptions) {
    this.server = server;
    this.#options = options;
  }

  async play(name: string, body: (workbench: Workbench) => Promise<void>, newWindow: boolean): Promise<void> {
    if (newWindow) await this.#closeWindow();
    const workbench = await this.#emptyWindow();
    try {
      await body(workbench);
    } catch (error) {
      const folder = await keep(name, workbench);
      await this.#closeWindow();
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`${message}\nPicture and logs: ${folder}`, { cause: error });
    }
  }

  async #emptyWindow(): Promise<Workbench> {
    if (this.#workbench === undefined) {
      this.server.newWorkspace();
      this.#workbench = await Workbench.open(this.server, this.#options);
    } else {
      await this.#workbench.closeAll();
      this.server.emptyWorkspace();
    }
    return this.#workbench;
  }

  async #closeWindow(): Promise<void> {
    await this.#workbench?.[Symbol.asyncDispose]();
    this.#workbench = undefined;
    this.server.endWindows();
  }
}

/** Returns the folder with the picture and the logs. */
async function keep(name: string, workbench: Workbench): Promise<string> {
  const folder = join(artifacts, name.replaceAll(/[^\w.-]+/g, '-').slice(0, 100));
  mkdirSync(folder, { recursive: true });
  await pictureOf(workbench.page, join(folder, 'window.png'));
  for (const [file, content] of workbench.server.logs()) writeFileSync(join(folder, file), content);
  return folder;
}
