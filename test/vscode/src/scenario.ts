/** Tests in a real VS Code: one server a file, one window a scenario, and on failure everything that helps to understand it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { closeBrowser } from './browser.ts';
import { artifacts } from './paths.ts';
import { CodeServer, type ServerOptions } from './server.ts';
import { pictureOf } from './waiting.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

export interface SuiteOptions extends ServerOptions, WorkbenchOptions {}

/** Defines a scenario: its body gets a window of its own with an empty folder. Kernels end with it. */
export type Scenario = (
  name: string,
  body: (workbench: Workbench) => Promise<void>,
  options?: { readonly timeoutMs?: number },
) => void;

/** A file's scenarios. `server` is the code-server while they run: it writes and reads files of the workspace. */
export function scenarios(
  title: string,
  options: SuiteOptions,
  define: (scenario: Scenario, server: () => CodeServer) => void,
): void {
  suite(title, () => {
    let server: CodeServer | undefined;
    const running = (): CodeServer => {
      if (!server) throw new Error('The server runs only within scenarios.');
      return server;
    };
    before(async () => {
      server = await CodeServer.start(options);
    });
    after(async () => {
      await closeBrowser();
      await server?.[Symbol.asyncDispose]();
    });
    define((name, body, { timeoutMs = 240_000 } = {}) => {
      test(name, { timeout: timeoutMs }, () => runScenario(running(), `${title} ${name}`, body, options));
    }, running);
  });
}

async function runScenario(
  server: CodeServer,
  name: string,
  body: (workbench: Workbench) => Promise<void>,
  options: SuiteOptions,
): Promise<void> {
  server.newWorkspace();
  const workbench = await Workbench.open(server, options);
  try {
    await body(workbench);
  } catch (error) {
    const folder = await keep(name, workbench);
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}\nPicture and logs: ${folder}`, { cause: error });
  } finally {
    await workbench[Symbol.asyncDispose]();
    server.endWindows();
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
