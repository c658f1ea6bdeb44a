/** Where the extension says what it does; VS Code's log output channel is one. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** What a person can do something with: the message of an error, or whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** For the log: the message, and where it came from if it is a defect of ours (an error without a code). */
export function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? error.message : (error.stack ?? error.message);
}
