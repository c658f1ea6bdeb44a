/** What can be wrong with a kernelspec. */
export type KernelSpecErrorCode =
  | 'ERR_NO_SUCH_KERNEL'
  | 'ERR_KERNELSPEC_BROKEN'
  | 'ERR_KERNELSPEC_NAME'
  | 'ERR_KERNELSPEC_PLACE'
  | 'ERR_KERNELSPEC_EXISTS'
  | 'ERR_KERNELSPEC_PERMISSION'
  | 'ERR_KERNELSPEC_WRITE';

/** A kernelspec could not be found, read, installed or removed; `message` says which and what to do. */
export class KernelSpecError extends Error {
  readonly code: KernelSpecErrorCode;

  constructor(code: KernelSpecErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KernelSpecError';
    this.code = code;
  }
}

/** No kernelspec of that name in any of the places where Jupyter looks. */
export class NoSuchKernelError extends KernelSpecError {
  /** Names that were found instead, sorted. */
  readonly available: readonly string[];

  constructor(name: string, available: readonly string[]) {
    const others = available.length > 0 ? `Installed: ${available.join(', ')}.` : 'None is installed.';
    super(
      'ERR_NO_SUCH_KERNEL',
      `No kernel named ${JSON.stringify(name)}. ${others} Install it, or see "jupyter --paths".`,
    );
    this.name = 'NoSuchKernelError';
    this.available = available;
  }
}

/** Code of a failed system call (`ENOENT`, `EACCES`, …), if `error` is one. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
