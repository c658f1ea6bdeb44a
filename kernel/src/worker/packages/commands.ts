import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PackageError } from '../../packages/errors.ts';
import { findPackage, projectFolder } from '../../packages/project.ts';
import {
  isPackageSpecifier,
  type PackageSpecifier,
  parsePackage,
  parsePackageSpecifier,
} from '../../packages/specifier.ts';
import { words } from '../commands/words.ts';
import { npmError } from './npm-errors.ts';
import { runNpm } from './npm-process.ts';
import type { Packages } from './packages.ts';
import { Progress } from './progress.ts';
import { installInProject } from './project-install.ts';

const NAMES: Readonly<Record<string, string>> = {
  i: 'install',
  in: 'install',
  add: 'install',
  'clean-install': 'ci',
  list: 'ls',
  la: 'ls',
  ll: 'ls',
  un: 'uninstall',
  remove: 'uninstall',
  rm: 'uninstall',
  r: 'uninstall',
};

/** Commands that ask at the terminal, or never end by themselves. */
const REFUSED = new Set(['init', 'create', 'innit', 'login', 'adduser', 'edit', 'explore']);

/** npm does not run what packages would have run when they are installed, unless this is said. */
const ALLOW_SCRIPTS = '--allow-scripts';

/**
 * `%npm LINE`. What installs works on the notebook's own project where there is a package.json, and otherwise on the cache of
 * the kernels; all else is npm's own.
 * @throws PackageError, InterruptError
 */
export async function npmCommand(packages: Packages, line: string): Promise<void> {
  const [written = '', ...given] = words(line, '%npm install PACKAGE…');
  const name = NAMES[written] ?? written;
  if (name === '' || name.startsWith('-')) {
    throw usage('%npm needs a command: %npm install lodash-es@4, %npm ls, %npm uninstall lodash-es, %npm ci.');
  }
  if (REFUSED.has(name)) throw usage(`%npm ${name} asks questions, which a cell cannot answer: run it in a terminal.`);
  const changes = name === 'install' || name === 'ci' || name === 'uninstall';
  if (changes && given.some((one) => one === '-g' || one === '--global')) {
    throw usage('%npm installs nothing for the whole machine: run npm install --global in a terminal.');
  }
  const project = projectFolder(packages.folder);
  const args = given.filter((one) => one !== ALLOW_SCRIPTS);
  const scripts = given.length > args.length;
  if (project !== undefined && changes) await changeProject(packages, project, [name, ...args], scripts);
  else if (project === undefined && (changes || name === 'ls')) await inSession(packages, name, args, scripts);
  else await passOn(packages, [name, ...given]);
}

async function changeProject(
  packages: Packages,
  project: string,
  [name = '', ...args]: readonly string[],
  scripts: boolean,
): Promise<void> {
  const locked = ['package-lock.json', 'npm-shrinkwrap.json'].some((file) => existsSync(join(project, file)));
  if (name === 'ci' && !locked) throw usage(`%npm ci needs a package-lock.json in ${project}; %npm install makes one.`);
  const progress = new Progress(packages.publisher);
  await packages.interruptible((signal) =>
    installInProject({ folder: packages.folder, command: name, args, scripts, signal, progress }),
  );
  if (name !== 'install') return;
  for (const argument of args) {
    const asked = parsePackage(argument)?.name;
    const found = asked === undefined ? undefined : findPackage(packages.folder, asked);
    if (found !== undefined) packages.tell(found);
  }
}

async function inSession(packages: Packages, name: string, args: readonly string[], scripts: boolean): Promise<void> {
  const { folder, publisher } = packages;
  const options = args.filter((one) => one.startsWith('-'));
  const named = args.filter((one) => !one.startsWith('-'));
  const none = `there is no package.json in ${folder} or above it`;
  switch (name) {
    case 'install': {
      if (named.length === 0) throw usage(`%npm install needs the name of a package: ${none}.`);
      const wanted = named.map((one) => ({ ...parse(one, none), options }));
      const progress = new Progress(publisher);
      for (const one of wanted) packages.use(await packages.obtain(one, { progress, scripts }));
      return;
    }
    case 'uninstall':
      for (const one of named) {
        if (!packages.forget(one))
          throw usage(`'${one}' was not installed by %npm install in this session, and ${none}.`);
        publisher.write('stdout', `${one} is no longer imported by its name.\n`);
      }
      return;
    case 'ls': {
      const lines = packages.installed.map((one) => `${one.name}@${one.version}  ${one.folder}\n`);
      publisher.write('stdout', lines.join('') || 'Nothing was installed by %npm install in this session.\n');
      return;
    }
    default:
      throw usage(`%npm ${name} needs a package-lock.json: ${none}.`);
  }
}

function parse(argument: string, none: string): PackageSpecifier {
  const parsed = isPackageSpecifier(argument) ? parsePackageSpecifier(argument) : parsePackage(argument);
  if (parsed !== null && parsed.subpath === '') return parsed;
  throw usage(
    `%npm install ${argument}: only packages of a registry, as name or name@version, can be installed for a session, and ${none}. Make one ({"private": true}) for others.`,
  );
}

/** Anything else that npm can do, in the notebook's folder: what it writes is the output of the cell. */
async function passOn({ folder, publisher, interruptible }: Packages, args: readonly string[]): Promise<void> {
  const end = await interruptible((signal) =>
    runNpm({
      ...{ folder, args, signal },
      onOutput: (text) => publisher.write('stdout', text),
      onLog: (line) => publisher.write('stderr', `${line}\n`),
    }),
  );
  if (end.code !== 0) throw npmError(`npm ${args.join(' ')}`, end);
}

function usage(message: string): PackageError {
  return new PackageError('ERR_NPM_USAGE', message);
}
