/** Tests in a real VS Code, and on failure everything that helps to understand it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { closeBrowser } from './browser.ts';
import { artifacts } from './paths.ts';
import type { CodeServer } from './server.ts';
import { Stage, type StageOptions } from './stage.ts';
import { pictureOf } from './waiting.ts';
import type { Workbench } from './workbench.ts';

export interface ScenarioOptions {
  readonly timeoutMs?: number;
  /** It has a window without a past, in a folder that VS Code has never seen, and leaves none. */
  readonly ownWindow?: boolean;
}

/** Defines a scenario: its body finds a window with nothing open in it, an empty folder, and no kernel. */
export type Scenario = (name: string, body: (workbench: Workbench) => Promise<void>, options?: ScenarioOptions) => void;

/** All files that run in this process have it. */
const stage = new Stage();

after(async () => {
  await stage.end();
  await closeBrowser();
});

/** A file's scenarios. `server` is the code-server while they run: it writes and reads files of the workspace. */
export function scenarios(
  title: string,
  options: StageOptions,
  define: (scenario: Scenario, server: () => CodeServer) => void,
): void {
  suite(title, () => {
    define(
      (name, body, { timeoutMs = 240_000, ownWindow = false } = {}) => {
        test(name, { timeout: timeoutMs }, async () => {
          if (ownWindow) await stage.closeWindow();
          await play(`${title} ${name}`, body, await stage.window(options));
          if (ownWindow) await stage.closeWindow();
        });
      },
      () => stage.server,
    );
  });
}

async function play(name: string, body: (workbench: Workbench) => Promise<void>, workbench: Workbench): Promise<void> {
  try {
    await body(workbench);
  } catch (error) {
    const folder = await keep(name, workbench);
    await stage.closeWindow();
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}\nPicture and logs: ${folder}`, { cause: error });
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
