import { isDeepStrictEqual } from 'node:util';
import { CodeServer, type ServerOptions } from './server.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

export interface StageOptions extends Pick<ServerOptions, 'trusted'>, WorkbenchOptions {
  /** VS Code's user settings, beside those that keep it quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Its scenarios change what is installed. */
  readonly ownServer?: boolean;
}

/**
 * The server and the window that scenarios have one after the other, as long as they want the same: to open a window costs more
 * than most scenarios, and the first one of a server twice as much.
 */
export class Stage {
  #options: StageOptions = {};
  #server: CodeServer | undefined;
  #workbench: Workbench | undefined;

  /** @throws Error if no scenario has been played. */
  get server(): CodeServer {
    if (!this.#server) throw new Error('The server runs only within scenarios.');
    return this.#server;
  }

  /** A window with nothing open in it that shows an empty folder. */
  async window(options: StageOptions): Promise<Workbench> {
    const { settings, trusted = true, ownServer = false } = options;
    const last = this.#options;
    this.#options = options;
    if (options !== last && (ownServer || last.ownServer || trusted !== (last.trusted ?? true))) await this.end();
    else if (!isDeepStrictEqual(settings, last.settings)) await this.closeWindow();
    this.#server ??= await CodeServer.start({ trusted });
    if (this.#workbench === undefined) {
      this.#server.newWorkspace();
      this.#server.writeSettings(settings);
      this.#workbench = await Workbench.open(this.#server, options);
    } else {
      await this.#workbench.closeAll();
      this.#server.emptyWorkspace();
      await this.#workbench.resize(options);
    }
    return this.#workbench;
  }

  async closeWindow(): Promise<void> {
    await this.#workbench?.[Symbol.asyncDispose]();
    this.#workbench = undefined;
    this.#server?.endWindows();
  }

  async end(): Promise<void> {
    await this.closeWindow();
    await this.#server?.[Symbol.asyncDispose]();
    this.#server = undefined;
  }
}
