export type PackageErrorCode =
  /** What stands after `npm:` names no package. */
  | 'ERR_NPM_SPECIFIER'
  /** Only what is installed was asked for, and it is not. */
  | 'ERR_NPM_NOT_INSTALLED'
  | 'ERR_NPM_NO_PACKAGE'
  | 'ERR_NPM_NO_VERSION'
  | 'ERR_NPM_OFFLINE'
  /** The registry wants a login, or refuses this one. */
  | 'ERR_NPM_DENIED'
  /** There is no npm program. */
  | 'ERR_NPM_MISSING'
  /** Another process has been installing the same for too long. */
  | 'ERR_NPM_BUSY'
  /** The cache cannot be written. */
  | 'ERR_NPM_CACHE'
  /** The arguments of `%npm`. */
  | 'ERR_NPM_USAGE'
  /** npm ended with any other error. */
  | 'ERR_NPM_FAILED';

/** A package could not be had. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
  readonly code: PackageErrorCode;

  constructor(code: PackageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Code that cannot wait imports what is not installed. */
export class NotInstalledError extends PackageError {
  readonly specifier: string;

  constructor(specifier: string, what: string) {
    super(
      'ERR_NPM_NOT_INSTALLED',
      `'${specifier}' is not installed. Install it in a cell: %npm install ${what}, or await import('${specifier}').`,
    );
    this.specifier = specifier;
  }
}
