import type { KernelSpec } from '../generated/messages.ts';
import { KernelSpecError } from './errors.ts';

export type { KernelSpec };

/** A kernelspec and where it was found. */
export interface FoundKernelSpec {
  /** Name of its directory in lower case: what a user calls the kernel by. */
  readonly name: string;
  readonly resourceDir: string;
  readonly spec: KernelSpec;
}

/**
 * The kernelspec in `text`.
 * @throws KernelSpecError ERR_KERNELSPEC_BROKEN with the reason; `file` is named in it.
 */
export function parseKernelSpec(text: string, file: string): KernelSpec {
  const broken = (reason: string, cause?: unknown): never => {
    throw new KernelSpecError('ERR_KERNELSPEC_BROKEN', `${file}: ${reason}`, { cause });
  };
  let value: unknown;
  try {
    // Editors on Windows write a byte order mark, which JSON does not have.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    broken(`not JSON (${error instanceof Error ? error.message : String(error)})`, error);
  }
  if (!isRecord(value)) return broken('must be a JSON object');
  const { argv, display_name, language, interrupt_mode, kernel_protocol_version, env, metadata } = value;
  if (!isCommand(argv)) return broken('argv must be a list of strings, the first of them the program');
  if (!isString(display_name)) return broken('display_name must be a string');
  if (!isString(language)) return broken('language must be a string');
  // ipykernel of long ago wrote other letter cases; jupyter_client's trait ignores case.
  const mode = isString(interrupt_mode) ? interrupt_mode.toLowerCase() : interrupt_mode;
  if (mode !== undefined && mode !== 'signal' && mode !== 'message') {
    return broken('interrupt_mode must be "signal" or "message"');
  }
  if (kernel_protocol_version !== undefined && !isString(kernel_protocol_version)) {
    return broken('kernel_protocol_version must be a string');
  }
  if (env !== undefined && !isStringRecord(env)) return broken('env must map names to strings');
  if (metadata !== undefined && !isRecord(metadata)) return broken('metadata must be an object');
  return {
    argv,
    display_name,
    language,
    ...(mode && { interrupt_mode: mode }),
    ...(kernel_protocol_version && { kernel_protocol_version }),
    ...(env && { env }),
    ...(metadata && { metadata }),
  };
}

/**
 * `name` in the form in which it is compared.
 * @throws KernelSpecError ERR_KERNELSPEC_NAME unless it is ASCII letters, digits, `-`, `.` and `_`.
 */
export function checkedName(name: string): string {
  if (!/^[a-z0-9._-]+$/i.test(name) || /^\.+$/.test(name)) {
    throw new KernelSpecError(
      'ERR_KERNELSPEC_NAME',
      `${JSON.stringify(name)} is not a name for a kernel: use ASCII letters, digits, "-", "." and "_".`,
    );
  }
  return name.toLowerCase();
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCommand(value: unknown): value is KernelSpec['argv'] {
  return Array.isArray(value) && value.length > 0 && value.every(isString);
}

function isStringRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every(isString);
}
