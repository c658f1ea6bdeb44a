import { type Command, EXIT_FAILED, EXIT_INTERRUPTED, type Invocation, parse, UsageError } from '../invocation.ts';
import { abortOnSignals } from '../signals.ts';
import { CONSOLE_HELP } from './help.ts';
import { type ImageProtocol, imageProtocol } from './images.ts';
import { Printer } from './printer.ts';
import { ConsoleSession, type SessionOptions } from './session.ts';

const usage = `Usage: elara console [--existing [FILE] | --kernel NAME] [--images PROTOCOL]

A terminal frontend for any kernel. It starts a kernel of its own, which ends with it, or attaches to one that runs.

  --existing [FILE]      attach to this kernel: its connection file, or a part of its name; without one to the latest.
                         It goes on when the console ends
  -k, --kernel NAME      start this kernel ('elara list'); without one our own for TypeScript, which need not be installed
  --images PROTOCOL      kitty, iterm2 or none; default: what the terminal says it can

${CONSOLE_HELP}

When stdin is no terminal, what comes from it is run a statement at a time, results go to stdout, errors to stderr, and the
exit code is 1 if a cell failed.
`;

const options = {
  existing: { type: 'string' },
  kernel: { type: 'string', short: 'k' },
  images: { type: 'string' },
} as const;

async function run({ args, entry, env }: Invocation): Promise<number> {
  const { values } = parse(withLatest(args), options, false);
  const { existing, kernel, images = imageProtocol(env) } = values;
  if (existing !== undefined && kernel !== undefined) throw new UsageError('Say only one of --existing and --kernel.');
  if (!isProtocol(images)) throw new UsageError(`--images is kitty, iterm2 or none, not '${images}'.`);
  const terminal = process.stdin.isTTY && process.stdout.isTTY && env.TERM !== 'dumb';
  using ending = abortOnSignals();
  await using session = await open({ existing, kernel, entry }, ending.signal);
  if (session === undefined) return EXIT_INTERRUPTED;
  const printer = new Printer({
    stdout: process.stdout,
    stderr: process.stderr,
    colour: terminal && !env.NO_COLOR,
    numbered: terminal,
    images: terminal ? images : 'none',
    language: session.language,
  });
  if (!terminal) {
    const { runPiped } = await import('./piped.ts');
    const interrupted = new Promise<undefined>((resolve) => {
      ending.signal.addEventListener('abort', () => resolve(undefined));
    });
    const good = await Promise.race([runPiped(session, printer, process.stdin), interrupted]);
    if (good === undefined) process.stdin.destroy();
    return good === undefined ? EXIT_INTERRUPTED : good ? 0 : EXIT_FAILED;
  }
  const { interact } = await import('./interactive.ts');
  await printer.block(`${session.info.banner.trimEnd()}\n? for help, Ctrl-D to leave`);
  await interact(session, printer, process, ending.signal);
  if (session.shared) await printer.notice('The kernel goes on.');
  return ending.signal.aborted ? EXIT_INTERRUPTED : 0;
}

/** Undefined if a signal came meanwhile. */
async function open(options: SessionOptions, ending: AbortSignal): Promise<ConsoleSession | undefined> {
  try {
    const session = await ConsoleSession.open(options, ending);
    if (!ending.aborted) return session;
    await session[Symbol.asyncDispose]();
  } catch (error) {
    if (!ending.aborted) throw error;
  }
  return undefined;
}

/** `--existing` without a value means the latest kernel. */
function withLatest(args: readonly string[]): string[] {
  return args.map((argument, index) => {
    const next = args[index + 1];
    return argument === '--existing' && (next === undefined || next.startsWith('-')) ? '--existing=' : argument;
  });
}

function isProtocol(text: string): text is ImageProtocol {
  return text === 'kitty' || text === 'iterm2' || text === 'none';
}

export const command: Command = { usage, run };
