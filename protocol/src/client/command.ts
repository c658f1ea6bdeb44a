import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { hostOf } from '../kernelspec/host.ts';
import { type KernelSpec, pythonEnvironment } from '../kernelspec.ts';

/** What a command line and an environment are made from. */
export interface CommandContext {
  readonly spec: KernelSpec;
  /** Directory of the kernelspec, if it has one. */
  readonly resourceDir: string | undefined;
  readonly connectionFile: string;
  /** Environment of the launcher, with what the caller adds. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True for a kernel that goes on when this process ends. */
  readonly outlives?: boolean | undefined;
}

/**
 * The command line of a kernelspec: `{connection_file}`, `{resource_dir}` and `{prefix}` replaced, `~/` expanded. A
 * plain `python` is the one of the environment that the kernelspec is installed in, where jupyter_client takes its own.
 */
export function commandLine(context: CommandContext): [string, ...string[]] {
  const prefix = prefixOf(context.resourceDir) ?? pythonEnvironment(hostOf({ env: context.env }))?.prefix;
  const values = new Map<string, string | undefined>([
    ['connection_file', context.connectionFile],
    ['resource_dir', context.resourceDir],
    ['prefix', prefix],
  ]);
  const filled = (argument: string) =>
    argument
      .replace(/\{([A-Za-z0-9_]+)\}/g, (template, name: string) => values.get(name) ?? template)
      .replace(/^~(?=\/)/, homedir());
  const [program, ...rest] = context.spec.argv;
  return [pythonOf(prefixOf(context.resourceDir), filled(program)), ...rest.map(filled)];
}

/** The environment of a kernel: the launcher's, and on top of it that of the kernelspec with `${NAME}` replaced. */
export function kernelEnv(context: CommandContext): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = { ...context.env };
  for (const [name, template] of Object.entries(context.spec.env ?? {})) env[name] = expand(template, context.env);
  // Kernels that are told their parent end by themselves when it is gone.
  if (context.outlives) delete env.JPY_PARENT_PID;
  else env.JPY_PARENT_PID = String(process.pid);
  // It makes a Python take another one's libraries, as on macOS when a Python is the launcher of a launcher.
  if (context.spec.language.toLowerCase().startsWith('python')) delete env.PYTHONEXECUTABLE;
  return env;
}

/** By the rules of Python's string.Template, which jupyter_client uses: `$NAME`, `${NAME}`, `$$`; what is unknown stays. */
function expand(template: string, env: CommandContext['env']): string {
  return template.replace(
    /\$(?:\$|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)\})/gi,
    (whole, plain: string | undefined, braced: string | undefined) =>
      whole === '$$' ? '$' : (env[plain ?? braced ?? ''] ?? whole),
  );
}

/** `PREFIX` of `PREFIX/share/jupyter/kernels/NAME`. */
function prefixOf(resourceDir: string | undefined): string | undefined {
  if (resourceDir === undefined) return undefined;
  const kernels = dirname(resolve(resourceDir));
  const jupyter = dirname(kernels);
  const share = dirname(jupyter);
  const fits = basename(kernels) === 'kernels' && basename(jupyter) === 'jupyter' && basename(share) === 'share';
  return fits ? dirname(share) : undefined;
}

function pythonOf(prefix: string | undefined, program: string): string {
  if (prefix === undefined || !/^python(3(\.\d+)?)?$/.test(program)) return program;
  const own = process.platform === 'win32' ? join(prefix, 'Scripts', 'python.exe') : join(prefix, 'bin', program);
  return existsSync(own) ? own : program;
}
