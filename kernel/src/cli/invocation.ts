import { type ParseArgsConfig, parseArgs } from 'node:util';

export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;
/** What a shell reports for a command that ended by SIGINT. */
export const EXIT_INTERRUPTED = 130;

/** How a command was called. */
export interface Invocation {
  /** What follows the command's name. */
  readonly args: string[];
  /** Absolute path of the file that Node was started with: what a kernelspec has to start. */
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Command {
  /** Text of `--help`, with its last line break. */
  readonly usage: string;
  /** Resolves with the exit code. Rejects with CliError or UsageError, or with an error that bears a `code`. */
  run(invocation: Invocation): Promise<number>;
}

/** Work that failed for a reason that the person can do something about. */
export class CliError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CliError';
    this.code = code;
  }
}

/** The command line itself is wrong. */
export class UsageError extends CliError {
  constructor(message: string) {
    super('ERR_USAGE', message);
    this.name = 'UsageError';
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options, P extends boolean> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: P; strict: true }>
>;

/** Options and operands of a command. Throws UsageError. */
export function parse<O extends Options, P extends boolean>(
  args: string[],
  options: O,
  allowPositionals: P,
): Parsed<O, P> {
  try {
    return parseArgs({ args, options, allowPositionals, strict: true });
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      throw new UsageError(error.message);
    }
    throw error;
  }
}

/** A whole number of an option within bounds. Throws UsageError. */
export function integerOption(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not '${text}'.`);
  }
  return value;
}

/** Says on stderr what went wrong and returns the exit code. A defect of ours (an error without code) shows its stack. */
export function reportError(command: string, error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`elara ${command}: ${error.message}\nSee 'elara ${command} --help'.\n`);
    return EXIT_USAGE;
  }
  process.stderr.write(`elara ${command}: ${describeError(error)}\n`);
  return EXIT_FAILED;
}

/** The message of an error that bears a code, else everything that is known of it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.message;
  return error.stack ?? error.message;
}
