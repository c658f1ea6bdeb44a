#!/usr/bin/env node
/** The command `elara`: finds the command that is asked for and loads nothing else, because start-up is a feature. */
import { commandNames, load, overview } from './commands.ts';
import { EXIT_FAILED, EXIT_USAGE, type Invocation, reportError } from './invocation.ts';

/** Runs `elara ARGS…` and returns its exit code: 0 done, 1 the work failed, 2 the command line is wrong. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const about = name === 'help' && rest[0] !== undefined ? await load(rest[0]) : undefined;
    process.stdout.write(about === undefined ? overview() : about.usage);
    return 0;
  }
  if (name === '--version' || name === '-V') return printVersion();
  const command = await load(name);
  if (command === undefined) {
    process.stderr.write(`elara: there is no command '${name}'. Commands: ${commandNames().join(', ')}.\n`);
    return EXIT_USAGE;
  }
  const end = rest.indexOf('--');
  const options = end < 0 ? rest : rest.slice(0, end);
  if (options.includes('--help') || options.includes('-h')) {
    process.stdout.write(command.usage);
    return 0;
  }
  if (options.includes('--version')) return printVersion();
  const invocation: Invocation = { args: rest, entry: import.meta.filename, env: process.env };
  try {
    return await command.run(invocation);
  } catch (error) {
    return reportError(name, error);
  }
}

async function printVersion(): Promise<number> {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  process.stdout.write(`elara ${manifest.version} (Node ${process.versions.node})\n`);
  return 0;
}

// A reader that went away (`elara list | head -1`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : EXIT_FAILED);
});
// Nobody reads what goes wrong: a kernel whose launcher has closed the pipe of its log still has its work to do.
process.stderr.on('error', () => undefined);

process.exitCode = await main(process.argv.slice(2));
