import type { Command } from './invocation.ts';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order in which help shows them. Nothing of a command is loaded before it is called. */
const commands: Readonly<Record<string, Entry>> = {
  run: {
    summary: 'execute notebooks and scripts',
    load: async () => (await import('./run/command.ts')).command,
  },
  console: {
    summary: 'a terminal frontend for any kernel',
    load: async () => (await import('./console/command.ts')).command,
  },
  kernel: {
    summary: 'start a kernel that any Jupyter client can attach to',
    load: async () => (await import('./kernel.ts')).command,
  },
  install: {
    summary: 'make the kernels known to Jupyter',
    load: async () => (await import('./install.ts')).command,
  },
  uninstall: {
    summary: 'remove what install wrote',
    load: async () => (await import('./uninstall.ts')).command,
  },
  list: {
    summary: 'the kernels that Jupyter finds, broken ones too',
    load: async () => (await import('./list.ts')).command,
  },
};

export function commandNames(): string[] {
  return Object.keys(commands);
}

/** The command of that name, or undefined when there is none. */
export async function load(name: string): Promise<Command | undefined> {
  return Object.hasOwn(commands, name) ? await commands[name]?.load() : undefined;
}

/** What `elara` says when it is called without a command. */
export function overview(): string {
  const width = Math.max(...commandNames().map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `elara: TypeScript for interactive computing, as a Jupyter kernel and its tools.

Usage: elara COMMAND [ARGUMENTS]

${lines.join('\n')}

  elara COMMAND --help   what a command takes
  elara --version        the version
`;
}
