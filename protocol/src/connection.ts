/** Connection files and the addresses in them. Spec: "Wire". */
import { randomUUID } from 'node:crypto';
import type { ChannelName } from './channel.ts';
import { ProtocolError } from './errors.ts';
import { type ReadOptions, readPrivateFile, writePrivateFile } from './private-file.ts';

export { connectionFilePath, runtimeDir } from './paths.ts';

/** How to reach a kernel: the content of its connection file. */
export interface ConnectionInfo {
  transport: 'tcp' | 'ipc';
  /** Address to bind or connect to; for ipc the path that the endpoints' names begin with. */
  ip: string;
  /** Ports; for ipc the numbers that the endpoints' names end in. 0: chosen by whoever binds. */
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  /** Empty: messages are not signed. */
  key: string;
  signature_scheme: string;
  kernel_name?: string;
  /** CURVE keys of the kernel's sockets, Z85. Both or neither. */
  curve_publickey?: string;
  curve_secretkey?: string;
}

export const CHANNELS: readonly ChannelName[] = ['shell', 'iopub', 'stdin', 'control', 'hb'];

const Z85_KEY_LENGTH = 40;

/** A connection with a key of its own, and 0 for every port that is not given. */
export function newConnectionInfo(given: Partial<ConnectionInfo> = {}): ConnectionInfo {
  return {
    transport: 'tcp',
    ip: '127.0.0.1',
    shell_port: 0,
    iopub_port: 0,
    stdin_port: 0,
    control_port: 0,
    hb_port: 0,
    key: randomUUID(),
    signature_scheme: 'hmac-sha256',
    ...given,
  };
}

/** The ZeroMQ endpoint of a channel: `tcp://127.0.0.1:5555`, or `ipc:///run/kernel-ipc-1` as Jupyter names them. */
export function endpoint(info: ConnectionInfo, channel: ChannelName): string {
  return endpointAt(info.transport, info.ip, info[`${channel}_port`]);
}

/** As `endpoint`, for an address of any role. */
export function endpointAt(transport: 'tcp' | 'ipc', ip: string, port: number): string {
  if (transport === 'ipc') return `ipc://${ip}-${port}`;
  return ip.includes(':') && !ip.startsWith('[') ? `tcp://[${ip}]:${port}` : `tcp://${ip}:${port}`;
}

/**
 * Reads a connection file and checks it.
 * @throws ProtocolError ERR_FILE_MISSING, ERR_FILE_UNREADABLE, ERR_FILE_PERMISSIONS, ERR_FILE_INVALID
 */
export async function readConnectionFile(file: string, options: ReadOptions = {}): Promise<ConnectionInfo> {
  const what = 'connection file';
  return checkConnectionInfo(
    new Fields(parseFile(await readPrivateFile(file, what, options), file, what), `${what} ${file}`),
  );
}

/**
 * Writes a connection file: mode 0600, in one step, its folder made if need be. Whoever wrote it removes it.
 * @throws ProtocolError ERR_FILE_UNREADABLE, ERR_FILE_PERMISSIONS
 */
export function writeConnectionFile(file: string, info: ConnectionInfo): Promise<void> {
  return writePrivateFile(file, `${JSON.stringify(info, null, 2)}\n`, 'connection file');
}

/** The JSON value of a file. @throws ProtocolError ERR_FILE_INVALID */
export function parseFile(text: string, file: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Neither the text nor the parser's message, which quotes it, is repeated: it bears the key.
    throw new ProtocolError('ERR_FILE_INVALID', `${what} ${file} is not JSON: it is corrupt, or not a ${what}`);
  }
}

/** Reads the fields of a JSON object that came from a file or a socket; errors name the field, never its value. */
export class Fields {
  readonly #values: Map<string, unknown>;
  readonly #source: string;

  /** @throws ProtocolError ERR_FILE_INVALID where it is no object. */
  constructor(value: unknown, source: string) {
    this.#source = source;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.invalid('is not a JSON object');
    this.#values = new Map(Object.entries(value));
  }

  invalid(reason: string): ProtocolError {
    return new ProtocolError('ERR_FILE_INVALID', `${this.#source} ${reason}`);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  string(name: string, otherwise?: string): string {
    const value = this.#values.get(name) ?? otherwise;
    if (value === undefined) throw this.invalid(`lacks the field ${name}`);
    if (typeof value !== 'string') throw this.invalid(`has a ${name} that is not a string`);
    return value;
  }

  /** A port. JEP 66 gives them as strings, so digits pass too. */
  port(name: string): number {
    const value = this.#values.get(name);
    if (value === undefined) throw this.invalid(`lacks the field ${name}`);
    const port = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65_535) {
      throw this.invalid(`has a ${name} that is not a port from 0 to 65535`);
    }
    return port;
  }

  transport(): 'tcp' | 'ipc' {
    const transport = this.string('transport', 'tcp');
    if (transport !== 'tcp' && transport !== 'ipc') throw this.invalid('has a transport that is neither tcp nor ipc');
    return transport;
  }
}

function checkConnectionInfo(fields: Fields): ConnectionInfo {
  const info: ConnectionInfo = {
    transport: fields.transport(),
    ip: fields.string('ip'),
    shell_port: fields.port('shell_port'),
    iopub_port: fields.port('iopub_port'),
    stdin_port: fields.port('stdin_port'),
    control_port: fields.port('control_port'),
    hb_port: fields.port('hb_port'),
    key: fields.string('key'),
    signature_scheme: fields.string('signature_scheme', 'hmac-sha256'),
  };
  if (fields.has('kernel_name')) info.kernel_name = fields.string('kernel_name');
  if (fields.has('curve_publickey') || fields.has('curve_secretkey')) {
    info.curve_publickey = fields.string('curve_publickey');
    info.curve_secretkey = fields.string('curve_secretkey');
    if (info.curve_publickey.length !== Z85_KEY_LENGTH || info.curve_secretkey.length !== Z85_KEY_LENGTH) {
      throw fields.invalid(`has CURVE keys that are not ${Z85_KEY_LENGTH} characters of Z85`);
    }
  }
  return info;
}
