/** A code-server of its own: fresh folders, a free port, and nothing left behind. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeServerEntry, vsix } from './paths.ts';
import { killOrphans, killRun, processesOf, type RunProcess, runEnvironment } from './processes.ts';
import { until } from './waiting.ts';

const execute = promisify(execFile);

export interface ServerOptions {
  /** False: VS Code asks for trust in each folder, and the extension runs restricted until it is given. Default: true. */
  readonly trusted?: boolean;
  /** The .vsix that is installed. Default: the one under test. */
  readonly extension?: string;
}

/** As quiet as can be: nothing opens, updates, asks or saves by itself. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
  'remote.autoForwardPorts': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  // Without it, animations make the difference between two screenshots of one state.
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'terminal.integrated.gpuAcceleration': 'off',
  // A step of the mouse's wheel: 300 pixels.
  'workbench.list.mouseWheelScrollSensitivity': 6,
};

/** The command lines of the server itself, and of those of its children that serve every window. */
const SERVER = /out\/node\/entry(\.js)?\b|--type=(?!extensionHost)/;

/** Those of VS Code: the server, its extension hosts, and what its own extensions start. */
const VSCODE = /--type=|\/code-server\//;

/** What keeps kernels: it is started with the name of its file. */
const KEEPER = /elara-keeper/;

let servers = 0;

export class CodeServer implements AsyncDisposable {
  readonly #run: string;
  readonly #trusted: boolean;
  /** Everything of this server is below it; removed by dispose. */
  readonly folder: string;
  /** For programs that are to see the same Jupyter as the extension does. */
  readonly env: NodeJS.ProcessEnv;
  #workspace: string;
  #workspaces = 0;
  /** Names of notebooks in this workspace so far. */
  readonly #notebooks = new Set<string>();
  #process: ChildProcess | undefined;
  #output = '';
  #url = '';

  private constructor(options: ServerOptions) {
    this.#run = `server-${++servers}`;
    this.#trusted = options.trusted ?? true;
    this.folder = mkdtempSync(join(tmpdir(), `elara-vscode-${process.pid}-`));
    this.#workspace = this.#make('workspace');
    this.env = { ...inherited(), ...this.#ownFolders(), ...runEnvironment(this.#run) };
    this.writeSettings();
    process.once('exit', this.#kill);
  }

  /** Rejects with what the server wrote if it does not answer in time. */
  static async start(options: ServerOptions = {}): Promise<CodeServer> {
    killOrphans();
    const server = new CodeServer(options);
    try {
      await server.installExtension(options.extension ?? vsix());
      await server.#start();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  get url(): string {
    return this.#url;
  }

  /** What it wrote to its standard output and error. */
  get output(): string {
    return this.#output;
  }

  /** The folder that windows open. */
  get workspace(): string {
    return this.#workspace;
  }

  /** An empty folder takes the place of the last one, and Jupyter knows no kernels. */
  newWorkspace(): void {
    empty(this.#make('jupyter/path'));
    this.#notebooks.clear();
    this.#workspace = this.#make(`workspaces/${++this.#workspaces}/workspace`);
  }

  /** The folder stays, for the window that shows it, but not what is in it; kernels end. */
  emptyWorkspace(): void {
    // Nobody is to tell windows that kernels end.
    killRun(this.#run, ({ commandLine }) => KEEPER.test(commandLine));
    killRun(this.#run, ({ commandLine }) => !VSCODE.test(commandLine));
    for (const folder of ['path', 'runtime']) empty(this.#make(`jupyter/${folder}`));
    empty(this.#workspace);
  }

  /** Everything that runs in this server's name: extension hosts and kernels are among them. */
  processes(): RunProcess[] {
    return processesOf(this.#run);
  }

  /** Ends what windows leave: extension hosts, kernels and what keeps them. */
  endWindows(): void {
    killRun(this.#run, ({ commandLine }) => !SERVER.test(commandLine));
  }

  /** As if they had crashed: VS Code starts them anew. */
  killExtensionHosts(): void {
    killRun(this.#run, ({ commandLine }) => commandLine.includes('--type=extensionHost'));
  }

  /** Replaces the user's settings: these, beside those that keep VS Code quiet. It reads them when they change. */
  writeSettings(settings: Readonly<Record<string, unknown>> = {}): void {
    const content = JSON.stringify({ ...SETTINGS, ...settings }, null, 2);
    writeFileSync(join(this.#make('data/User'), 'settings.json'), content);
  }

  /** As a user does it on the command line. Rejects with what was written. */
  async installExtension(file: string): Promise<void> {
    await this.command('--install-extension', file);
  }

  /** The installed extensions, `publisher.name@version`. */
  async extensions(): Promise<string[]> {
    const listed = await this.command('--list-extensions', '--show-versions');
    return listed.split('\n').filter((line) => /^[\w-]+\.[\w.-]+@/.test(line));
  }

  /** Runs a command line of code-server to its end. */
  async command(...args: string[]): Promise<string> {
    const { stdout } = await execute(process.execPath, [codeServerEntry, ...args, ...this.#folders], {
      env: this.env,
      timeout: 120_000,
      maxBuffer: 1 << 24,
    });
    return stdout;
  }

  /**
   * Writes a file of the workspace; a notebook or other object as JSON. Returns its path.
   * @throws Error if a notebook of an earlier scenario had this name: VS Code remembers it, and so does the extension.
   */
  write(name: string, content: string | object): string {
    const file = join(this.workspace, name);
    if (name.endsWith('.ipynb') && !existsSync(file)) {
      if (this.#notebooks.has(name)) throw new Error(`Another scenario of this window has had a notebook ${name}.`);
      this.#notebooks.add(name);
    }
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 1)}\n`);
    return file;
  }

  read(name: string): string {
    return readFileSync(join(this.workspace, name), 'utf8');
  }

  /** The logs of the server and of every window's extension host, by name: among them the extension's output channel. */
  logs(): Map<string, string> {
    const logs = new Map([['code-server.log', this.#output]]);
    const folder = join(this.folder, 'data/logs');
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.log')) continue;
      const content = readFileSync(join(folder, entry), 'utf8');
      if (content !== '') logs.set(entry.replaceAll('/', '_'), content);
    }
    return logs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#kill);
    this.#kill();
    // What was killed may be writing still.
    await until(`${this.folder} to be removed`, () => {
      rmSync(this.folder, { recursive: true, force: true });
      return true;
    });
  }

  async #start(): Promise<void> {
    const trust = this.#trusted ? ['--disable-workspace-trust'] : [];
    const child = spawn(
      process.execPath,
      [codeServerEntry, '--auth=none', '--bind-addr=127.0.0.1:0', ...trust, ...this.#folders],
      { env: this.env, stdio: ['ignore', 'pipe', 'pipe'], cwd: this.folder },
    );
    this.#process = child;
    const gather = (chunk: Buffer): void => {
      this.#output += chunk.toString();
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    this.#url = await until('code-server to listen', () => {
      if (child.exitCode !== null) throw new Error(`code-server ended:\n${this.#output}`);
      return /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(this.#output)?.[1];
    });
    await until(`${this.#url}/healthz to answer`, async () => (await fetch(`${this.#url}/healthz`)).ok);
  }

  get #folders(): string[] {
    const config = join(this.folder, 'config.yaml');
    writeFileSync(config, 'auth: none\n');
    return [
      `--user-data-dir=${join(this.folder, 'data')}`,
      `--extensions-dir=${join(this.folder, 'extensions')}`,
      `--config=${config}`,
      '--disable-telemetry',
      '--disable-update-check',
    ];
  }

  #make(name: string): string {
    const made = join(this.folder, name);
    mkdirSync(made, { recursive: true });
    return made;
  }

  /** Homes of the user, of the desktop and of Jupyter, so that nothing of this machine is seen or changed. */
  #ownFolders(): NodeJS.ProcessEnv {
    return {
      HOME: this.#make('home'),
      XDG_CONFIG_HOME: this.#make('home/.config'),
      XDG_DATA_HOME: this.#make('home/.local/share'),
      XDG_CACHE_HOME: this.#make('home/.cache'),
      XDG_STATE_HOME: this.#make('home/.local/state'),
      XDG_RUNTIME_DIR: this.#make('run'),
      TMPDIR: this.#make('tmp'),
      JUPYTER_RUNTIME_DIR: this.#make('jupyter/runtime'),
      JUPYTER_DATA_DIR: this.#make('jupyter/data'),
      JUPYTER_CONFIG_DIR: this.#make('jupyter/config'),
      JUPYTER_PATH: this.#make('jupyter/path'),
      IPYTHONDIR: this.#make('home/.ipython'),
      ELARA_CACHE: this.#make('elara-cache'),
      // Where the real home says how packages are fetched.
      NPM_CONFIG_USERCONFIG: process.env.NPM_CONFIG_USERCONFIG ?? join(homedir(), '.npmrc'),
    };
  }

  readonly #kill = (): void => {
    this.#process?.kill('SIGKILL');
    killRun(this.#run);
  };
}

function empty(folder: string): void {
  for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true, force: true });
}

/** The environment of this process without what makes another program think that it runs inside VS Code or a test. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VSCODE_|NODE_TEST_|NODE_OPTIONS$|npm_|ELARA_|JUPYTER)/.test(name),
    ),
  );
}
