/** What can go wrong between a client, a launcher and a kernel. */
export type KernelErrorCode =
  /** The kernel's process ended, or its heartbeat stopped. */
  | 'ERR_KERNEL_DIED'
  /** The kernel was restarted while something was awaited from it. */
  | 'ERR_KERNEL_RESTARTED'
  /** An awaited message did not come in time. */
  | 'ERR_KERNEL_TIMEOUT'
  /** The kernel's process ended before the kernel was ready. */
  | 'ERR_KERNEL_START'
  /** The program that the kernelspec names cannot be run. */
  | 'ERR_KERNEL_COMMAND'
  /** Nothing answers at the addresses of the connection file. */
  | 'ERR_KERNEL_NOT_RUNNING'
  /** The kernel cannot be interrupted in the way that its kernelspec asks for. */
  | 'ERR_KERNEL_INTERRUPT'
  /** The client was closed. */
  | 'ERR_CLIENT_CLOSED';

/** Something about a kernel failed; `message` says what, and what to do. */
export class KernelError extends Error {
  readonly code: KernelErrorCode;

  constructor(code: KernelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The kernel is gone, and with it everything that was awaited from it. */
export class KernelDiedError extends KernelError {
  constructor(message: string, code: 'ERR_KERNEL_DIED' | 'ERR_KERNEL_RESTARTED' = 'ERR_KERNEL_DIED') {
    super(code, message);
  }
}

/** A wait reached its bound. The kernel may be alive: it may be busy, or not know the request. */
export class KernelTimeoutError extends KernelError {
  /** The bound, in milliseconds. */
  readonly timeoutMs: number;

  constructor(awaited: string, timeoutMs: number, advice: string) {
    super('ERR_KERNEL_TIMEOUT', `No ${awaited} within ${timeoutMs} ms. ${advice}`);
    this.timeoutMs = timeoutMs;
  }
}

/** The kernel's process could not be started, or ended before the kernel was ready. */
export class KernelStartError extends KernelError {
  /** The last lines that the process wrote, for a person. */
  readonly output: string;

  constructor(
    code: 'ERR_KERNEL_START' | 'ERR_KERNEL_COMMAND',
    message: string,
    output: string,
    options?: ErrorOptions,
  ) {
    super(code, output === '' ? message : `${message}\n${output}`, options);
    this.output = output;
  }
}

/** Nothing answers where the connection file says that a kernel is. */
export class KernelNotRunningError extends KernelError {
  constructor(message: string, options?: ErrorOptions) {
    super('ERR_KERNEL_NOT_RUNNING', message, options);
  }
}
