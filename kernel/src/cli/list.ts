import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import {
  type BrokenKernelSpec,
  discoverKernelSpecs,
  type FoundKernelSpec,
  kernelDirs,
} from '@elara/protocol/kernelspec';
import { type Command, type Invocation, parse } from './invocation.ts';

const usage = `Usage: elara list [--json]

The kernels that Jupyter finds, with the folder of each, and the broken ones with the reason.

  --json   as 'jupyter kernelspec list --json' prints them, with the broken ones under 'broken'
`;

interface Broken {
  readonly name: string;
  readonly resourceDir: string;
  readonly reason: string;
}

async function run({ args, env }: Invocation): Promise<number> {
  const { values } = parse(args, { json: { type: 'boolean' } }, false);
  const discovered = await discoverKernelSpecs();
  const usable: FoundKernelSpec[] = [];
  const broken = discovered.broken.map(unreadable);
  for (const found of discovered.found.values()) {
    const reason = cannotStart(found.spec.argv, env);
    if (reason === undefined) usable.push(found);
    else broken.push({ name: found.name, resourceDir: found.resourceDir, reason });
  }
  usable.sort((a, b) => a.name.localeCompare(b.name));
  process.stdout.write(values.json ? asJson(usable, broken) : asTable(usable, broken));
  return 0;
}

function unreadable({ name, resourceDir, error }: BrokenKernelSpec): Broken {
  return { name, resourceDir, reason: error.message };
}

/** Why the command of a kernelspec cannot be started, or undefined when nothing speaks against it. */
export function cannotStart(argv: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const [program = '', ...rest] = argv;
  if (program.includes('{')) return undefined; // filled in when it is started
  if (!findProgram(program, env)) return `its program ${program} does not exist`;
  const script = rest.find((argument) => !argument.startsWith('-'));
  if (script !== undefined && isAbsolute(script) && /\.(?:[cm]?[jt]s|py)$/.test(script) && !existsSync(script)) {
    return `its script ${script} does not exist`;
  }
  return undefined;
}

function findProgram(program: string, env: NodeJS.ProcessEnv): boolean {
  if (isAbsolute(program)) return isExecutable(program, env);
  return (env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, program), env));
}

function isExecutable(file: string, env: NodeJS.ProcessEnv): boolean {
  const endings = process.platform === 'win32' ? ['', ...(env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';')] : [''];
  return endings.some((ending) => {
    try {
      accessSync(file + ending, constants.X_OK);
      return true;
    } catch {
      // Absent, or not ours to run: both mean that it cannot be started.
      return false;
    }
  });
}

function asJson(usable: readonly FoundKernelSpec[], broken: readonly Broken[]): string {
  const kernelspecs = Object.fromEntries(
    usable.map(({ name, resourceDir, spec }) => [name, { resource_dir: resourceDir, spec }]),
  );
  const unusable = broken.map(({ name, resourceDir, reason }) => ({ name, resource_dir: resourceDir, reason }));
  return `${JSON.stringify({ kernelspecs, broken: unusable }, null, 2)}\n`;
}

function asTable(usable: readonly FoundKernelSpec[], broken: readonly Broken[]): string {
  let text = '';
  if (usable.length > 0) {
    const rows = usable.map(({ name, resourceDir, spec }) => [name, spec.display_name, spec.language, resourceDir]);
    text += columns([['NAME', 'SHOWN AS', 'LANGUAGE', 'FOLDER'], ...rows]);
  } else {
    text += "No kernel is installed. 'elara install' installs ours. Jupyter looks in:\n";
    text += kernelDirs()
      .map((folder) => `  ${folder}\n`)
      .join('');
  }
  if (broken.length > 0) {
    text += '\nBroken:\n';
    for (const { name, resourceDir, reason } of broken)
      text += `  ${name || '(folder)'}  ${resourceDir}\n    ${reason}\n`;
  }
  return text;
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

export const command: Command = { usage, run };
