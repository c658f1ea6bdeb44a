/** A line command, as it is written on a line of its own. */
export interface TextCommand {
  /** `rest`: what follows the name, without blanks around. */
  run(rest: string): void | Promise<void>;
}

/** A line command that cannot do what it is told. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: `ERR_COMMAND_${string}`;

  constructor(code: CommandError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** How a command is not written. `usage`: how it is. */
export function misused(message: string, usage: string): CommandError {
  return new CommandError('ERR_COMMAND_USAGE', `${message}. It is written: ${usage}`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'you may not',
  EPERM: 'you may not',
  EEXIST: 'it is there already',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
};

/** What the system says about a file, in words. */
export function fileError(doing: string, cause: unknown): CommandError {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'UNKNOWN';
  const reason = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new CommandError(`ERR_COMMAND_${code}`, `${doing}: ${reason}`);
}
