import { ProtocolError, type ProtocolErrorCode } from './errors.ts';

/**
 * The JSON value of a file.
 * @param what What the file is, for errors: `connection file`.
 * @throws ProtocolError ERR_FILE_INVALID
 */
export function parseFile(text: string, file: string, what: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Neither the text nor the parser's message, which quotes it, is repeated: it bears the key.
    throw new ProtocolError('ERR_FILE_INVALID', `${what} ${file} is not JSON: it is corrupt, or not a ${what}`);
  }
  return new Fields(value, `${what} ${file}`);
}

/** The fields of a JSON object that came from a file or a socket. Errors name a field, never its value. */
export class Fields {
  readonly #values: Map<string, unknown>;
  readonly #source: string;
  readonly #code: ProtocolErrorCode;

  /**
   * @param source What the object is, for errors.
   * @param code Code of the errors.
   * @throws ProtocolError where it is no object.
   */
  constructor(value: unknown, source: string, code: ProtocolErrorCode = 'ERR_FILE_INVALID') {
    this.#source = source;
    this.#code = code;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.invalid('is not a JSON object');
    this.#values = new Map(Object.entries(value));
  }

  invalid(reason: string): ProtocolError {
    return new ProtocolError(this.#code, `${this.#source} ${reason}`);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** @throws ProtocolError */
  string(name: string, otherwise?: string): string {
    const value = this.#values.get(name) ?? otherwise;
    if (value === undefined) throw this.invalid(`lacks the field ${name}`);
    if (typeof value !== 'string') throw this.invalid(`has a ${name} that is not a string`);
    return value;
  }

  /** A port, 0 to 65,535. JEP 66 gives them as strings, so digits pass too. @throws ProtocolError */
  port(name: string): number {
    const value = this.#values.get(name);
    if (value === undefined) throw this.invalid(`lacks the field ${name}`);
    const port = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65_535) {
      throw this.invalid(`has a ${name} that is not a port from 0 to 65535`);
    }
    return port;
  }

  /** @throws ProtocolError */
  transport(): 'tcp' | 'ipc' {
    const transport = this.string('transport', 'tcp');
    if (transport !== 'tcp' && transport !== 'ipc') throw this.invalid('has a transport that is neither tcp nor ipc');
    return transport;
  }
}
