import { PackageError } from '../../packages/errors.ts';
import { projectFolder } from '../../packages/project.ts';
import { FETCHING, lockedPackages } from './install.ts';
import { npmError } from './npm-errors.ts';
import { runNpm } from './npm-process.ts';
import type { Progress } from './progress.ts';

export interface ProjectInstall {
  /** The notebook's folder: npm finds the project as it does in a terminal. */
  readonly folder: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Whether the install scripts of the packages may run. */
  readonly scripts: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** What npm says that it has done, with `--json`. */
interface Summary {
  readonly added?: number;
  readonly removed?: number;
  readonly changed?: number;
  readonly add?: readonly { readonly name: string }[];
}

/** Runs npm in the notebook's own project, whose package.json and lockfile npm keeps. @throws PackageError */
export async function installInProject(install: ProjectInstall): Promise<void> {
  const { folder, command, args, scripts, signal, progress } = install;
  const options = [...(scripts ? [] : ['--ignore-scripts']), '--no-audit', '--no-fund', '--no-update-notifier'];
  const what = ['npm', command, ...args].join(' ');
  progress.start(what);
  try {
    const end = await runNpm({
      ...{ folder, signal },
      args: [command, ...options, '--json', '--loglevel=http', ...FETCHING, ...args],
      onLog: (line) => progress.log(line),
    });
    if (end.code !== 0) throw npmError(what, end);
    progress.done(await resultText(what, folder, end.stdout, scripts));
  } catch (error) {
    progress.fail();
    throw error;
  }
}

async function resultText(what: string, folder: string, stdout: string, scripts: boolean): Promise<string> {
  const { added = 0, removed = 0, changed = 0, add = [] } = summaryOf(stdout);
  const counts = Object.entries({ added, changed, removed }).filter(([, count]) => count > 0);
  const done = counts.map(([verb, count]) => `${count} ${verb}`).join(', ') || 'nothing to do';
  const project = projectFolder(folder);
  if (scripts || add.length === 0 || project === undefined) return `${what}: ${done}.`;
  const names = new Set(add.map(({ name }) => name));
  const withScripts = (await lockedPackages(project)).filter((one) => one.hasInstallScript && names.has(one.name));
  if (withScripts.length === 0) return `${what}: ${done}.`;
  return `${what}: ${done}.\n${notRunText(
    withScripts.map(({ name }) => name),
    `%npm ${what.slice('npm '.length)} --allow-scripts`,
  )}`;
}

/** `how` lets them run. */
export function notRunText(withScripts: readonly string[], how: string): string {
  return `Not run: the install scripts of ${withScripts.join(', ')}. If something needs them: ${how}`;
}

function summaryOf(stdout: string): Summary {
  const start = stdout.indexOf('{');
  if (start < 0) return {};
  try {
    return JSON.parse(stdout.slice(start));
  } catch (cause) {
    throw new PackageError('ERR_NPM_FAILED', `npm said what it did in a way that is not understood: ${stdout}`, {
      cause,
    });
  }
}
